// page -> answer, for what is the same for everybody: printed once, then handed out until it is out of date.

import { createHash } from 'node:crypto';
import type { Context } from 'hono';
import { PUBLIC_HEADERS } from './headers.ts';

/** Something for everybody. */
export interface Print {
  type: string;
  body: string | Uint8Array<ArrayBuffer>;
}

export interface Printer {
  /**
   * Answers with what `print` makes, which is kept under this name while each of `of` stays the same object or value;
   * 304 where the browser has it already.
   */
  answer(
    c: Context,
    name: string,
    of: readonly unknown[],
    print: () => Print,
    headers?: Readonly<Record<string, string>>,
  ): Response;
}

/** In characters of one or two bytes, of all that is kept: whoever asks for every page must not fill the memory. */
const MOST = 16_000_000;

interface Kept {
  /** Objects weakly: a page that nobody asks for again must not keep all that was known when it was printed. */
  of: readonly unknown[];
  print: Print;
  etag: string;
}

export function openPrinter(most = MOST): Printer {
  /** What was asked for last comes last. */
  const prints = new Map<string, Kept>();
  let size = 0;

  function forget(name: string): void {
    size -= prints.get(name)?.print.body.length ?? 0;
    prints.delete(name);
  }

  function keep(name: string, kept: Kept): void {
    forget(name);
    prints.set(name, kept);
    size += kept.print.body.length;
    for (const oldest of prints.keys()) {
      if (size <= most) return;
      forget(oldest);
    }
  }

  return {
    answer(c, name, of, print, headers = PUBLIC_HEADERS) {
      let known = prints.get(name);
      if (!known?.of.every((thing, index) => thingOf(thing) === of[index])) {
        const made = print();
        known = { of: of.map(held), print: made, etag: etagOf(made) };
      }
      keep(name, known);
      const { etag } = known;
      if (holds(c.req.header('If-None-Match'), etag)) return c.body(null, 304, { ...headers, ETag: etag });
      return c.body(known.print.body, 200, { ...headers, 'Content-Type': known.print.type, ETag: etag });
    },
  };
}

function held(thing: unknown): unknown {
  return typeof thing === 'object' && thing !== null ? new WeakRef(thing) : thing;
}

function thingOf(thing: unknown): unknown {
  return thing instanceof WeakRef ? thing.deref() : thing;
}

function etagOf({ body }: Print): string {
  return `"${createHash('sha256').update(body).digest('base64url').slice(0, 22)}"`;
}

/** RFC 9110: a list, each perhaps weak, or anything. */
function holds(ifNoneMatch: string | undefined, etag: string): boolean {
  if (ifNoneMatch === undefined) return false;
  return ifNoneMatch.split(',').some((one) => ['*', etag].includes(one.trim().replace(/^W\//, '')));
}
