// How often one may do something: counted in memory, so that a flood costs neither rows nor mails.

/** At most so many in any stretch of this length, in milliseconds. */
export interface Limit {
  most: number;
  per: number;
}

export interface Limiter {
  /** `null`: may go on, and is counted. Else in how many seconds it may be tried again; it is not counted. */
  take(key: string, now: Date): number | null;
  /** What was counted last by this key came to nothing, by no fault of whoever asked: it is not counted. */
  giveBack(key: string): void;
  /** How many keys are remembered. */
  readonly size: number;
}

export const MINUTE = 60_000;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;

/** So many keys are told apart; all further ones share a limit, so that whoever has many of them gains nothing. */
const MOST_KEYS = 10_000;
const THE_REST = '';

/** Counts by key, which is any text but the empty one. It has no clock: each call says what time it is. */
export function openLimiter({ most, per }: Limit, mostKeys = MOST_KEYS): Limiter {
  /** When each was counted, in milliseconds; the key that was counted last comes last. */
  const counted = new Map<string, number[]>();

  /** Since when what was counted still counts. What is still to come was counted before the clock was set back. */
  const within = (times: readonly number[], time: number) =>
    times.filter((at) => at > time - per && at <= time);

  function forget(time: number): void {
    for (const [key, times] of counted) {
      const last = times.at(-1) ?? 0;
      if (last > time - per && last <= time) return;
      counted.delete(key);
    }
  }

  return {
    giveBack(asked) {
      counted.get(counted.has(asked) ? asked : THE_REST)?.pop();
    },
    take(asked, now) {
      const time = now.getTime();
      forget(time);
      const key = counted.has(asked) || counted.size < mostKeys ? asked : THE_REST;
      const times = within(counted.get(key) ?? [], time);
      const [oldest = time] = times;
      if (times.length >= most) return Math.max(1, Math.ceil((oldest + per - time) / 1_000));
      counted.delete(key);
      counted.set(key, [...times, time]);
      return null;
    },
    get size() {
      return counted.size;
    },
  };
}
