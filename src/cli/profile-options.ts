// A profile in options: the same flags wherever one is asked for, checked by the same rules as a file.

import { type Command, Option } from 'commander';
import type * as z from 'zod';
import { type Fault, InputError, quote } from '../errors.ts';
import { CheckedProfile, type Present, Profile, possible, type Subscription } from '../match/profile.ts';
import type { MissingField } from '../match/reason.ts';
import { readOccupations } from '../store/reference.ts';
import { collect } from './options.ts';
import { describeFound, describeText, readChecked } from './read-file.ts';

export interface ProfileFlags {
  crs?: string;
  crsAsOf?: string;
  submittedAt?: string;
  program?: string[] | false;
  nominated?: string;
  french?: string;
  experience?: string[] | false;
  military?: string;
}

const WORK = 'NOC:MONTHS[:continuous|:broken][:canada|:abroad]';
const YES_OR_NO = 'yes or no';

/** Adds the flags that a profile can be given by. */
export function addProfileOptions(command: Command): Command {
  const answer = (name: string, about: string) => new Option(`--${name} <answer>`, `${YES_OR_NO}: ${about}`);
  return command
    .option('--crs <score>', 'as shown in the IRCC account, with the 600 of a nomination')
    .option('--crs-as-of <day>', 'the day the score was noted')
    .option('--submitted-at <instant>', 'when the profile was first submitted: an instant or a day')
    .option('--program <program>', 'cec, fsw or fst; may be given several times', collect)
    .option('--no-program', 'eligible for none of the programmes')
    .addOption(answer('nominated', 'has a provincial nomination'))
    .addOption(answer('french', 'NCLC 7 or better in all four abilities'))
    .option(
      '--experience <work>',
      `${WORK}, e.g. 31301:14:continuous:canada; may be given several times`,
      collect,
    )
    .option('--no-experience', 'no skilled work in the last three years')
    .addOption(answer('military', 'meets the three conditions for skilled military recruits'));
}

/** The flag of each field, also of those that only a subscriber has. */
const FLAGS: Record<keyof Profile | Exclude<keyof Subscription, 'email' | keyof Profile>, string> = {
  crs: '--crs',
  crsAsOf: '--crs-as-of',
  profileSubmittedAt: '--submitted-at',
  programs: '--program',
  nominated: '--nominated',
  frenchNclc7: '--french',
  experience: '--experience',
  militaryRecruit: '--military',
  locale: '--locale',
  notify: '--notify',
};

/** How each thing that may be missing is given on the command line. */
const EXAMPLES: Record<MissingField, string> = {
  crs: '--crs 522',
  crsAsOf: '--crs-as-of 2024-05-01',
  profileSubmittedAt: '--submitted-at 2024-03-19T18:58:58Z',
  programs: '--program cec',
  nominated: `--nominated ${YES_OR_NO}`,
  frenchNclc7: `--french ${YES_OR_NO}`,
  experience: '--experience 31301:14',
  'experience.continuous': '--experience 31301:14:continuous',
  'experience.inCanada': '--experience 31301:14:canada',
  militaryRecruit: `--military ${YES_OR_NO}`,
};

/** How to give what is missing: `--program cec, or programs: in the profile`. */
export function howToGive(field: MissingField): string {
  return `${EXAMPLES[field]}, or ${nameIn(field)}: in the profile`;
}

/** As it is written where it stands in a profile: of `experience.inCanada`, the last part. */
function nameIn(field: MissingField): string {
  return field.slice(field.lastIndexOf('.') + 1);
}

/** What a profile is held against here. */
export async function readPresent(now: Date): Promise<Present> {
  const occupations = await readOccupations();
  return { now, occupations: new Set(occupations.map(({ code }) => code)) };
}

