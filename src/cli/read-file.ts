// Files that people write: YAML or JSON, every fault named with its line and path.

import { readFileSync } from 'node:fs';
import { isNode, LineCounter, parseDocument } from 'yaml';
import type * as z from 'zod';
import { type Fault, InputError, quote } from '../errors.ts';

/** Reads a file and checks it. Throws `InputError` with every fault found. */
export function readChecked<Schema extends z.ZodType>(file: string, schema: Schema): z.output<Schema> {
  const what = `${quote(file)} cannot be used`;
  const lines = new LineCounter();
  const document = parseDocument(readText(file, what), { lineCounter: lines, prettyErrors: false });
  if (document.errors.length > 0) {
    const faults = document.errors.map(({ message, pos }) => ({
      where: `line ${lines.linePos(pos[0]).line}`,
      expected: 'YAML or JSON',
      found: quote(message, 120),
    }));
    throw new InputError(what, faults);
  }

  const value: unknown = document.toJS({ maxAliasCount: 100 });
  const checked = schema.safeParse(value);
  if (checked.success) return checked.data;
  const faults = checked.error.issues.flatMap((issue) =>
    unknownKeys(issue).map((path): Fault => {
      const found = at(value, path);
      return {
        where: `line ${lineOf(path)}, ${formatPath(path)}`,
        expected: issue.message,
        found: issue.code === 'unrecognized_keys' ? quote(path.at(-1)) : describe(found, path),
      };
    }),
  );
  throw new InputError(what, faults);

  function lineOf(path: readonly PropertyKey[]): number {
    for (let length = path.length; length > 0; length -= 1) {
      const node = document.getIn(path.slice(0, length), true);
      if (isNode(node) && node.range) return lines.linePos(node.range[0]).line;
    }
    return 1;
  }
}

function readText(file: string, what: string): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(readFileSync(file === '-' ? 0 : file));
  } catch (error) {
    const found = (error as NodeJS.ErrnoException).code ?? 'bytes that are not UTF-8';
    throw new InputError(what, [{ where: 'the file', expected: 'a text file that can be read', found }]);
  }
}

/** A fault about unknown names is one fault for each of them, at its own place. */
function unknownKeys(issue: z.core.$ZodIssue): PropertyKey[][] {
  if (issue.code !== 'unrecognized_keys') return [issue.path];
  return issue.keys.map((key) => [...issue.path, key]);
}

function at(value: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>(
    (inner, key) => (inner as Record<PropertyKey, unknown> | undefined)?.[key],
    value,
  );
}

/** Addresses and scores stay out of messages; everything else may be shown. */
function describe(found: unknown, path: readonly PropertyKey[]): string {
  if (found === undefined) return 'nothing';
  return path.includes('email') ? 'something else' : quote(found);
}

function formatPath(path: readonly PropertyKey[]): string {
  const text = path.map((key) => (typeof key === 'number' ? `[${key}]` : `.${quoteKey(key)}`)).join('');
  return text.replace(/^\./, '') || 'the whole file';
}

function quoteKey(key: PropertyKey): string {
  return /^\w+$/.test(String(key)) ? String(key) : quote(String(key), 40);
}
