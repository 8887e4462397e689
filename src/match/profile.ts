// What a subscriber told us about their Express Entry profile. Left out means unknown.

import * as z from 'zod';
import { dayStart, instantMs, toDate, toInstant } from '../draw/calendar.ts';
import { CONSENT_HOWS } from './notice.ts';
import { NEAR_MISS } from './preference.ts';

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
  const fits = (value: number) => Number.isInteger(value) && value >= from && value <= to;
  // Not `z.int`: after its fault no check of the whole is made any more, and its faults would stay untold.
  return z.number({ error }).refine(fits, { error });
};

const NOC = 'a NOC 2021 code such as 31301 (five digits; the second is the TEER, 0 to 5)';

const Experience = z.strictObject({
  // Without quotes YAML reads a number, and of 00012 another one than is written.
  noc: z.string({ error: 'a NOC 2021 code, five digits in quotes' }).regex(/^\d{5}$/, {
    error: ({ input }) =>
      /^\d{4}$/.test(String(input)) ? `${NOC}; four digits are a code of the older NOC 2016` : NOC,
  }),
  months: wholeNumber(0, 720),
  /** Whether at least as many of the months as a category asks for were without a break. */
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
    /** Skilled work of the last three years; `[]` for none. */
    experience: z.array(Experience, { error: 'a list of { noc, months, ... }' }).optional(),
    /** Meets the three conditions for skilled military recruits: service, offer and credential. */
    militaryRecruit: yesOrNo.optional(),
  },
  { error: entryError },
);
export type Profile = z.infer<typeof Profile>;

/** A profile and where to send what it means: one entry of a subscribers file. */
export const Subscription = z.strictObject(
  {
    email: z.email({ error: 'an e-mail address' }).max(254, { error: 'an e-mail address' }),
    locale: z.enum(['en', 'fr'], { error: 'en or fr' }).default('en'),
    notify: z
      .array(notice, { error: 'a list of notices' })
      .refine((list) => list.filter((kind) => kind.startsWith(NEAR_MISS)).length < 2, {
        error: 'near-miss:N at most once',
      })
      .default([...DEFAULT_NOTIFY]),
    ...Profile.shape,
  },
  { error: entryError },
);
export type Subscription = z.infer<typeof Subscription>;

const CONSENT_WORDS = 'what was agreed to, in 1 to 2,000 characters';
const CONSENT_VERSION = 'the version of the words, in 1 to 40 characters';
const HOW = CONSENT_HOWS.join(', ');
const INSTANT = 'an instant as 2024-03-19T18:58:58Z';

const instant = z
  .string({ error: INSTANT })
  .refine((text) => instantMs(text) !== null, { error: INSTANT })
  .transform((text) => new Date(instantMs(text) ?? Number.NaN).toISOString());

const words = (length: number, error: string) =>
  z.string({ error }).trim().min(1, { error }).max(length, { error }).optional();

/** How somebody agreed to get messages: the proof of it. What is left out is attested by the operator, as of now. */
export const Consent = z.strictObject(
  {
    at: instant.optional(),
    how: z.enum(CONSENT_HOWS, { error: HOW }).default('operator'),
    /** What was agreed to, in the words it was asked in. */
    words: words(2_000, CONSENT_WORDS),
    /** Which version of the words on a page that was. */
    version: words(40, CONSENT_VERSION).nullable(),
    /** When they asked for it on a page; `at` is when they confirmed that. */
    askedAt: instant.nullish(),
  },
  {
    error: ({ code }) =>
      code === 'unrecognized_keys' ? 'one of at, how, words, version, askedAt' : '{ at, words }',
  },
);
export type Consent = z.infer<typeof Consent>;

/** One profile as `check --profile` reads it: the entry of a subscribers file, its address not needed. */
export const CheckedProfile = z.strictObject(
  { ...Subscription.shape, email: Subscription.shape.email.optional(), consent: Consent.optional() },
  { error: entryError },
);

/** What a profile can be held against beyond its own form. */
export interface Present {
  now: Date;
  /** The codes of every occupation there is. */
  occupations: ReadonlySet<string>;
}

/**
 * The same schema (of a profile, or of what holds a profile's fields), refusing what cannot be as well: days and
 * instants that are still to come, and occupations that do not exist. Told together with every other fault.
 */
export function possible<Schema extends z.ZodType>(schema: Schema, present: Present): Schema {
  return schema.superRefine(
    // What has faults of its own is here too, in whatever shape it came.
    (value, context) => {
      for (const { path, message } of impossibilities(
        value as Parameters<typeof impossibilities>[0],
        present,
      ))
        context.addIssue({ code: 'custom', path, message });
    },
    { when: ({ value }) => typeof value === 'object' && value !== null },
  );
}

function* impossibilities(
  { crsAsOf, profileSubmittedAt, experience, consent }: Record<keyof Profile | 'consent', unknown>,
  { now, occupations }: Present,
): Generator<{ path: (string | number)[]; message: string }> {
  const dates = { crsAsOf, profileSubmittedAt };
  for (const [field, value] of Object.entries(dates)) {
    const message = typeof value === 'string' ? notYet(value, now) : null;
    if (message !== null) yield { path: [field], message };
  }
  for (const field of ['at', 'askedAt'] as const) {
    const value: unknown = (consent as Partial<Consent> | null | undefined)?.[field];
    const tooLate = typeof value === 'string' && dayStart(value) === null ? notYet(value, now) : null;
    if (tooLate !== null) yield { path: ['consent', field], message: tooLate };
  }
  for (const [index, work] of Array.isArray(experience) ? experience.entries() : []) {
    const noc: unknown = work?.noc;
    if (typeof noc === 'string' && /^\d{5}$/.test(noc) && !occupations.has(noc))
      yield { path: ['experience', index, 'noc'], message: NOC };
  }
}

/** A day begins first at UTC+14: from then on somebody may write it. */
const EARLIEST_ZONE = 14 * 3_600_000;

/** What is allowed in the place of a day or an instant that is still to come; `null` when it is not. */
function notYet(text: string, now: Date): string | null {
  const today = toDate(now.getTime() + EARLIEST_ZONE);
  if (dayStart(text) !== null) return text > today ? `a day that has begun, ${today} at the latest` : null;
  const instant = instantMs(text);
  if (instant === null || instant <= now.getTime()) return null;
  return `an instant that has passed, ${toInstant(now.getTime())} at the latest`;
}

/** What is allowed in the place of an entry, or of a name in it. */
export function entryError(issue: { code?: string; keys?: string[] }): string {
  if (issue.code === 'unrecognized_keys')
    return `one of ${[...Object.keys(Profile.shape), 'email', 'locale', 'notify', 'consent'].join(', ')}`;
  return 'a profile: names and values';
}
