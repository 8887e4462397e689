// What the fields of a profile are called, in French.

import type { ProfileWords } from './profile-words.ts';

/** Before a colon and inside guillemets, so that it never begins or ends a line. */
const NB = '\u00a0';
const ANSWER = `${NB}: choisissez oui, non ou non précisé.`;

export const frProfile: ProfileWords = {
  labels: {
    crs: 'Votre note (SCG)',
    crsAsOf: 'Le jour où cette note a été relevée',
    profileSubmittedAt: 'Quand votre profil a été soumis pour la première fois',
    programs: 'Les programmes auxquels vous êtes admissible',
    nominated: `Une province vous a-t-elle désigné ou désignée${NB}?`,
    frenchNclc7: `Votre français est-il de niveau NCLC 7 ou plus pour les quatre compétences${NB}?`,
    experience: 'Travail qualifié des trois dernières années',
    militaryRecruit: `Remplissez-vous les trois conditions fixées pour les recrues militaires qualifiées${NB}?`,
    noc: 'Code de la CNP 2021',
    months: 'Mois',
    continuous: `Dont au moins six sans interruption${NB}?`,
    inCanada: `Au Canada${NB}?`,
  },
  hints: {
    crs: 'Telle que la montre votre compte d’IRCC. Si une province vous a désigné ou désignée, elle contient déjà ces 600 points.',
    crsAsOf: `Les points changent de temps en temps${NB}: le jour dit sur lesquels votre note repose.`,
    profileSubmittedAt:
      'Par exemple 2024-03-19 18:58:58, en UTC; ou le jour seul, qui suffit s’il n’est proche ni d’une ronde ni d’un départage.',
    programs: 'Si aucune case n’est cochée, cela reste inconnu.',
    experience:
      'Une ligne pour chaque profession. Quand toutes sont remplies, le formulaire revient avec une ligne de plus.',
    militaryRecruit:
      'Service dans les forces armées d’un autre pays, offre des Forces armées canadiennes et études postsecondaires.',
    noc: 'Cinq chiffres, par exemple 31301.',
  },
  answers: { unsaid: 'Non précisé', yes: 'Oui', no: 'Non' },
  noProgram: 'Aucun de ces programmes',
  work: (number) => `Profession ${number}`,
  noWork: 'Aucun travail qualifié au cours des trois dernières années',
  leftOut: `Chaque champ peut rester vide. Ce qui n’est pas dit est inconnu, et n’est jamais pris pour un oui ni pour un non${NB}: là où cela compte, la réponse le nomme.`,
  faults: {
    crs: { wrong: 'La note est un nombre entier de 0 à 1200, en chiffres seulement.' },
    crsAsOf: {
      wrong: 'Le jour de la note s’écrit comme 2024-05-01.',
      future: 'Le jour de la note n’a pas encore commencé.',
    },
    profileSubmittedAt: {
      wrong: `Le moment où le profil a été soumis s’écrit comme 2024-03-19 18:58:58, avec les secondes, ou comme un jour${NB}: 2024-03-19.`,
      future: 'Le moment où le profil a été soumis est encore à venir.',
    },
    programs: {
      wrong: 'Les programmes sont ceux qui ont une case ici.',
      contradiction: `«${NB}Aucun de ces programmes${NB}» est coché en même temps qu’un programme. C’est l’un ou l’autre.`,
    },
    nominated: { wrong: `Désignation par une province${ANSWER}` },
    frenchNclc7: { wrong: `Français${ANSWER}` },
    experience: {
      wrong: 'Au plus 50 professions peuvent être indiquées ici.',
      contradiction: `«${NB}Aucun travail qualifié${NB}» est coché, et une profession est indiquée. C’est l’un ou l’autre.`,
    },
    militaryRecruit: { wrong: `Recrues militaires${ANSWER}` },
    noc: {
      wrong:
        'Un code de la CNP 2021 compte cinq chiffres, par exemple 31301. Quatre chiffres forment un code de l’ancienne CNP 2016.',
      unknown: 'Ce code de la CNP 2021 n’existe pas. Le deuxième chiffre est la catégorie FEER, de 0 à 5.',
      missing: 'Il manque le code de la CNP 2021.',
    },
    months: {
      wrong: 'Les mois sont un nombre entier de 0 à 720, en chiffres seulement.',
      missing: 'Il manque le nombre de mois.',
    },
    continuous: { wrong: `Sans interruption${ANSWER}` },
    inCanada: { wrong: `Au Canada${ANSWER}` },
  },
  inRow: (number, fault) => `Profession ${number}${NB}: ${fault}`,
  faultsHeading: (count) => (count === 1 ? 'Une chose est à corriger' : `${count} choses sont à corriger`),
};
