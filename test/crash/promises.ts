// What the crash test holds the program to: pure, from what was to be told, what arrived, and what was in flight.

import type { Arrival } from './ledger.ts';

/** What a life of the program left behind at its end. */
export interface Remains {
  /** Notices it had claimed and not settled. */
  inFlight: ReadonlySet<string>;
  /** What SQLite says of the file: `ok`. */
  integrity: string;
}

export interface Findings {
  /** Notices that never arrived. */
  lost: number;
  /** Arrivals beyond the first. */
  repeated: number;
  /** The most repeats that one end of the program gave rise to. */
  mostRepeated: number;
  /** The most that was in flight at one end. */
  mostInFlight: number;
  /** Every promise that was broken, each once with an example. */
  broken: string[];
}

/**
 * @param expected every notice there is to be told
 * @param remains by life; a life that is missing ended well and left nothing in flight
 * @param mayRepeat how many repeats one end may give rise to
 */
export function holdToPromises(
  expected: ReadonlySet<string>,
  arrivals: readonly Arrival[],
  remains: ReadonlyMap<number, Remains>,
  mayRepeat: number,
): Findings {
  const breaches = new Map<string, string[]>();
  const breach = (promise: string, example: string) =>
    breaches.set(promise, [...(breaches.get(promise) ?? []), example]);
  const byNotice = Map.groupBy(arrivals, ({ notice }) => notice);
  const repeatsOf = new Map<number, number>();

  const lost = [...expected].filter((notice) => !byNotice.has(notice));
  for (const notice of lost) breach('lost', notice);
  for (const [notice, seen] of byNotice) {
    if (!expected.has(notice)) breach('told without being meant', notice);
    if (new Set(seen.map(({ id }) => id)).size > 1) breach('repeated with another id', notice);
    for (const [index, { life }] of seen.entries()) {
      const before = seen[index - 1];
      if (!before) continue;
      repeatsOf.set(before.life, (repeatsOf.get(before.life) ?? 0) + 1);
      if (before.life === life) breach('told twice in one life', notice);
      else if (!remains.get(before.life)?.inFlight.has(notice))
        breach('repeated without having been in flight', notice);
    }
  }
  for (const [id, seen] of Map.groupBy(arrivals, (arrival) => arrival.id))
    if (new Set(seen.map(({ notice }) => notice)).size > 1) breach('one id for several notices', id);
  for (const { fault, notice } of arrivals) if (fault !== null) breach(fault, notice);
  for (const [life, { integrity }] of remains)
    if (integrity !== 'ok') breach('the database is damaged', `after life ${life}: ${integrity}`);
  const mostRepeated = Math.max(0, ...repeatsOf.values());
  if (mostRepeated > mayRepeat) breach(`more than ${mayRepeat} repeated after one end`, `${mostRepeated}`);

  return {
    lost: lost.length,
    repeated: [...repeatsOf.values()].reduce((sum, count) => sum + count, 0),
    mostRepeated,
    mostInFlight: Math.max(0, ...[...remains.values()].map(({ inFlight }) => inFlight.size)),
    broken: [...breaches].map(
      ([promise, examples]) => `${promise}: ${examples.length}, such as ${examples[0]}`,
    ),
  };
}
