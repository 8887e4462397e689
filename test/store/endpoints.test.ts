// Endpoints as they are kept: secrets, how each fares, what is kept for one that is disabled.

import { describe, expect, it } from 'vitest';
import type { Event } from '../../src/event/event.ts';
import { exampleEvents } from '../../src/event/examples.ts';
import { countKept, disableEndpoint, enableEndpoint, noteAttempt } from '../../src/store/endpoint-health.ts';
import {
  addEndpoint,
  changeEndpoint,
  listEndpoints,
  removeEndpoint,
  rotateSecret,
  type StoredEndpoint,
  validSecrets,
} from '../../src/store/endpoints.ts';
import { saveEvents } from '../../src/store/events.ts';
import { listNotices } from '../../src/store/notices.ts';
import { enqueueForEndpoints } from '../../src/store/outbox.ts';
import type { Db } from '../../src/store/schema.ts';
import { openTestStore } from '../support/store.ts';

const START = '2024-05-31T16:00:00.000Z';
const HOUR = 3_600_000;
const URL_OF_TEAM = 'https://team.example.org/hooks/draws';

/** So many milliseconds after the start. */
function later(milliseconds: number): string {
  return new Date(Date.parse(START) + milliseconds).toISOString();
}

async function addTeam(db: Db, wishes: Partial<StoredEndpoint> = {}): Promise<string> {
  const { id } = await addEndpoint(db, { url: URL_OF_TEAM, kind: 'standard', ...wishes }, START);
  return id;
}

async function find(db: Db, id: string, now = START): Promise<StoredEndpoint | undefined> {
  return (await listEndpoints(db, now)).find((endpoint) => endpoint.id === id);
}

/** Events without a draw, so that none need be stored. */
async function tell(db: Db, ...names: string[]): Promise<void> {
  const failing = exampleEvents().find(({ type }) => type === 'source.failing') as Event;
  for (const name of names) {
    const event = { ...failing, id: `source.failing/${name}`, at: START };
    await saveEvents(db, [event]);
    await enqueueForEndpoints(db, event, START);
  }
}

/** The status of each notice by its event, oldest first. */
async function statuses(db: Db): Promise<string[]> {
  const notices = await listNotices(db);
  return notices.map(({ event, status }) => `${event.split('/')[1]} ${status}`).reverse();
}

const attempt = (db: Db, id: string, at: string, sent = false) =>
  noteAttempt(db, id, { at, sent, gone: false, resumeAt: null });

describe('the secret', () => {
  it('that was replaced signs beside the new one for 24 hours to the millisecond', async () => {
    const db = openTestStore();
    const { id, secret: old } = await addEndpoint(db, { url: URL_OF_TEAM, kind: 'standard' }, START);

    const rotated = await rotateSecret(db, id, new Date(START));

    const secret = rotated?.secret;
    expect(rotated?.previousUntil).toBe(later(24 * HOUR));
    expect(secret).toMatch(/^whsec_[A-Za-z0-9+/]{43}=$/);
    expect(secret).not.toBe(old);
    expect((await find(db, id, START))?.secrets).toEqual([secret, old]);
    expect(await find(db, id, later(24 * HOUR - 1))).toMatchObject({
      secrets: [secret, old],
      previousUntil: later(24 * HOUR),
    });
    expect(await find(db, id, later(24 * HOUR))).toMatchObject({ secrets: [secret], previousUntil: null });
  });

  it('replaced twice within the day: the last two sign', async () => {
    const db = openTestStore();
    const id = await addTeam(db);

    const first = await rotateSecret(db, id, new Date(START));
    const second = await rotateSecret(db, id, new Date(later(HOUR)));

    expect((await find(db, id, later(2 * HOUR)))?.secrets).toEqual([second?.secret, first?.secret]);
  });

  it('of one endpoint is replaced, and of no other; of one that is not there, none', async () => {
    const db = openTestStore();
    const [id, other] = [await addTeam(db), await addTeam(db)];
    const before = await find(db, other);

    await rotateSecret(db, id, new Date(START));

    expect(await find(db, other)).toEqual(before);
    expect(await rotateSecret(db, 'ep_nobody', new Date(START))).toBeUndefined();
  });

  it('is the only one that signs where none was ever replaced', () => {
    const row = { secret: 'whsec_new', previous_secret: null, previous_until: null };

    expect(validSecrets(row, START)).toEqual(['whsec_new']);
  });
});

