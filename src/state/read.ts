// JSON -> values, part by part: what is found wrong is noted with its place. Pure.
//
// By hand and not with a schema of zod: each start of a job reads half a megabyte of it. What is read has its keys in
// one order, whatever order they were written in: elsewhere the JSON of two draws says whether they are equal.

import { instantMs } from '../draw/calendar.ts';
import { cut, type Fault, printable, quote } from '../errors.ts';
import { isObject } from '../is-object.ts';
import { lineOf, type Path } from './json-places.ts';

/** A file that is read, or one line of it. */
export interface Sheet {
  name: string;
  /** `null`: it is about to be written. */
  text: string | null;
  /** The line that all of it stands on; `null`: it has several. */
  line: number | null;
  /** Whether what it holds may be shown in a message: nothing that is about people. */
  shown: boolean;
  /** Where it is being read at the moment: one list for all, as there are tens of thousands of values. */
  path: (string | number)[];
  notes: Note[];
}

export interface Note {
  sheet: Sheet;
  path: Path;
  expected: string;
  found: string;
}

/** Reads a value, or notes what is wrong with it: what it gives then is not to be used. */
export type Reader<Value> = (value: unknown, sheet: Sheet) => Value;

export function openSheet(name: string, notes: Note[], parts: Partial<Sheet> = {}): Sheet {
  return { name, text: null, line: null, shown: true, path: [], notes, ...parts };
}

/** Reads a part of what is being read. */
export function inside<Value>(
  sheet: Sheet,
  key: string | number,
  value: unknown,
  reader: Reader<Value>,
): Value {
  sheet.path.push(key);
  const read = reader(value, sheet);
  sheet.path.pop();
  return read;
}

/**
 * Notes a fault: here, or that far inside. It gives nothing, in the shape of anything: nobody looks at what was read
 * with faults.
 */
export function wrong<Value>(sheet: Sheet, expected: string, value: unknown, at: Path = []): Value {
  return wrongWith(sheet, expected, describe(value, sheet.shown), at);
}

/** As `wrong`, with words for what was found. */
export function wrongWith<Value>(sheet: Sheet, expected: string, found: string, at: Path = []): Value {
  sheet.notes.push({ sheet, path: [...sheet.path, ...at], expected, found });
  return undefined as Value;
}

function describe(value: unknown, shown: boolean): string {
  if (value === undefined) return 'nothing';
  if (shown) return quote(value);
  if (typeof value === 'string') return `${value.length} characters that are not shown`;
  if (Array.isArray(value)) return 'a list';
  return value === null ? 'null' : typeof value === 'object' ? 'an object' : `a ${typeof value}`;
}

/** More faults than anybody would mend by hand are told in a number. */
const MOST = 20;

export function toFaults(notes: readonly Note[]): Fault[] {
  const faults = notes.slice(0, MOST).map(toFault);
  const rest = notes.length - faults.length;
  const more = { where: 'further on', expected: 'no more faults', found: `${rest} more` };
  return rest > 0 ? [...faults, more] : faults;
}

function toFault({ sheet, path, expected, found }: Note): Fault {
  const { name, text } = sheet;
  const line = sheet.line ?? (text === null ? null : lineOf(text, path));
  const file = line === null ? name : `${name}:${line}`;
  return { where: path.length === 0 ? file : `${file} ${spell(path)}`, expected, found };
}

/** `events[3].data.draw` */
function spell(path: Path): string {
  return path
    .map((key) => (typeof key === 'number' ? `[${key}]` : `.${cut(printable(key), 40)}`))
    .join('')
    .replace(/^\./, '');
}

export function textOf(expected: string, fits: (text: string) => boolean): Reader<string> {
  return (value, sheet) => (typeof value === 'string' && fits(value) ? value : wrong(sheet, expected, value));
}

/** As `textOf`, of what is hashed, or should be: it is never shown. */
export function hiddenText(expected: string, fits: (text: string) => boolean): Reader<string> {
  return (value, sheet) =>
    typeof value === 'string' && fits(value) ? value : wrongWith(sheet, expected, describe(value, false));
}

