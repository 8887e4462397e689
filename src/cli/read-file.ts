// Files that people write: YAML or JSON, every fault named with its line and path.

import { readFileSync } from 'node:fs';
import { isNode, LineCounter, parseDocument } from 'yaml';
import type * as z from 'zod';
import { InputError, quote } from '../errors.ts';

/** Reads a file and checks it. Throws `InputError` with every fault found. */
export function readChecked<Schema extends z.ZodType>(file: string, schema: Schema): z.output<Schema> {
  const what = `${quote(file)} cannot be used`;
  return checkText(readText(file, what), what, schema);
}

/**
 * Checks a text as a file that somebody wrote. `hidden`: of what stands there nothing is told but the place, as the
 * message will be seen by everybody. Throws `InputError` with every fault found.
 */
export function checkText<Schema extends z.ZodType>(
  text: string,
  what: string,
  schema: Schema,
  { hidden = false } = {},
): z.output<Schema> {
  const lines = new LineCounter();
  // It would warn on standard error, with what stands there.
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false, logLevel: 'error' });
  if (document.errors.length > 0) {
    const faults = document.errors.map(({ message, pos }) => ({
      where: `line ${lines.linePos(pos[0]).line}`,
      expected: 'YAML or JSON',
      found: hidden ? 'something else' : quote(withoutAddresses(message), 120),
    }));
    throw new InputError(what, faults);
  }

  const value = resolveAliases(document, what);
  const checked = schema.safeParse(value);
  if (checked.success) return checked.data;
  const faults = checked.error.issues.flatMap((issue) =>
    unknownKeys(issue).map((path) => {
      const place = placeOf(path);
      const isKey = issue.code === 'unrecognized_keys';
      const found = hidden
        ? kindOf(value, path)
        : isKey
          ? quote(withoutAddresses(String(path.at(-1))))
          : describeFound(value, path);
      const where = `line ${lines.linePos(place).line}, ${formatPath(hidden && isKey ? path.slice(0, -1) : path)}`;
      return { place, fault: { where, expected: issue.message, found } };
    }),
  );
  // In the order one mends them, not in that of the checks.
  faults.sort((a, b) => a.place - b.place);
  throw new InputError(
    what,
    faults.map(({ fault }) => fault),
  );

  /** Where in the text it stands, or what it is missing from. */
  function placeOf(path: readonly PropertyKey[]): number {
    for (let length = path.length; length > 0; length -= 1) {
      const node = document.getIn(path.slice(0, length), true);
      if (isNode(node) && node.range) return node.range[0];
    }
    return 0;
  }
}

function readText(file: string, what: string): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(readFileSync(file === '-' ? 0 : file));
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    const found = code && !code.startsWith('ERR_') ? code : 'bytes that are not UTF-8';
    throw new InputError(what, [{ where: 'the file', expected: 'a text file that can be read', found }]);
  }
}

function resolveAliases(document: ReturnType<typeof parseDocument>, what: string): unknown {
  try {
    return document.toJS({ maxAliasCount: 100 });
  } catch {
    const expected = 'aliases (*name) of anchors (&name) that stand before them, and few of them';
    throw new InputError(what, [{ where: 'the file', expected, found: 'others' }]);
  }
}

/** A fault about unknown names is one fault for each of them, at its own place. */
function unknownKeys(issue: z.core.$ZodIssue): PropertyKey[][] {
  if (issue.code !== 'unrecognized_keys') return [issue.path];
  return issue.keys.map((key) => [...issue.path, key]);
}

/** Whether anything stands at a path. */
function kindOf(value: unknown, path: readonly PropertyKey[]): string {
  const found = valueAt(value, path);
  return found === undefined || found === null ? 'nothing' : 'something else';
}

function valueAt(value: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>(
    (inner, key) => (inner as Record<PropertyKey, unknown> | null | undefined)?.[key],
    value,
  );
}

/**
 * What stands at a path, in words for a message. Addresses and scores stay out of it: of what people wrote,
 * only words and dates are shown.
 */
export function describeFound(value: unknown, path: readonly PropertyKey[]): string {
  const found = valueAt(value, path);
  if (found === undefined || found === null) return 'nothing';
  if (Array.isArray(found)) return 'a list';
  if (typeof found === 'object') return 'names and values';
  if (typeof found === 'number') return Number.isFinite(found) ? 'another number' : 'no number';
  if (path.includes('email')) return 'something else';
  if (path.includes('crs')) return 'text';
  return path.at(-1) === 'noc' ? quote(withoutAddresses(String(found))) : describeText(String(found));
}

/** Text that people wrote, for a message. Digits alone may be a score that got into the wrong place. */
export function describeText(text: string): string {
  return /^\s*\d{1,4}\s*$/.test(text) ? 'a number' : quote(withoutAddresses(text));
}

function withoutAddresses(text: string): string {
  // Word by word: looked for at each letter of a long one, it would take time that grows with the square of its length.
  return text.replace(/\S+/g, (word) => (word.includes('@') ? '(an address)' : word));
}

function formatPath(path: readonly PropertyKey[]): string {
  const text = path.map((key) => (typeof key === 'number' ? `[${key}]` : `.${quoteKey(key)}`)).join('');
  return text.replace(/^\./, '') || 'the whole file';
}

function quoteKey(key: PropertyKey): string {
  return /^\w+$/.test(String(key)) ? String(key) : quote(withoutAddresses(String(key)), 40);
}
