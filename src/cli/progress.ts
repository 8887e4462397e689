// How far a long delivery has come, on a terminal: one line that is written over.

import type { Tally } from '../journey.ts';

/** What it writes to: a terminal, or whatever a test gives. */
export interface Screen {
  isTTY?: boolean;
  columns?: number;
  write(text: string): unknown;
}

export interface Progress {
  show(tally: Tally): void;
  /** Takes the line away again. */
  end(): void;
}

/** Shorter deliveries need no line, and nobody reads faster. Milliseconds. */
const LONG = 1_000;
const EVERY = 200;
const WIDTH = 30;

/** Shows nothing where the screen is no terminal. `total`: notices that wait; `now`: milliseconds. */
export function openProgress(
  total: number,
  screen: Screen = process.stderr,
  now: () => number = () => performance.now(),
): Progress {
  const started = now();
  let shownAt: number | null = null;
  return {
    show({ sent, queued, failed }) {
      const elapsed = now() - started;
      if (!screen.isTTY || elapsed < LONG || (shownAt !== null && now() - shownAt < EVERY)) return;
      shownAt = now();
      const line = describe(sent + queued + failed, total, elapsed / 1_000);
      screen.write(`\r\u001b[2K${line.slice(0, (screen.columns ?? 80) - 1)}`);
    },
    end() {
      if (shownAt !== null) screen.write('\r\u001b[2K');
    },
  };
}

/** `██████░░░░  1,234 of 20,000 notices, 410 a second, 46 s left`. More may have come since they were counted. */
function describe(done: number, counted: number, seconds: number): string {
  const total = Math.max(done, counted);
  const full = Math.floor((done / total) * WIDTH);
  const rate = done / seconds;
  const left = rate > 0 ? `, ${Math.ceil((total - done) / rate)} s left` : '';
  const bar = `${'█'.repeat(full)}${'░'.repeat(WIDTH - full)}`;
  return `${bar}  ${number(done)} of ${number(total)} notices, ${number(Math.round(rate))} a second${left}`;
}

function number(value: number): string {
  return value.toLocaleString('en');
}
