// outbox -> delivered, no faster than agreed: turns that are handed out evenly.

/** Resolves when it is one's turn. */
export type Pace = () => Promise<void>;

/**
 * At most so many turns in any second, whoever asks for them; `null`: at once. The mail library's own limit is not
 * enough: it lets each new connection begin at once, and every one that waits go on together.
 */
export function openPace(perSecond: number | null): Pace {
  if (perSecond === null) return async () => undefined;
  const spacing = 1_000 / perSecond;
  let next = 0;
  return async () => {
    const now = performance.now();
    const turn = Math.max(now, next);
    next = turn + spacing;
    // A timer may be a fraction of a millisecond early, and never knows fractions.
    if (turn > now) await new Promise((resolve) => setTimeout(resolve, Math.ceil(turn - now) + 1));
  };
}