describe('an endpoint that fails', () => {
  it('is failing since the first failure in a row, and well again after a success', async () => {
    const db = openTestStore();
    const id = await addTeam(db);

    await attempt(db, id, later(0));
    await attempt(db, id, later(HOUR));
    const failing = await find(db, id);
    await attempt(db, id, later(2 * HOUR), true);
    const well = await find(db, id);
    await attempt(db, id, later(3 * HOUR));
    const again = await find(db, id);

    expect([failing, well, again].map((endpoint) => endpoint?.failingSince)).toEqual([
      later(0),
      null,
      later(3 * HOUR),
    ]);
  });

  it('is disabled after five days without a success, to the millisecond, and that is told once', async () => {
    const db = openTestStore();
    const id = await addTeam(db);

    const told = [
      await attempt(db, id, later(0)),
      await attempt(db, id, later(120 * HOUR - 1)),
      await attempt(db, id, later(120 * HOUR)),
      await attempt(db, id, later(120 * HOUR + 1)),
    ];

    expect(told).toEqual([null, null, { why: 'failing', since: later(0) }, null]);
    expect((await find(db, id))?.disabled).toEqual({ at: later(120 * HOUR), why: 'failing' });
  });

  it('is not disabled when one attempt in between succeeded', async () => {
    const db = openTestStore();
    const id = await addTeam(db);

    await attempt(db, id, later(0));
    await attempt(db, id, later(HOUR), true);
    await attempt(db, id, later(2 * HOUR));
    const told = await attempt(db, id, later(121 * HOUR));

    expect(told).toBeNull();
    expect((await find(db, id))?.disabled).toBeNull();
  });

  it('and says that it is gone is disabled at once, with what waits for it kept', async () => {
    const db = openTestStore();
    const id = await addTeam(db, { events: ['source.failing'] });
    await tell(db, 'a');

    const told = await noteAttempt(db, id, { at: START, sent: false, gone: true, resumeAt: null });

    expect(told).toEqual({ why: 'gone', since: START });
    expect((await find(db, id))?.disabled).toEqual({ at: START, why: 'gone' });
    expect(await statuses(db)).toEqual(['a held']);
  });

  it('is left alone until the time it asked for, whatever attempts were under way beside it', async () => {
    const db = openTestStore();
    const id = await addTeam(db);

    await noteAttempt(db, id, { at: START, sent: false, gone: false, resumeAt: later(HOUR) });
    await attempt(db, id, later(1));
    const slowed = await find(db, id, later(HOUR - 1));
    const over = await find(db, id, later(HOUR));
    await attempt(db, id, later(HOUR), true);
    const well = await find(db, id, START);

    expect(slowed?.resumeAt).toBe(later(HOUR));
    expect(over?.resumeAt).toBeNull();
    expect(well?.resumeAt).toBeNull();
  });

  it('and was removed meanwhile is nobody', async () => {
    const db = openTestStore();
    const id = await addTeam(db);

    await removeEndpoint(db, id);

    expect(await attempt(db, id, START)).toBeNull();
    expect(await listEndpoints(db, START)).toEqual([]);
  });
});

