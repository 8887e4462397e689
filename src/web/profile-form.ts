// a form -> a profile: what people write into fields, held to the same rules as a file. Pure.

import { instantMs } from '../draw/calendar.ts';
import { type Present, Profile, possible } from '../match/profile.ts';

/** What a form said, by the names of its fields: each as it was written, in the order it came. */
export type RawForm = ReadonlyMap<string, readonly string[]>;

/** What is wrong with it, by the names of fields: the page has the words for how to put it right. */
export type FormFaults = ReadonlyMap<string, FaultKind>;
/**
 * `wrong`: not what the field asks for; `future`: a day or instant that is still to come; `unknown`: no such thing;
 * `contradiction`: none of something, and some of it.
 */
export type FaultKind = 'wrong' | 'future' | 'unknown' | 'missing' | 'contradiction';

/** Of the box that says that there is none. */
export const NONE = 'none';
/** In the order of their boxes. */
export const FORM_PROGRAMS = ['cec', 'fsw', 'fst'] as const;
/** The fields of one occupation; in the form each name ends in the number of its row, such as `noc-1`. */
export const WORK_FIELDS = ['noc', 'months', 'continuous', 'inCanada'] as const;
export type WorkField = (typeof WORK_FIELDS)[number];

/** So many occupations fit: a form is no place for more, and must not become a page without an end. */
export const MOST_WORK = 50;

/** What was sent, without files: no field asks for one. */
export function rawFormOf(fields: Iterable<readonly [string, unknown]>): RawForm {
  const raw = new Map<string, string[]>();
  for (const [name, value] of fields) {
    if (typeof value !== 'string') continue;
    const values = raw.get(name);
    if (values === undefined) raw.set(name, [value]);
    // Added to, not copied: a form may repeat one name twenty thousand times.
    else values.push(value);
  }
  return raw;
}

/** What is written in a field of text, as it is: two of one name, which no form has, are no answer to anything. */
export function textIn(raw: RawForm, name: string): string {
  return raw.get(name)?.join(' ').trim() ?? '';
}

/** The numbers of the rows in which something is said about an occupation, in their order. */
export function workRows(raw: RawForm): number[] {
  const numbers = [...raw.keys()].flatMap((name) => {
    const row = /^(?:noc|months|continuous|inCanada)-([1-9]\d{0,3})$/.exec(name)?.[1];
    return row !== undefined && textIn(raw, name) !== '' ? [Number(row)] : [];
  });
  return [...new Set(numbers)].sort((a, b) => a - b);
}

/** The profile that a form tells of, its keys in the order of the schema; an empty one where there are faults. */
export function readProfileForm(raw: RawForm, present: Present): { profile: Profile; faults: FormFaults } {
  const rows = workRows(raw);
  const faults = contradictions(raw, rows);
  const given = valuesOf(raw, rows.slice(0, MOST_WORK));
  const checked = possible(Profile, present).safeParse(given);
  if (checked.success && faults.size === 0) return { profile: checked.data, faults };

  const wrong = new Set(Profile.safeParse(given).error?.issues.map(({ path }) => path.join()));
  for (const { path } of checked.error?.issues ?? []) {
    const name = nameOf(path, rows);
    // Of several faults of one field the first is told.
    if (!faults.has(name)) faults.set(name, kindOf(raw, name, wrong.has(path.join())));
  }
  return { profile: {}, faults };
}

/** The form as it is filled in for this profile. */
export function writeProfileForm(profile: Profile): RawForm {
  const { crs, crsAsOf, profileSubmittedAt, programs, nominated, frenchNclc7, experience } = profile;
  const fields: [string, string | readonly string[] | undefined][] = [
    ['crs', crs === undefined ? undefined : String(crs)],
    ['crsAsOf', crsAsOf],
    ['profileSubmittedAt', profileSubmittedAt],
    ['programs', orNone(programs)],
    ['nominated', answer(nominated)],
    ['frenchNclc7', answer(frenchNclc7)],
    ['experience', experience?.length === 0 ? NONE : undefined],
    ...(experience ?? []).flatMap(({ noc, months, continuous, inCanada }, index) =>
      Object.entries({
        noc,
        months: String(months),
        continuous: answer(continuous),
        inCanada: answer(inCanada),
      }).map(([name, value]): [string, string | undefined] => [`${name}-${index + 1}`, value]),
    ),
    ['militaryRecruit', answer(profile.militaryRecruit)],
  ];
  return new Map(
    fields.flatMap(([name, value]) => (value === undefined ? [] : [[name, [value].flat()] as const])),
  );
}

