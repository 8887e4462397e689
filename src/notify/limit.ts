// outbox -> delivered, the time that an attempt may take, whatever it is waiting for.

export interface Limit {
  /** Aborted when the time is up. */
  signal: AbortSignal;
  /** Rejects when the time is up: for what heeds no signal. Never resolves. */
  passed: Promise<never>;
  /** There is nothing to wait for any more. */
  close(): void;
}

/** @param time milliseconds; then what waits fails with a `TimeoutError` */
export function openLimit(time: number): Limit {
  const { promise, reject } = Promise.withResolvers<never>();
  const controller = new AbortController();
  // Whoever waits for it hears of it; that nobody does any more is no fault.
  promise.catch(() => undefined);
  const timer = setTimeout(() => {
    const reason = new DOMException('the time is up', 'TimeoutError');
    reject(reason);
    controller.abort(reason);
  }, time);
  return { signal: controller.signal, passed: promise, close: () => clearTimeout(timer) };
}