describe('an endpoint that is disabled', () => {
  it('has what waits for it kept, what happens from then on too, and loses nothing to anybody else', async () => {
    const db = openTestStore();
    const id = await addTeam(db, { events: ['source.failing'] });
    const other = await addTeam(db, { events: ['source.failing'] });
    await tell(db, 'before');

    const disabled = await disableEndpoint(db, id, 'operator', START);
    await tell(db, 'after');

    const notices = await listNotices(db);
    const of = (recipient: string) =>
      notices.filter((notice) => notice.recipient === recipient).map(({ status }) => status);
    expect(disabled).toBe(true);
    expect(of(id)).toEqual(['held', 'held']);
    expect(of(other)).toEqual(['queued', 'queued']);
    expect(await countKept(db)).toEqual(new Map([[id, { count: 2, since: START }]]));
  });

  it('is disabled once: who does it again changes neither why nor since when', async () => {
    const db = openTestStore();
    const id = await addTeam(db);

    await disableEndpoint(db, id, 'gone', START);
    const again = await disableEndpoint(db, id, 'team', later(HOUR));

    expect(again).toBe(false);
    expect((await find(db, id))?.disabled).toEqual({ at: START, why: 'gone' });
    expect(await disableEndpoint(db, 'ep_nobody', 'operator', START)).toBe(false);
  });

  it.each(['gone', 'failing', 'team'] as const)(
    'is the operator’s from when the operator says so too, whatever it was before: %s',
    async (why) => {
      const db = openTestStore();
      const id = await addTeam(db);
      await disableEndpoint(db, id, why, START);

      const again = await disableEndpoint(db, id, 'operator', later(HOUR));
      await disableEndpoint(db, id, 'team', later(2 * HOUR));

      expect(again).toBe(false);
      expect((await find(db, id))?.disabled).toEqual({ at: START, why: 'operator' });
    },
  );

  it('and enabled again is as one that never failed: new notices are queued, the kept ones stay', async () => {
    const db = openTestStore();
    const id = await addTeam(db, { events: ['source.failing'] });
    await noteAttempt(db, id, { at: START, sent: false, gone: false, resumeAt: later(HOUR) });
    await tell(db, 'before');
    await disableEndpoint(db, id, 'failing', START);

    await enableEndpoint(db, id);
    await tell(db, 'after');

    expect(await find(db, id)).toMatchObject({ disabled: null, failingSince: null, resumeAt: null });
    expect(await statuses(db)).toEqual(['before held', 'after queued']);
    expect(await enableEndpoint(db, 'ep_nobody')).toBe(false);
  });
});

describe('what an endpoint asked for', () => {
  it('is kept as it was given, and left out is everything', async () => {
    const db = openTestStore();
    const wishes = {
      events: ['draw.published', 'source.failing'],
      sources: ['ircc'],
      drawTypes: ['cec', 'other:agri-food'],
      locale: 'fr',
    } satisfies Partial<StoredEndpoint>;

    const [narrow, wide] = [await addTeam(db, wishes), await addTeam(db)];

    expect(await find(db, narrow)).toMatchObject(wishes);
    expect(await find(db, wide)).toMatchObject({
      events: null,
      sources: null,
      drawTypes: null,
      locale: 'en',
    });
  });

  it('is changed one by one: what is left out stays, null is everything again', async () => {
    const db = openTestStore();
    const id = await addTeam(db, { events: ['draw.published'], sources: ['ircc'], drawTypes: ['cec'] });

    const changed = await changeEndpoint(db, id, { events: null, drawTypes: ['french'], sources: undefined });

    expect(changed).toBe(true);
    expect(await find(db, id)).toMatchObject({
      url: URL_OF_TEAM,
      events: null,
      sources: ['ircc'],
      drawTypes: ['french'],
    });
    expect(await changeEndpoint(db, 'ep_nobody', { locale: 'fr' })).toBe(false);
  });

  it('decides which events are queued for it', async () => {
    const db = openTestStore();
    await addTeam(db, { events: ['source.failing'], sources: ['elsewhere'] });
    await addTeam(db);

    await tell(db, 'a');

    expect(await statuses(db)).toEqual([]);
  });

  it('at another address it has not failed yet, and keeps its secret', async () => {
    const db = openTestStore();
    const id = await addTeam(db);
    await noteAttempt(db, id, { at: START, sent: false, gone: false, resumeAt: later(HOUR) });
    const before = await find(db, id);

    await changeEndpoint(db, id, { locale: 'fr' });
    const spoken = await find(db, id);
    await changeEndpoint(db, id, { url: 'https://elsewhere.example.org/' });
    const moved = await find(db, id);

    expect(spoken).toMatchObject({ failingSince: START, resumeAt: later(HOUR) });
    expect(moved).toMatchObject({
      url: 'https://elsewhere.example.org/',
      failingSince: null,
      resumeAt: null,
    });
    expect(moved?.secrets).toEqual(before?.secrets);
  });
});