/** The profile of a file, of flags, or of both: a flag replaces what the file says. Throws `InputError` with every fault of both. */
export function readProfile(file: string | undefined, flags: ProfileFlags, present: Present): Profile {
  const given = attempt(() => checkFlags('these flags cannot be used', possible(Profile, present), flags));
  if (file === undefined) {
    if (given instanceof InputError) throw given;
    if (Object.keys(given).length > 0) return given;
    const expected = '--profile FILE, or flags such as --crs 522 --program cec, or both';
    throw new InputError('there is no profile to check', [{ where: 'check', expected, found: 'neither' }]);
  }
  const told = attempt(() => readChecked(file, possible(CheckedProfile, present)));
  if (told instanceof InputError && given instanceof InputError)
    throw new InputError(`${quote(file)} and the flags cannot be used`, [...told.faults, ...given.faults]);
  if (told instanceof InputError) throw told;
  if (given instanceof InputError) throw given;
  const { email: _email, locale: _locale, notify: _notify, consent: _consent, ...profile } = told;
  return { ...profile, ...given };
}

function attempt<Result>(read: () => Result): Result | InputError {
  try {
    return read();
  } catch (error) {
    if (error instanceof InputError) return error;
    throw error;
  }
}

/**
 * What flags say, by the names of the profile's fields, with whatever else the schema asks for. Throws
 * `InputError` with every fault found, each named by its flag.
 */
export function checkFlags<Schema extends z.ZodType>(
  what: string,
  schema: Schema,
  flags: ProfileFlags,
  more: Record<string, unknown> = {},
): z.output<Schema> {
  const fields = {
    ...more,
    crs: numberOf(flags.crs),
    crsAsOf: flags.crsAsOf,
    profileSubmittedAt: flags.submittedAt,
    programs: flags.program === false ? [] : flags.program,
    nominated: answerOf(flags.nominated),
    frenchNclc7: answerOf(flags.french),
    experience: flags.experience === false ? [] : flags.experience?.map(workOf),
    militaryRecruit: answerOf(flags.military),
  };
  const given = Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));
  const checked = schema.safeParse(given);
  if (checked.success) return checked.data;
  throw new InputError(
    what,
    checked.error.issues.map((issue) => faultOf(issue, given, flags)),
  );
}

function faultOf(issue: z.core.$ZodIssue, given: Record<string, unknown>, flags: ProfileFlags): Fault {
  const [field, index, detail] = issue.path;
  const where = FLAGS[field as keyof typeof FLAGS] ?? String(field);
  const found = describeFound(given, issue.path);
  const text = field === 'experience' && flags.experience ? flags.experience[Number(index)] : undefined;
  if (text === undefined) {
    const answer = field === 'nominated' || field === 'frenchNclc7' || field === 'militaryRecruit';
    return { where, expected: answer ? YES_OR_NO : issue.message, found };
  }
  if (detail === 'noc') return { where: `${where} ${describeText(text)}`, expected: issue.message, found };
  if (detail === 'months') {
    return { where: `${where} ${describeText(text)}`, expected: `months as ${issue.message}`, found };
  }
  return { where, expected: WORK, found: describeText(text) };
}

/** Anything but plain digits is no number: `Number` reads an empty text as 0. */
function numberOf(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  return /^[+-]?\d+(\.\d+)?$/.test(text) ? Number(text) : Number.NaN;
}

/** What is neither yes nor no stays what it is, and is refused. */
function answerOf(text: string | undefined): boolean | string | undefined {
  return text === 'yes' ? true : text === 'no' ? false : text;
}

const DETAILS = new Map<string, { continuous?: boolean; inCanada?: boolean }>([
  ['continuous', { continuous: true }],
  ['broken', { continuous: false }],
  ['canada', { inCanada: true }],
  ['abroad', { inCanada: false }],
]);

function workOf(text: string): Record<string, unknown> {
  const [noc, months, ...words] = text.split(':');
  const work = { noc, months: numberOf(months) };
  const details = Object.assign({}, ...words.map((word) => DETAILS.get(word)));
  // A word that is unknown, or contradicts another: a name that no profile has is refused.
  return Object.keys(details).length === words.length ? { ...work, ...details } : { ...work, words };
}