/** What was said, as the schema takes it; what it does not take stays what it is, and is refused. */
function valuesOf(raw: RawForm, rows: readonly number[]): Record<string, unknown> {
  const programs = raw.get('programs') ?? [];
  return told({
    crs: numberIn(raw, 'crs'),
    crsAsOf: textIn(raw, 'crsAsOf') || undefined,
    profileSubmittedAt: momentIn(raw, 'profileSubmittedAt'),
    programs: programs.length === 0 ? undefined : inFormOrder(programs.filter((one) => one !== NONE)),
    nominated: answerIn(raw, 'nominated'),
    frenchNclc7: answerIn(raw, 'frenchNclc7'),
    experience:
      rows.length > 0 ? rows.map((row) => workIn(raw, row)) : raw.has('experience') ? [] : undefined,
    militaryRecruit: answerIn(raw, 'militaryRecruit'),
  });
}

function workIn(raw: RawForm, row: number): Record<string, unknown> {
  return told({
    noc: textIn(raw, `noc-${row}`),
    months: numberIn(raw, `months-${row}`),
    continuous: answerIn(raw, `continuous-${row}`),
    inCanada: answerIn(raw, `inCanada-${row}`),
  });
}

/** What nobody said is no key. */
function told(values: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined));
}

/** Each once. What is no programme comes last, to be refused. */
function inFormOrder(programs: readonly string[]): string[] {
  const known: readonly string[] = FORM_PROGRAMS;
  return [
    ...known.filter((one) => programs.includes(one)),
    ...programs.filter((one) => !known.includes(one)).slice(0, 1),
  ];
}

/** Digits alone: anything else is no number. */
function numberIn(raw: RawForm, name: string): number | undefined {
  const text = textIn(raw, name);
  if (text === '') return undefined;
  return /^\d+$/.test(text) ? Number(text) : Number.NaN;
}

function answerIn(raw: RawForm, name: string): boolean | string | undefined {
  const text = textIn(raw, name);
  return text === 'yes' ? true : text === 'no' ? false : text || undefined;
}

/** With spaces where the standard has letters, and in UTC where no zone is told, as the field asks for. */
function momentIn(raw: RawForm, name: string): string | undefined {
  const text = textIn(raw, name);
  if (text === '' || instantMs(text) !== null) return text || undefined;
  const [, day, time, zone = 'Z'] =
    /^(\d{4}-\d\d-\d\d)[\sT]\s*(\d\d:\d\d:\d\d(?:\.\d{1,9})?)\s*(UTC|GMT|Z|[+-]\d\d:\d\d)?$/i.exec(text) ??
    [];
  if (day === undefined || time === undefined) return text;
  return `${day}T${time}${/^[+-]/.test(zone) ? zone : 'Z'}`;
}

function answer(value: boolean | undefined): string | undefined {
  return value === undefined ? undefined : value ? 'yes' : 'no';
}

function orNone(list: readonly string[] | undefined): readonly string[] | undefined {
  return list?.length === 0 ? [NONE] : list;
}

/** What the schema cannot see: both ways of answering used at once, or more than fits. */
function contradictions(raw: RawForm, rows: readonly number[]): Map<string, FaultKind> {
  const faults = new Map<string, FaultKind>();
  const programs = raw.get('programs') ?? [];
  if (programs.includes(NONE) && programs.some((one) => one !== NONE))
    faults.set('programs', 'contradiction');
  const none = raw.get('experience');
  if (none?.some((one) => one !== NONE) || rows.length > MOST_WORK) faults.set('experience', 'wrong');
  else if (none !== undefined && rows.length > 0) faults.set('experience', 'contradiction');
  return faults;
}

/** `noc-2` for what is wrong in the second row, whichever occupation of the profile that is. */
function nameOf(path: readonly PropertyKey[], rows: readonly number[]): string {
  const [field, index, detail] = path;
  return field === 'experience' && detail !== undefined
    ? `${String(detail)}-${rows[Number(index)]}`
    : String(field);
}

/** What passes the schema and is refused beside it is not yet, or does not exist. */
function kindOf(raw: RawForm, name: string, wrong: boolean): FaultKind {
  if (!wrong) return name.startsWith('noc-') ? 'unknown' : 'future';
  return /^(noc|months)-/.test(name) && textIn(raw, name) === '' ? 'missing' : 'wrong';
}
