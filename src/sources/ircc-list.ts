// The feed of `ircc` in either language: its list of rounds, and the values that are read alike in both.

import { PageError, quote, type Trouble } from '../errors.ts';
import { isObject } from '../is-object.ts';
import { decodeText } from './decode.ts';
import type { Document } from './source.ts';
import { recogniseWrongPage } from './wrong-page.ts';

/** Nobody can have more points, so no cut-off is higher. */
export const HIGHEST_SCORE = 1200;

/** The rounds as they stand there, in their order. Throws `PageError` when the document has no such list. */
export function readRounds(document: Document): Record<string, unknown>[] {
  const json = readJson(document);
  const rounds = isObject(json) ? json.rounds : undefined;
  const expected = 'an object with a list `rounds`';
  if (rounds === undefined)
    throw pageError('shape', document, expected, isObject(json) ? 'none' : quote(json, 40));
  if (!Array.isArray(rounds)) throw pageError('shape', document, expected, `rounds: ${quote(rounds, 40)}`);
  const stranger = rounds.findIndex((round) => !isObject(round));
  if (stranger >= 0) {
    const found = `rounds.${stranger}: ${quote(rounds[stranger], 40)}`;
    throw pageError('shape', document, `${expected} of objects`, found);
  }
  if (rounds.length === 0) throw pageError('empty', document, 'at least one round', 'an empty list');
  return rounds;
}

function readJson(document: Document): unknown {
  const text = decodeText(document);
  try {
    return JSON.parse(text);
  } catch (cause) {
    const { trouble, found } = recogniseWrongPage(text) ?? { trouble: 'broken', found: describeBroken(text) };
    throw pageError(trouble, document, 'JSON with a list of rounds', found, cause);
  }
}

function describeBroken(text: string): string {
  if (text.trim() === '') return 'nothing at all';
  return `${text.length} characters of broken or cut-off JSON ending in ${quote(text.slice(-40))}`;
}

/** Whether a text is the feed, without reading it: JSON with a list of rounds that have numbers. */
export function isFeed(text: string): boolean {
  // Most of what a page loads is anything else: not worth parsing.
  if (!text.includes('"rounds"')) return false;
  try {
    const json: unknown = JSON.parse(text.replace(/^\uFEFF/, ''));
    const rounds = isObject(json) ? json.rounds : undefined;
    return Array.isArray(rounds) && rounds.some((round) => isObject(round) && 'drawNumber' in round);
  } catch {
    return false;
  }
}

/** An error about the document as a whole, in the words that all of them share. */
export function pageError(
  trouble: Trouble,
  document: Document,
  expected: string,
  found: string,
  cause?: unknown,
): PageError {
  const from = `${document.url} (status ${document.status})`;
  return new PageError(trouble, `${document.source}: expected ${expected} from ${from}, found ${found}`, {
    cause,
  });
}

/** "297" or "91a", in lower case; `null` for what is no number of a round. */
export function readNumber(text: unknown): string | null {
  const number = typeof text === 'string' ? text.trim().toLowerCase() : '';
  return /^[1-9]\d{0,4}[a-z]?$/.test(number) ? number : null;
}

/** "1,500", "27 332" (also with a non-breaking space) or "75"; `null` for anything else, also for nothing. */
export function readCount(text: unknown): number | null {
  if (typeof text !== 'string') return null;
  const digits = text.trim();
  if (!/^\d{1,3}([,\s]\d{3})*$|^\d+$/.test(digits)) return null;
  const count = Number(digits.replace(/[,\s]/g, ''));
  return Number.isSafeInteger(count) ? count : null;
}

/** A cut-off from 1 to 1200: a placeholder such as 0 would tell everybody that they were invited. */
export function readCutoff(text: unknown): number | null {
  const cutoff = readCount(text);
  return cutoff && cutoff <= HIGHEST_SCORE ? cutoff : null;
}
