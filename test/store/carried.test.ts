// What is carried from one database to another, table by table.

import { expect, it } from 'vitest';
import { endpointId, readerKey } from '../../src/journey/carry.ts';
import { startFromHistory } from '../../src/journey.ts';
import { ircc } from '../../src/sources/ircc.ts';
import type { StateDraw } from '../../src/state/state.ts';
import { carriedDraws, noteTold, takeDraws } from '../../src/store/carried-draws.ts';
import { countOwnLetters, takeNotices } from '../../src/store/carried-notices.ts';
import { carriedEndpoints, noteReminded, takeTrouble } from '../../src/store/carried-recipients.ts';
import { findDocumentByHash, noteDocument, readDocument, saveDocument } from '../../src/store/documents.ts';
import { addEndpoint } from '../../src/store/endpoints.ts';
import { listEvents } from '../../src/store/events.ts';
import { openSeal } from '../../src/store/seal.ts';
import { shippedDraw } from '../draw/history.ts';
import { subscribe } from '../support/journey.ts';
import { openTestStore } from '../support/store.ts';

const AT = '2024-05-31T16:00:00.000Z';
const LATER = '2024-05-31T18:00:00.000Z';
const IN_NAME = { source: 'ircc', url: 'about:blank', status: 200, hash: 'ab12', fetchedAt: AT };

it('a document that is known in name only is none, until its bytes come', async () => {
  const db = openTestStore();
  const bytes = new TextEncoder().encode('{}');
  const url = 'https://example.org/feed.json';
  const whole = { ...IN_NAME, url, headers: { etag: '"1"' }, bytes, fetchedAt: LATER };

  const id = await noteDocument(db, IN_NAME);
  const again = await noteDocument(db, IN_NAME);
  const before = [await readDocument(db, id), await findDocumentByHash(db, 'ircc', 'ab12')];
  const saved = await saveDocument(db, whole);
  const after = await readDocument(db, id);
  await noteDocument(db, IN_NAME);
  await saveDocument(db, { ...whole, url: 'https://example.org/other' });

  expect([again, saved]).toEqual([id, id]);
  expect(before).toEqual([undefined, undefined]);
  // When it was first read stays.
  expect(after).toEqual({ ...whole, bytes: Buffer.from(bytes), fetchedAt: AT });
  expect(await readDocument(db, id)).toEqual(after);
});

it('an empty document is a document', async () => {
  const db = openTestStore();

  const id = await saveDocument(db, { ...IN_NAME, headers: {}, bytes: new Uint8Array() });

  expect(await readDocument(db, id)).toMatchObject({ bytes: Buffer.alloc(0) });
});

it('a draw that is known stays as it is, unless it was changed or taken back since', async () => {
  const db = openTestStore();
  const draw = shippedDraw(297);
  const document = await noteDocument(db, IN_NAME);
  const first = {
    draw,
    revision: 2,
    firstSeenAt: AT,
    changedAt: LATER,
    withdrawnAt: null,
    document: IN_NAME.hash,
  };
  const take = async (found: StateDraw) =>
    (await takeDraws(db, [{ found, documentId: document }])).has(draw.id);

  const taken = [await take(first)];
  taken.push(await take({ ...first, draw: { ...draw, cutoff: 1 } }));
  taken.push(await take({ ...first, revision: 1, withdrawnAt: LATER }));
  const stays = await carriedDraws(db);
  taken.push(await take({ ...first, withdrawnAt: LATER }));
  const withdrawn = await carriedDraws(db);
  taken.push(await take({ ...first, revision: 3, draw: { ...draw, cutoff: 500 } }));

  expect(taken).toEqual([true, false, false, false, true]);
  expect(stays).toEqual([first]);
  expect(withdrawn).toEqual([{ ...first, withdrawnAt: LATER }]);
  expect(await carriedDraws(db)).toEqual([{ ...first, revision: 3, draw: { ...draw, cutoff: 500 } }]);
});

it('an event that only came with the program is told once it was told elsewhere', async () => {
  const db = openTestStore();
  await startFromHistory(ircc, { db, now: () => new Date(LATER), dormantDays: 180 });
  const [event] = await listEvents(db, { draw: 'ircc:297', type: 'draw.published' });
  if (!event) throw new Error('no such event');

  await noteTold(db, [
    { ...event, told: true, at: AT },
    { ...event, id: 'draw.published/ircc:296', told: false },
  ]);

  expect(event.told).toBe(false);
  expect(await listEvents(db, { draw: 'ircc:297', type: 'draw.published' })).toMatchObject([
    { told: true, at: AT },
  ]);
  expect((await listEvents(db)).filter(({ told }) => told)).toHaveLength(1);
});

it('an endpoint that has taken something since is not in the trouble it was in', async () => {
  const db = openTestStore();
  const { id: key } = await addEndpoint(db, { url: 'https://example.org/', kind: 'standard' }, AT);
  await startFromHistory(ircc, { db, now: () => new Date(AT), dormantDays: 180 });
  const [event] = await listEvents(db);
  const sentAt = (settled_at: string) => ({
    event_id: event?.id ?? '',
    channel: 'webhook' as const,
    subscriber_id: null,
    endpoint_id: 1,
    operator: null,
    verdict: null,
    verdict_before: null,
    profile: null,
    status: 'sent' as const,
    attempts: 1,
    ambiguous: 0,
    due_at: AT,
    created_at: AT,
    settled_at,
    message_id: null,
  });
  await takeNotices(db, [sentAt(LATER)]);
  const trouble = (at: string) => ({
    failingSince: at,
    resumeAt: null,
    disabled: { at, why: 'failing' as const },
  });

  await takeTrouble(db, { id: 1, key }, trouble(AT));
  const well = await carriedEndpoints(db);
  await takeTrouble(db, { id: 1, key }, trouble('2024-05-31T19:00:00.000Z'));

  expect(well).toMatchObject([{ failingSince: null, disabled: null }]);
  expect(await carriedEndpoints(db)).toMatchObject([trouble('2024-05-31T19:00:00.000Z')]);
});

it('when a reader was last asked is never earlier than it is known to be', async () => {
  const db = openTestStore();
  await subscribe(db, 'amina@example.org');
  const askedAt = async () =>
    (await db.selectFrom('subscribers').select('reminded_at').executeTakeFirstOrThrow()).reminded_at;

  await noteReminded(db, 1, LATER);
  const first = await askedAt();
  await noteReminded(db, 1, AT);

  expect([first, await askedAt()]).toEqual([LATER, LATER]);
  expect(await countOwnLetters(db)).toBe(0);
});

it('names made with a secret are the same in each run, and say nothing without it', () => {
  const [seal, other] = [openSeal('a secret of sixteen letters'), openSeal('another secret of letters')];

  expect(readerKey(seal, 'Amina@Example.org ')).toBe(readerKey(seal, 'amina@example.org'));
  expect(readerKey(seal, 'amina@example.org')).toMatch(/^[0-9a-f]{24}$/);
  expect(readerKey(other, 'amina@example.org')).not.toBe(readerKey(seal, 'amina@example.org'));
  expect(endpointId(seal, 'https://example.org/')).toMatch(/^ep_[0-9a-f]{24}$/);
  expect(endpointId(seal, 'https://example.org/')).not.toContain(readerKey(seal, 'https://example.org/'));
});
