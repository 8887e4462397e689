// What the page about these pages says, in French.

import { formatsFor } from '../../notify/text/format.ts';
import type { AboutWords } from './about-words.ts';

/** Before a colon or a question mark, and inside quotation marks, so that none begins or ends a line alone. */
const NB = '\u00a0';
const { count } = formatsFor('fr');

export const frAbout: AboutWords = {
  title: 'À propos de ces pages, et de ce qui est gardé sur vous',
  description:
    'D’où viennent les chiffres, ce qu’une réponse est et n’est pas, ce qui est gardé sur les personnes inscrites, pendant combien de temps, et qui est responsable de ces pages.',
  what: {
    heading: 'Ce que c’est',
    lines: [
      `Des candidats attendent, dans le bassin d’Entrée express du Canada, une ronde d’invitations. Chacune est publiée sans préavis, et vise chaque fois d’autres personnes.`,
      `Drawbell lit la page officielle, constate ce qu’une ronde a de particulier, et la compare à une note et à un profil${NB}: cette personne aurait-elle reçu une invitation, et pourquoi${NB}?`,
    ],
  },
  figures: {
    heading: 'D’où viennent les chiffres',
    lines: [
      'De la page des rondes d’invitations d’Entrée express, que publie Immigration, Réfugiés et Citoyenneté Canada. Ils sont reproduits ici à des fins non commerciales.',
      'Il s’agit d’une copie qui n’a été ni faite en affiliation avec le gouvernement du Canada, ni approuvée par lui. En cas de différence, c’est la page officielle qui a raison.',
      `Une page défectueuse ou des chiffres invraisemblables ne sont pas annoncés${NB}: ils sont mis de côté jusqu’à ce que la page soit corrigée ou que quelqu’un les ait examinés. Ce qui est corrigé ou retiré est indiqué comme tel.`,
      'Le nombre de candidats à une note donnée ou au-dessus est une estimation tirée des intervalles de notes publiés pour tout le bassin, et non pour un programme ou une catégorie.',
    ],
  },
  official: 'La page officielle (en anglais)',
  verdict: {
    heading: 'Ce qu’une réponse est, et n’est pas',
    lines: [
      `C’est un calcul${NB}: la note, le programme, la catégorie et le départage publiés pour une ronde, comparés à ce que vous dites de vous-même.`,
      'Ce n’est ni une invitation, ni une prévision, ni un conseil. Seul votre compte d’IRCC montre si vous avez reçu une invitation.',
      'Ce que vous ne dites pas reste inconnu et n’est jamais deviné. Si cela devait décider, la réponse est qu’il est impossible de le dire, et ce qui manque est nommé.',
      'La note qui compte est celle du jour de la ronde. Les listes de professions d’une catégorie sont connues avec plus ou moins de certitude, ce qui est dit là où cela importe.',
    ],
  },
  subscribers: (unconfirmedDays) => ({
    heading: 'Ce qui est gardé sur les personnes inscrites',
    lines: [
      `Si vous vous êtes inscrit ou inscrite, ou si la personne responsable l’a fait pour vous${NB}:`,
      `Une inscription qui n’est pas confirmée est supprimée après ${count(unconfirmedDays, 'jour', 'jours')}. Tout le reste est gardé jusqu’à votre départ.`,
      'Tant qu’un message pour vous est en attente, il contient une copie de votre profil; une fois qu’il est envoyé ou abandonné, cette copie et ses raisons sont supprimées. Il reste la ronde dont il s’agissait, la réponse, et ce que le serveur de courriel en a fait.',
      'Le lien dans chaque courriel mène à votre page. Vous pouvez y changer tout cela, suspendre, emporter le tout dans un fichier, ou partir. Votre départ supprime tout ce qui figure ci-dessus, immédiatement.',
      `Après votre départ, il reste un code tiré de votre adresse, avec la raison et le jour. Sans la clé de cette installation, il ne révèle l’adresse à personne${NB}: il nous empêche de vous écrire de nouveau.`,
      'Si un serveur de courriel refuse votre adresse pour de bon, plus rien n’y est envoyé. Ce qui figure ci-dessus reste alors jusqu’à votre départ, ou jusqu’à ce que la personne responsable le supprime.',
      'Une copie de la base de données est faite une fois par jour en cas de dommage, et les sept dernières sont gardées, à moins que la personne responsable n’ait choisi un autre nombre. Ce qui a été supprimé n’est plus dans aucune dès qu’autant de nouvelles ont été faites.',
      'Les courriels passent par le serveur de courriel de la personne responsable, et par le vôtre. Votre adresse n’est donnée à personne d’autre.',
    ],
    items: [
      'votre adresse courriel, votre langue et ce qui doit vous être annoncé',
      'votre note, son jour, et ce que vous avez indiqué d’autre de votre profil',
      'quand vous vous êtes inscrit ou inscrite, quand et comment vous avez consenti, et les mots de ce consentement',
      'si vous avez confirmé, ou suspendu; quand vous avez changé quelque chose pour la dernière fois, et quand une note plus récente vous a été demandée',
      'un nom tiré au hasard, que portent les liens de vos courriels à la place de votre adresse',
    ],
  }),
  visitors: {
    heading: 'Ce qui est su des visiteurs',
    lines: [
      'Pas de témoins (cookies), pas de scripts, rien d’autres sites, aucun comptage des visites. Ce que vous entrez pour vérifier une note reçoit sa réponse, puis est oublié.',
      'Drawbell ne tient aucune liste de qui a demandé quelle page. Contre les abus, il compte en mémoire, pendant un jour au plus, combien de fois quelque chose est venu d’un réseau (et non d’une seule de ses adresses), et combien de fois une adresse courriel a été donnée. Le serveur Web ou le mandataire placé devant lui dépend de la personne responsable, et tient peut-être son propre journal.',
    ],
  },
  visitorsOfFiles: {
    heading: 'Ce qui est su des visiteurs',
    lines: [
      'Ces pages sont des fichiers. Pas de témoins (cookies), rien d’autres sites, aucun comptage des visites. Une note que vous vérifiez reste dans votre navigateur, qui fait lui-même le calcul.',
      'L’hébergeur des fichiers tient peut-être un journal de ce qui a été demandé.',
    ],
  },
  who: {
    heading: 'Qui est responsable de ces pages',
    sender: (sender) => `Les messages sont envoyés par ${sender}.`,
    contact: `Écrire à la personne responsable${NB}:`,
    unknown: 'La personne responsable n’a pas indiqué qui elle est.',
    program:
      'Drawbell lui-même est un logiciel libre, sous licence MIT. Les personnes qui l’ont écrit n’ont pas accès à ce qui est gardé ici.',
  },
};
