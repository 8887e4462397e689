// What a profile that somebody writes into a form is held against.

import type { Present } from '../match/profile.ts';
import { readOccupations } from '../store/reference.ts';

let codes: Promise<ReadonlySet<string>> | undefined;

/** The occupations are read once a process. */
export async function presentAt(now: Date): Promise<Present> {
  codes ??= readOccupations().then((all) => new Set(all.map(({ code }) => code)));
  return { now, occupations: await codes };
}
