import { expect, test } from 'vitest';
import { InputError } from '../../src/errors.ts';
import type { DueNotice } from '../../src/match/notice.ts';
import type { DeliveryResult } from '../../src/notify/channel.ts';
import { attempt } from '../../src/notify/deliver.ts';
import type { Channels } from '../../src/notify/index.ts';
import { shippedDraw } from '../draw/history.ts';
import { sampleNotice } from './sample-notices.ts';

const draw = shippedDraw(297);
const NOTICE: DueNotice = {
  row: 1,
  key: 'msg_0123',
  attempt: 1,
  ambiguous: 0,
  channel: 'webhook',
  event: {
    id: 'draw.published/ircc:297',
    type: 'draw.published',
    source: 'ircc',
    draw: 'ircc:297',
    at: '2024-05-31T16:00:00.000Z',
    told: true,
    data: { draw, special: [] },
  },
  endpoint: {
    id: 'ep_1',
    url: 'https://team.example.org/secret-path',
    kind: 'standard',
    locale: 'en',
    secrets: ['whsec_MDEyMw=='],
  },
};

/** Channels of which each is the given one. */
function channelsOf(send: () => Promise<DeliveryResult>): Channels {
  const open = async (name: string) => ({ name, send, close: async () => undefined });
  return { open: open as unknown as Channels['open'], close: async () => undefined };
}

async function tryOnce(send: () => Promise<DeliveryResult>, number = 1) {
  const warnings: string[] = [];
  const settlement = await attempt(
    { ...NOTICE, attempt: number },
    {
      channels: channelsOf(send),
      now: () => new Date('2024-05-31T16:00:00Z'),
      random: () => 0.5,
      warn: (message) => warnings.push(message),
    },
  );
  return { ...settlement, warnings };
}

test('what was handed over is settled', async () => {
  const result = await tryOnce(async () => ({ outcome: 'sent', detail: 'answered 204' }));

  expect(result).toMatchObject({ status: 'sent', dueAt: null, delivery: { outcome: 'sent' }, warnings: [] });
});

test('each notice goes out by its own channel', async () => {
  const used: string[] = [];
  const sent = async (): Promise<DeliveryResult> => ({ outcome: 'sent', detail: '' });
  const channels = {
    ...channelsOf(sent),
    open: async (name: string) => {
      used.push(name);
      return { name, send: sent };
    },
  };
  const deps = {
    channels: channels as unknown as Channels,
    now: () => new Date(),
    random: () => 0,
    warn: () => {},
  };
  const { key, event } = NOTICE;

  await attempt(NOTICE, deps);
  await attempt({ ...sampleNotice(), row: 2, attempt: 1, ambiguous: 0 }, deps);
  await attempt({ channel: 'operator', key, event, row: 3, attempt: 1, ambiguous: 0 }, deps);

  expect(used).toEqual(['webhook', 'email', 'operator']);
});

test('what was refused is due again after the pause of its attempt', async () => {
  const refused = async (): Promise<DeliveryResult> => ({ outcome: 'refused', detail: 'answered 500' });

  expect((await tryOnce(refused, 1)).dueAt).toBe('2024-05-31T16:00:05.000Z');
  expect((await tryOnce(refused, 2)).dueAt).toBe('2024-05-31T16:05:00.000Z');
  expect((await tryOnce(refused, 9)).dueAt).toBe('2024-06-01T16:00:00.000Z');
});

test('what was refused ten times is given up', async () => {
  const result = await tryOnce(async () => ({ outcome: 'refused', detail: 'answered 500' }), 10);

  expect(result).toMatchObject({ status: 'failed', dueAt: null });
  expect(result.warnings).toEqual(['webhook msg_0123: attempt 10 refused (answered 500), given up']);
});

test('a recipient that asks for a longer pause gets it', async () => {
  const result = await tryOnce(async () => ({ outcome: 'refused', detail: 'answered 429', retryAfter: 120 }));

  expect(result.dueAt).toBe('2024-05-31T16:02:00.000Z');
});

test('a fault of ours is tried again, and its text, which may hold anything, is kept out of the record', async () => {
  const result = await tryOnce(async () => {
    throw new TypeError('cannot read amina@example.org');
  });

  expect(result).toMatchObject({ status: 'queued', delivery: { detail: 'a fault of drawbell: TypeError' } });
  expect(result.warnings.join()).not.toContain('amina');
});

test('a setting that cannot be used stops the channel, and no notice loses an attempt by it', async () => {
  const result = await tryOnce(async () => {
    const fault = { where: 'DRAWBELL_DKIM_KEY', expected: 'a private key', found: 'swordfish' };
    throw new InputError('mail cannot be signed', [fault]);
  });

  expect(result).toMatchObject({ status: 'queued', dueAt: null, cause: 'policy', warnings: [] });
  expect(result.delivery).toMatchObject({
    outcome: 'stopped',
    detail: 'DRAWBELL_DKIM_KEY cannot be used',
  });
});

test('what may have arrived is tried once more, and then given up', async () => {
  const ambiguous = async (): Promise<DeliveryResult> => ({
    outcome: 'ambiguous',
    detail: 'connection lost',
  });

  const first = await tryOnce(ambiguous);
  const again = await attempt(
    { ...NOTICE, attempt: 2, ambiguous: 1 },
    { channels: channelsOf(ambiguous), now: () => new Date(), random: () => 0.5, warn: () => undefined },
  );

  expect(first).toMatchObject({ status: 'queued', dueAt: '2024-05-31T16:00:05.000Z' });
  expect(again).toMatchObject({ status: 'failed', dueAt: null });
});

test('the status and the beginning of the answer are recorded, and what else it says is passed on', async () => {
  const result = await tryOnce(async () => ({
    outcome: 'refused',
    detail: 'answered 503',
    cause: 'busy',
    status: 503,
    answer: 'later',
  }));

  expect(result).toMatchObject({ cause: 'busy', delivery: { status: 503, answer: 'later' } });
});
