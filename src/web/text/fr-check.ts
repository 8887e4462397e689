// What the page says that compares a profile with draws, in French.

import { formatsFor } from '../../notify/text/format.ts';
import type { CheckWords } from './check-words.ts';

const { number, count, list } = formatsFor('fr');

/** Before a colon, so that it never begins a line. */
const NB = '\u00a0';

export const frCheck: CheckWords = {
  title: `Aurais-je été invité ou invitée${NB}?`,
  description:
    'Compare un profil Entrée express à une ronde, à la dernière ronde de chaque type ou à toutes les rondes, et dit pourquoi.',
  lead: `Indiquez ce que vous savez${NB}: c’est comparé aux rondes publiées, et la réponse dit pourquoi.`,
  kept: {
    served: `Ce que vous indiquez sert à la réponse, puis est oublié${NB}: rien n’est conservé.`,
    static: `La réponse est calculée dans votre navigateur${NB}: ce que vous indiquez n’en sort pas.`,
  },
  noScript:
    'Sur cette page, la réponse est calculée en JavaScript dans votre navigateur, et JavaScript y est désactivé.',
  noData: `Les rondes n’ont pas pu être chargées, et il n’y a donc pas de réponse. Rien n’est perdu${NB}: réessayez dans un instant.`,
  draws: {
    label: 'Comparer avec',
    latest: 'La dernière ronde de chaque type',
    all: 'Toutes les rondes',
    unknown: 'Cette ronde n’est pas connue. La liste contient celles qui le sont.',
  },
  option: (draw, day, type, cutoff) =>
    `n°${NB}${draw}, ${day}, ${type}${cutoff === null ? '' : `, ${cutoff}`}`,
  draw: (draw) => `n°${NB}${draw}`,
  button: 'Comparer',
  again: 'Changer quelque chose et comparer de nouveau',
  inAll: ({ draws, invited, 'cannot-tell': open }) =>
    `Invitation dans ${count(invited, 'ronde', 'rondes')} sur ${number(draws)}${open > 0 ? `; impossible à dire pour ${number(open)}` : ''}`,
  near: 'Rondes manquées de peu',
  nearMiss: (draw, type, day, short) => `${draw}, ${type}, ${day}${NB}: ${short}`,
  allAbout: 'Tout sur cette ronde',
  outcome: 'Résultat',
  outcomes: {
    invited: 'Invitation',
    'not-invited': 'Pas d’invitation',
    'cannot-tell': 'Impossible à dire',
  },
  latestTable: 'La dernière ronde de chaque type, de la plus récente à la plus ancienne',
  recentTable: (shown) =>
    shown === 1
      ? 'La ronde la plus récente'
      : `Les ${number(shown)} rondes les plus récentes, de la plus récente à la plus ancienne`,
  rest: ({ draws, invited, 'not-invited': not, 'cannot-tell': open }) =>
    `${count(draws, 'ronde plus ancienne n’est pas montrée', 'rondes plus anciennes ne sont pas montrées')} ici${NB}: ${list(
      [
        `une invitation dans ${number(invited)}`,
        `pas d’invitation dans ${number(not)}`,
        ...(open > 0 ? [`impossible à dire dans ${number(open)}`] : []),
      ],
    )}.`,
  give: `Le formulaire ci-dessous a une place pour cela${NB}:`,
  tooMany: `Trop de formulaires sont venus de votre réseau en une minute, et celui-ci est resté sans réponse. Rien n’est perdu${NB}: réessayez dans une minute.`,
  noDraw: 'Aucune ronde n’est encore connue.',
  accountDecides:
    'Cette réponse compare ce que vous avez indiqué aux chiffres publiés. Seul votre compte d’IRCC montre si vous avez reçu une invitation.',
};
