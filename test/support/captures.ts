// Recorded copies of official pages, which live outside the project: `DRAWBELL_CAPTURES` says where.

import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

/** One recorded copy of a source's document. */
export interface Capture {
  /** The day it was recorded, `YYYY-MM-DD`. */
  day: string;
  bytes: Uint8Array;
}

/** Whether captures are there to test against. Where they were promised they must be there. */
export const HAVE_CAPTURES = (process.env.DRAWBELL_CAPTURES ?? '') !== '';

/** The recorded copies of one source, oldest first. Throws when the variable is set and they are missing. */
export function readCaptures(source: string): Capture[] {
  const folder = captureFolder(source);
  const names = readdirSync(folder).filter((name) => /^\d{4}-\d{2}-\d{2}\.json$/.test(name));
  if (names.length === 0)
    throw new Error(`DRAWBELL_CAPTURES: expected recorded pages in ${folder}, found none`);
  return names
    .sort()
    .map((name) => ({ day: name.slice(0, 10), bytes: new Uint8Array(readFileSync(join(folder, name))) }));
}

/** One recorded copy, by source and day. */
export function readCapture(source: string, day: string): Capture {
  const capture = readCaptures(source).find((candidate) => candidate.day === day);
  if (!capture) throw new Error(`DRAWBELL_CAPTURES: no copy of ${source} from ${day}`);
  return capture;
}

function captureFolder(source: string): string {
  const root = process.env.DRAWBELL_CAPTURES ?? '';
  if (root === '')
    throw new Error('DRAWBELL_CAPTURES is not set: skip these tests where HAVE_CAPTURES is false');
  const folder = resolve(root, source);
  if (!existsSync(folder)) throw new Error(`DRAWBELL_CAPTURES: expected the folder ${folder}, found nothing`);
  return folder;
}