/** As a seal makes them: nothing else fits, least of all what must never be in a file. */
export const keyedHash: Reader<string> = hiddenText('a keyed hash of 32 hexadecimal digits', (text) =>
  /^[0-9a-f]{32}$/.test(text),
);

export function numberFrom(least: number): Reader<number> {
  const expected = `a whole number from ${least} on`;
  return (value, sheet) =>
    Number.isSafeInteger(value) && (value as number) >= least
      ? (value as number)
      : wrong(sheet, expected, value);
}

export const yesOrNo: Reader<boolean> = (value, sheet) =>
  typeof value === 'boolean' ? value : wrong(sheet, 'true or false', value);

export const someText: Reader<string> = textOf('some text', (text) => text !== '');
export const anyText: Reader<string> = textOf('text', () => true);

/** Of the days that every month has: that most instants are right is seen without a calendar. */
const PLAIN_INSTANT =
  /^[1-9]\d{3}-(0[1-9]|1[0-2])-(0[1-9]|1\d|2[0-8])T([01]\d|2[0-3])(:[0-5]\d){2}(\.\d{3})?Z$/;

/** In UTC, as instants are compared as text, too. */
export const instant: Reader<string> = textOf(
  'an instant in UTC as 2024-05-31T12:48:30Z',
  (text) => PLAIN_INSTANT.test(text) || (text[10] === 'T' && text.endsWith('Z') && instantMs(text) !== null),
);

export function oneOf<Word extends string>(words: readonly Word[]): Reader<Word> {
  const expected = words.length === 1 ? `${words[0]}` : `one of ${words.join(', ')}`;
  return (value, sheet) =>
    (words as readonly unknown[]).includes(value) ? (value as Word) : wrong(sheet, expected, value);
}

/** What is left out is `null`. */
export function orNull<Value>(reader: Reader<Value>): Reader<Value | null> {
  return (value, sheet) => (value === undefined || value === null ? null : reader(value, sheet));
}

/** Of a field that is not there where it says nothing. */
export function ifThere<Value>(reader: Reader<Value>): Reader<Value> {
  return (value, sheet) => (value === undefined ? (undefined as Value) : reader(value, sheet));
}

export function listOf<Value>(reader: Reader<Value>): Reader<Value[]> {
  return (value, sheet) => {
    if (!Array.isArray(value)) return wrong(sheet, 'a list', value);
    const read = value.map((item, index) => inside(sheet, index, item, reader));
    return read.every((item, index) => item === value[index]) ? value : read;
  };
}

/** An object of these fields and of no others, which would be lost when it is written again. */
export function objectOf<Value extends object>(
  fields: {
    [Key in keyof Value]-?: Reader<Exclude<Value[Key], undefined>>;
  },
): Reader<Value> {
  const names = Object.keys(fields);
  const readers = Object.values(fields) as Reader<unknown>[];
  return (value, sheet) => {
    if (!isObject(value)) return wrong(sheet, 'an object', value);
    // What was written here comes back as it is to be: then it need not be made anew, and there is a lot of it.
    const keys = Object.keys(value);
    const inOrder = keys.length === names.length && keys.every((key, index) => key === names[index]);
    const given = inOrder ? Object.values(value) : names.map((name) => value[name]);
    const read = readers.map((reader, index) => inside(sheet, names[index] ?? '', given[index], reader));
    if (inOrder && read.every((field, index) => field === given[index])) return value as Value;

    for (const key of keys) {
      if (!Object.hasOwn(fields, key)) wrong(sheet, `no fields but ${names.join(', ')}`, key);
    }
    const entries = names.map((name, index) => [name, read[index]] as const);
    return Object.fromEntries(entries.filter(([, field]) => field !== undefined)) as Value;
  };
}

/** Whatever it holds is not looked into. */
export const anyObject: Reader<Record<string, unknown>> = (value, sheet) =>
  isObject(value) ? value : wrong(sheet, 'an object', value);
