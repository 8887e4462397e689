// Two readers, doors for bounces that are open, and what came of a message.

import { listSuppressions } from '../../src/store/suppressions.ts';
import type { WebDeps } from '../../src/web/deps.ts';
import { openWebWorld, type WebWorld } from './world.ts';

export const SHUT = { secret: null, sesTopic: null, postmark: null, mailgun: null };

export interface BounceWorld extends WebWorld {
  /** Posts JSON, or this very text, to a door. */
  knock(
    path: string,
    body: unknown,
    headers?: Record<string, string>,
  ): Promise<{ status: number; text: string }>;
  /** `bounced told by ...` of each address that gets nothing, sorted. */
  suppressed(): Promise<string[]>;
}

export async function openBounces(
  bounces: Partial<WebDeps['bounces']>,
  deps: Partial<WebDeps> = {},
): Promise<BounceWorld> {
  const world = await openWebWorld({ ...deps, bounces: { ...SHUT, ...bounces } });
  return {
    ...world,
    async knock(path, body, headers = {}) {
      const answer = await world.app.request(path, {
        method: 'POST',
        body: typeof body === 'string' ? body : JSON.stringify(body),
        headers,
      });
      return { status: answer.status, text: await answer.text() };
    },
    suppressed: async () =>
      (await listSuppressions(world.db)).map(({ reason, detail }) => `${reason} ${detail}`).sort(),
  };
}

export const TAKEN = { status: 200, text: 'taken\n' };
