// How long a published round waits to be seen: a simulation of the watch, with real publication times.

import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Cadence, DEFAULT_CADENCE, isDue, JITTER, TICK } from '../../src/cadence.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
/** Each round is simulated so many times, else the 95th percentile would hang on six rounds. */
const SAMPLES = 20;

const SCHEDULES: Record<string, Cadence> = {
  'the default cadence': DEFAULT_CADENCE,
  'every 5 minutes': { rules: [], otherwise: 5 },
  'every hour': { rules: [], otherwise: 60 },
};

/**
 * Seconds from publication to the start of the look that finds it (which then takes well under a second), for
 * a watch that has been running for one to two hours. Instants are milliseconds; `random` is from 0 to below 1.
 */
export function simulateLatency(
  cadence: Cadence,
  published: readonly number[],
  random: () => number,
  jitter = JITTER,
): number[] {
  return published.map((instant) => {
    // The watch was started at any moment, and ticks at a second of its own.
    const start = instant - HOUR - random() * HOUR;
    const phase = random() * (TICK - 2 * jitter);
    let minute = Math.ceil((start - phase) / TICK);
    let lastLook: number | null = null;
    for (;;) {
      const now = minute * TICK + phase + random() * jitter;
      if (isDue(cadence, lastLook, now)) {
        if (now >= instant) return (now - instant) / 1_000;
        lastLook = now;
      }
      minute += 1;
    }
  });
}

/** The value that so large a part of all (0 to 1) does not exceed. */
export function percentile(values: readonly number[], part: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil(sorted.length * part) - 1)] ?? Number.NaN;
}

/** Chance that is the same at every run (mulberry32). */
export function seededRandom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/**
 * Prints the table. The record says when trackers that looked about hourly first saw a round, which is an upper
 * bound of its publication: that is taken to be up to an hour earlier, anywhere in it.
 */
export function benchLatency(line: (title: string, ...cells: string[]) => void): void {
  const folder =
    process.env.DRAWBELL_REFERENCE ?? fileURLToPath(new URL('../../../shared/reference', import.meta.url));
  const file = path.join(folder, 'first_seen.json');
  if (!existsSync(file)) {
    line(`\nFrom publication to detection: skipped, there is no ${file}`);
    return;
  }
  const { rounds } = JSON.parse(readFileSync(file, 'utf8')) as { rounds: { firstSeen: string }[] };
  const random = seededRandom(1);
  const published = rounds.flatMap(({ firstSeen }) =>
    Array.from({ length: SAMPLES }, () => Date.parse(firstSeen) - random() * HOUR),
  );
  line(
    `\nFrom publication to detection (${rounds.length} rounds, ${SAMPLES} of each)`,
    'median',
    '95 %',
    'worst',
  );
  for (const [name, cadence] of Object.entries(SCHEDULES)) {
    const seconds = simulateLatency(cadence, published, random);
    const told = [percentile(seconds, 0.5), percentile(seconds, 0.95), Math.max(...seconds)];
    line(name, ...told.map((value) => `${value.toFixed(0)} s`));
  }
}
