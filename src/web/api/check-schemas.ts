// What the API is asked, and answers, about a profile, as schemas. Pure.

import * as z from 'zod';
import { count, DrawIdSchema, day, text } from '../../event/schema-parts.ts';
import { Profile } from '../../match/profile.ts';
import { REASON_CODES } from '../../match/reason.ts';
import { MOST_WORK } from '../profile-form.ts';

const { shape } = Profile;

const WORK = `a list of at most ${MOST_WORK} of { noc, months, ... }`;

/** The fields of a profile, with what their checks mean in the words of JSON Schema. */
const FIELDS = {
  crs: shape.crs.meta({
    type: 'integer',
    minimum: 0,
    maximum: 1200,
    description: 'As shown in the IRCC account; with a nomination it already holds the 600.',
  }),
  crsAsOf: shape.crsAsOf.meta({ format: 'date', description: 'The day the score was noted.' }),
  profileSubmittedAt: shape.profileSubmittedAt.meta({
    description: 'The first submission: an instant (RFC 3339), or a day where the instant is not known.',
  }),
  programs: shape.programs.meta({ description: 'Programmes the person is eligible for; `[]` for none.' }),
  nominated: shape.nominated.meta({ description: 'By a province or territory.' }),
  frenchNclc7: shape.frenchNclc7.meta({ description: 'NCLC 7 or better in all four abilities.' }),
  experience: shape.experience
    .refine((list = []) => list.length <= MOST_WORK, { error: WORK })
    .meta({
      maxItems: MOST_WORK,
      description:
        'Skilled work of the last three years; `[]` for none. `noc` is a code of NOC 2021, `continuous`: at least as many of the months as a category asks for were without a break.',
    }),
  militaryRecruit: shape.militaryRecruit.meta({
    description: 'Meets the three conditions for skilled military recruits: service, offer and credential.',
  }),
};

/** So many draws can be named at once. */
const MOST_NAMED = 500;
const NAMED = `a list of at most ${MOST_NAMED} ids of draws such as ircc:297`;
const LATEST = 'true, or nothing';

/** A body of `POST /api/check`: a profile, and which draws to hold it against. */
export const CheckSchema = z
  .strictObject(
    {
      ...FIELDS,
      draws: z
        .array(z.string({ error: 'the id of a draw such as ircc:297' }), { error: NAMED })
        .max(MOST_NAMED, { error: NAMED })
        .optional()
        .meta({ description: 'Only these draws, in this order; by their id or number.' }),
      latest: z
        .literal(true, { error: LATEST })
        .optional()
        .meta({ description: 'Only the latest draw of each type.' }),
    },
    {
      error: ({ code }) =>
        code === 'unrecognized_keys'
          ? `one of ${[...Object.keys(FIELDS), 'draws', 'latest'].join(', ')}`
          : 'a profile',
    },
  )
  .refine(({ draws, latest }) => draws === undefined || latest === undefined, {
    error: 'draws or latest, not both',
    path: ['latest'],
  })
  .meta({
    id: 'Check',
    description:
      'A profile, and which draws to hold it against: all of them unless it says otherwise. What is left out of a profile is unknown.',
  });
export type Check = z.output<typeof CheckSchema>;

const SOME = 'With the values it rests on, which depend on the code.';

export const VerdictsSchema = z
  .object({
    verdicts: z.array(
      z
        .object({
          draw: DrawIdSchema,
          outcome: z.enum(['invited', 'not-invited', 'cannot-tell']),
          margin: z
            .int()
            .nullable()
            .meta({ description: 'The score less the cut-off; `null` when either is unknown.' }),
          reasons: z
            .array(
              z.object({
                code: z.enum(REASON_CODES),
                missing: text('The field of the profile that would decide it.').optional(),
              }),
            )
            .meta({ description: `Those that decide. ${SOME}` }),
          cautions: z
            .array(z.object({ code: z.enum(['points-grid-changed', 'category-rules-uncertain']) }))
            .meta({ description: `With what care to read it. ${SOME}` }),
          standing: z
            .object({
              asOf: day('The day of the pool; `null` where it was not published.').nullable(),
              total: count('Candidates in the pool.'),
              atOrAbove: count('Estimated: candidates with this score or a higher one.'),
              invitationsNeeded: count(
                'Estimated: invitations that a draw for everybody would have needed to reach this score.',
              ),
            })
            .nullable()
            .meta({ description: 'Where the score stood in the whole pool, of all types.' }),
        })
        .meta({ id: 'Verdict', description: 'What a draw would have meant for the profile.' }),
    ),
  })
  .meta({ id: 'Verdicts', description: 'As `drawbell check --json`. Information, not advice.' });
