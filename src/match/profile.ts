// What a subscriber told us about their Express Entry profile. Left out means unknown.

import * as z from 'zod';
import { dayStart, instantMs } from '../draw/calendar.ts';

/** Names of the notices a subscriber can ask for; `near-miss:10` means up to ten points short. */
export const NOTICE_KINDS = [
  'invited',
  'cannot-tell',
  'draw-type',
  'every-draw',
  'near-miss:N',
  'correction',
] as const;
export const DEFAULT_NOTIFY = ['invited', 'cannot-tell', 'draw-type', 'correction'] as const;

const day = z
  .string({ error: 'a date as YYYY-MM-DD' })
  .refine((text) => dayStart(text) !== null, { error: 'a date as YYYY-MM-DD' });
const instantOrDay = z
  .string({ error: 'an instant as 2024-03-19T18:58:58Z or a date as YYYY-MM-DD' })
  .refine((text) => dayStart(text) !== null || instantMs(text) !== null, {
    error: 'an instant as 2024-03-19T18:58:58Z or a date as YYYY-MM-DD',
  });
const yesOrNo = z.boolean({ error: 'true or false' });
const wholeNumber = (from: number, to: number) => {
  const error = `a whole number from ${from} to ${to}`;
  return z.int({ error }).min(from, { error }).max(to, { error });
};

const Experience = z.strictObject({
  noc: z.string({ error: 'a NOC 2021 code, five digits in quotes' }).regex(/^\d{5}$/, {
    error: 'a NOC 2021 code, five digits in quotes',
  }),
  months: wholeNumber(0, 720),
  continuous: yesOrNo.optional(),
  inCanada: yesOrNo.optional(),
});

const notice = z
  .string({ error: `one of ${NOTICE_KINDS.join(', ')}` })
  .regex(/^(invited|cannot-tell|draw-type|every-draw|near-miss:[1-9]\d{0,2}|correction)$/, {
    error: `one of ${NOTICE_KINDS.join(', ')}`,
  });

/** The facts a verdict is made from. */
export const Profile = z.strictObject(
  {
    /** As shown in the IRCC account; with a nomination it already holds the 600. */
    crs: wholeNumber(0, 1200).optional(),
    /** The day the score was noted. */
    crsAsOf: day.optional(),
    /** The first submission; a plain date when the instant is not known. */
    profileSubmittedAt: instantOrDay.optional(),
    /** Programmes the person is eligible for; `[]` for none. */
    programs: z
      .array(z.enum(['cec', 'fsw', 'fst'], { error: 'cec, fsw or fst' }), {
        error: 'a list of cec, fsw, fst',
      })
      .optional(),
    nominated: yesOrNo.optional(),
    /** NCLC 7 or better in all four abilities. */
    frenchNclc7: yesOrNo.optional(),
    experience: z.array(Experience, { error: 'a list of { noc, months, ... }' }).optional(),
  },
  { error: objectError },
);
export type Profile = z.infer<typeof Profile>;

/** A profile and where to send what it means: one entry of a subscribers file. */
export const Subscription = z.strictObject(
  {
    email: z.email({ error: 'an e-mail address' }).max(254, { error: 'an e-mail address' }),
    locale: z.enum(['en', 'fr'], { error: 'en or fr' }).default('en'),
    notify: z.array(notice, { error: 'a list of notices' }).default([...DEFAULT_NOTIFY]),
    ...Profile.shape,
  },
  { error: objectError },
);
export type Subscription = z.infer<typeof Subscription>;

/** One profile as `check --profile` reads it: the entry of a subscribers file, its address not needed. */
export const CheckedProfile = z.strictObject(
  { ...Subscription.shape, email: Subscription.shape.email.optional() },
  { error: objectError },
);

function objectError(issue: { code?: string; keys?: string[] }): string {
  if (issue.code === 'unrecognized_keys')
    return `one of ${[...Object.keys(Profile.shape), 'email', 'locale', 'notify'].join(', ')}`;
  return 'a profile: names and values';
}
