// outbox -> delivered: one attempt to hand over one notice, and what follows from it.

import { InputError } from '../errors.ts';
import type { DueNotice, Notice, Settlement } from '../match/notice.ts';
import type { DeliveryResult } from './channel.ts';
import type { Channels } from './index.ts';
import { nextAttempt } from './retry.ts';

export interface AttemptDeps {
  channels: Channels;
  now(): Date;
  random(): number;
  warn(message: string): void;
}

/** Hands a notice over by its channel. Never throws: what goes wrong is recorded and tried again. */
export async function attempt(notice: DueNotice, deps: AttemptDeps): Promise<Settlement> {
  const started = performance.now();
  const result = await send(notice, deps);
  const now = deps.now();
  const delivery = {
    at: now.toISOString(),
    milliseconds: Math.round(performance.now() - started),
    outcome: result.outcome,
    detail: result.detail,
    status: result.status ?? null,
    answer: result.answer ?? null,
  };
  const cause = result.cause ?? null;
  if (result.outcome === 'sent') return { status: 'sent', dueAt: null, cause, delivery };
  // It is not the notice that failed, so nothing of it changes.
  if (result.outcome === 'stopped') return { status: 'queued', dueAt: null, cause, delivery };

  const pause = pauseAfter(result, notice, deps.random());
  const then = pause === 'give-up' ? 'given up' : `again in ${Math.round(pause)} s`;
  deps.warn(
    `${notice.channel} ${notice.key}: attempt ${notice.attempt} ${result.outcome} (${result.detail}), ${then}`,
  );
  if (pause === 'give-up') return { status: 'failed', dueAt: null, cause, delivery };
  const dueAt = new Date(now.getTime() + pause * 1000).toISOString();
  return { status: 'queued', dueAt, cause, delivery };
}

function pauseAfter(
  { outcome, retryAfter }: DeliveryResult,
  { attempt, ambiguous }: DueNotice,
  random: number,
): number | 'give-up' {
  // What may have arrived is tried once more, and no oftener: a reader would get it each time.
  if (outcome === 'failed' || (outcome === 'ambiguous' && ambiguous > 0)) return 'give-up';
  return nextAttempt(attempt, random, retryAfter);
}

/** One attempt. Never throws; what goes wrong is told in words that name nobody. */
export async function send(
  notice: Notice,
  { channels }: Pick<AttemptDeps, 'channels'>,
): Promise<DeliveryResult> {
  try {
    switch (notice.channel) {
      case 'email':
        return await (await channels.open('email')).send(notice);
      case 'letter':
        return await (await channels.open('letter')).send(notice);
      case 'operator':
        return await (await channels.open('operator')).send(notice);
      case 'webhook':
        return await (await channels.open('webhook')).send(notice);
    }
  } catch (error) {
    // A setting that cannot be used is nothing a notice could do anything about.
    if (error instanceof InputError) {
      const detail = `${error.faults[0]?.where ?? 'a setting'} cannot be used`;
      return { outcome: 'stopped', cause: 'policy', detail };
    }
    // A fault of ours with one notice must not keep the others from being told. Its text may hold anything.
    return {
      outcome: 'refused',
      detail: `a fault of drawbell: ${error instanceof Error ? error.name : 'unknown'}`,
    };
  }
}
