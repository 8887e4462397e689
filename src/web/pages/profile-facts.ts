// a profile -> what somebody told in it, beyond the score, for them to read over. Pure.

import { html } from 'hono/html';
import type { Profile } from '../../match/profile.ts';
import { LANGUAGES } from '../../notify/text/languages.ts';
import type { View } from '../site.ts';
import { PROFILE_WORDS } from '../text/profile.ts';
import type { Html } from './frame.ts';

/** Names and values for a list of facts; nothing of what was left out. */
export function profileFacts({ locale }: View, profile: Profile): Html {
  const { labels, noProgram, noWork, answers } = PROFILE_WORDS[locale];
  const { moment, list, programs: names, mail } = LANGUAGES[locale];
  const { profileSubmittedAt, programs, experience } = profile;
  const answer = (said: boolean) => (said ? answers.yes : answers.no);

  const work = experience?.map(({ noc, months, continuous, inCanada }) => [
    noc,
    mail.pair(labels.months, String(months)),
    ...(continuous === undefined ? [] : [`${labels.continuous} ${answer(continuous)}`]),
    ...(inCanada === undefined ? [] : [`${labels.inCanada} ${answer(inCanada)}`]),
  ]);
  const rows: [string, Html | string | undefined][] = [
    [labels.profileSubmittedAt, profileSubmittedAt && moment(profileSubmittedAt)],
    [
      labels.programs,
      programs && (programs.length === 0 ? noProgram : list(programs.map((program) => names[program]))),
    ],
    ...(['nominated', 'frenchNclc7', 'militaryRecruit'] as const).map(
      (field): [string, string | undefined] => {
        const said = profile[field];
        return [labels[field], said === undefined ? undefined : answer(said)];
      },
    ),
    [
      labels.experience,
      work &&
        (work.length === 0
          ? noWork
          : html`<ul>${work.map((parts) => html`<li>${parts.join(', ')}</li>\n`)}</ul>`),
    ],
  ];
  return html`${rows.map(([name, value]) => (value === undefined ? '' : html`<dt>${name}</dt><dd>${value}</dd>\n`))}`;
}
