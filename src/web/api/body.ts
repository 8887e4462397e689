// a request -> its JSON, checked; or the answer that says what is wrong with it.

import type { Context } from 'hono';
import type * as z from 'zod';
import { describeFound } from '../../cli/read-file.ts';
import { type Fault, quote } from '../../errors.ts';
import { readBytes } from '../form.ts';
import { sendError } from './send-error.ts';

/** What was read, or what is to be answered instead. */
export type Read<Value> = { value: Value; refusal?: never } | { value?: never; refusal: Response };

/**
 * The body as the schema has it; else 400, 413, 415 or 422 with every fault.
 * @param optional no body at all is taken for `{}`
 */
export async function readJson<Schema extends z.ZodType>(
  c: Context,
  schema: Schema,
  { optional = false }: { optional?: boolean } = {},
): Promise<Read<z.output<Schema>>> {
  const bytes = await readBytes(c.req.raw).catch(() => undefined);
  if (bytes === undefined) return { refusal: sendError(c, 400, 'the body did not come to its end') };
  if (bytes === null) return { refusal: sendError(c, 413, 'the body is larger than 64 KB') };
  const nothing = optional && bytes.length === 0;
  if (!nothing && !isJson(c.req.header('content-type')))
    return { refusal: sendError(c, 415, 'the body must be JSON, sent as application/json') };
  const given = nothing ? {} : parse(bytes);
  if (given === undefined) return { refusal: sendError(c, 400, 'the body is not JSON') };
  const checked = schema.safeParse(given);
  if (checked.success) return { value: checked.data };
  const faults = checked.error.issues.flatMap((issue) => faultsOf(issue, given));
  return { refusal: sendError(c, 422, 'the body cannot be used', faults) };
}

/** `undefined`: no JSON, which has no such value. */
export function parse(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch {
    return undefined;
  }
}

/** With or without a character set, and also of a form that is JSON underneath. */
function isJson(type: string | undefined): boolean {
  return /^\s*application\/([\w.+-]+\+)?json\s*(;|$)/i.test(type ?? '');
}

/** A fault about unknown names is one for each of them. */
function faultsOf(issue: z.core.$ZodIssue, given: unknown): Fault[] {
  const expected = issue.message;
  if (issue.code !== 'unrecognized_keys')
    return [{ where: formatPath(issue.path), expected, found: foundAt(issue.path, given) }];
  return issue.keys.map((key) => ({
    where: formatPath([...issue.path, key]),
    expected,
    found: quote(key, 40),
  }));
}

/** Nothing of a URL, which may be a secret. */
function foundAt(path: readonly PropertyKey[], given: unknown): string {
  const found = describeFound(given, path);
  return path.includes('url') && found !== 'nothing' ? 'something else' : found;
}

function formatPath(path: readonly PropertyKey[]): string {
  const text = path.map((key) => (typeof key === 'number' ? `[${key}]` : `.${quoteKey(key)}`)).join('');
  return text.replace(/^\./, '') || 'the body';
}

function quoteKey(key: PropertyKey): string {
  return /^\w{1,40}$/.test(String(key)) ? String(key) : quote(String(key), 40);
}
