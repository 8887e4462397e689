// A state that is carried from one database to another and back, and what goes on from there.

import { describe, expect, it } from 'vitest';
import { buildFeed } from '../../src/demo/feed.ts';
import { deliverDue, releaseRound, tendReaders, watchSource } from '../../src/journey.ts';
import { ircc } from '../../src/sources/ircc.ts';
import type { LedgerLine, State } from '../../src/state/state.ts';
import { claim } from '../../src/store/claims.ts';
import { listDraws } from '../../src/store/draws.ts';
import { listEvents } from '../../src/store/events.ts';
import { listNotices } from '../../src/store/notices.ts';
import { listQuarantine } from '../../src/store/quarantine.ts';
import type { Installation } from '../support/journey.ts';
import { countRows } from '../support/store.ts';
import {
  AFTER,
  BEFORE,
  corrected,
  DAY,
  end,
  MAIL,
  openBeside,
  openEventful,
  openPlace,
  openTelling,
  publish,
  READERS,
  readOut,
  TEAMS,
  takeIn,
  typed,
} from './carry-world.ts';

const LATER = '2024-05-31T18:00:00.000Z';
const NOBODY = { waiting: { unknown: 0, otherSecret: 0 } };
const REVERSED = Object.fromEntries(Object.entries(READERS).reverse());

const countBy = <Item>(items: readonly Item[], name: (item: Item) => string) =>
  Object.fromEntries([...Map.groupBy(items, name)].map(([key, group]) => [key, group.length]).sort());
const statuses = ({ ledger }: State) => countBy(ledger, ({ channel, status }) => `${channel} ${status}`);
const mailed = ({ mailServer }: Installation) =>
  mailServer.received.flatMap((mail) => mail.recipients).sort();
const textTo = ({ mailServer }: Installation, address: string) =>
  mailServer.received.find(({ recipients }) => recipients.includes(address))?.text;
const lineOf = ({ ledger }: State, wanted: Partial<LedgerLine>) =>
  ledger.filter((line) => Object.entries(wanted).every(([key, value]) => line[key as 'to'] === value));

describe('a state', () => {
  it('that is carried into an empty database and out again is the same', async () => {
    const before = await openEventful();
    const state = await readOut(before);
    const after = await openBeside(before, '2024-05-31T17:31:00.000Z', REVERSED);

    const carried = await takeIn(after, state);
    const again = await readOut(after, state);
    const afresh = await readOut(after);

    expect(carried).toEqual(NOBODY);
    expect(statuses(state)).toEqual({
      'email dropped': 1,
      'email failed': 1,
      'email queued': 1,
      'email sent': 2,
      'operator queued': 1,
      'webhook held': 3,
      'webhook queued': 3,
    });
    expect(countBy(state.recipients, ({ kind }) => kind)).toEqual({ endpoint: 2, suppressed: 1 });
    expect(state.draws.ircc).toMatchObject({ earlier: [{ revision: 1 }] });
    expect(state.watch).toMatchObject({
      sources: { ircc: { look: { etag: null, hash: '' }, quarantine: [{ id: 'ircc:297' }] } },
      events: [{ type: 'source.quarantined' }],
    });
    expect(again).toEqual(state);
    expect(afresh).toEqual(state);
  });

  it('keeps a draw that was taken back, and what its readers had been told', async () => {
    const before = await openTelling();
    await end(before, MAIL, ['sent', 'sent', 'sent', 'failed']);
    for (let look = 0; look < 3; look += 1)
      await publish(before, look === 1 ? buildFeed(BEFORE, { indent: 3 }) : BEFORE);
    const state = await readOut(before);
    const after = await openPlace();

    await takeIn(after, state);
    await publish(after, BEFORE);
    await deliverDue(after);

    expect(state.draws.ircc?.draws.at(-1)).toMatchObject({ draw: { id: 'ircc:297' }, withdrawnAt: DAY });
    expect(await listDraws(after.db)).toHaveLength(BEFORE.length);
    // Whoever was told nothing of it hears nothing.
    expect(mailed(after)).toEqual([
      'amina@example.org',
      'bruno@example.org',
      'chloe@example.org',
      'operator@example.org',
    ]);
    expect(textTo(after, 'amina@example.org')).toMatch(/told you.*you would have been invited/is);
  });

  it('carries how a source fails, until when it is left alone, and what the operator was told of it', async () => {
    const before = await openTelling();
    before.site.answerWith((response) => response.writeHead(503, { 'retry-after': '600' }).end());
    for (const minute of ['10', '30', '50']) {
      before.setClock(`2024-05-31T16:${minute}:00.000Z`);
      await watchSource(ircc, before);
    }
    const state = await readOut(before);
    const after = await openBeside(before, '2024-05-31T16:55:00.000Z');
    const asked = before.site.asked.length;

    await takeIn(after, state);
    const again = await readOut(after, state);
    const look = await watchSource(ircc, after);

    expect(state.watch.sources.ircc?.health).toMatchObject({
      failures: 3,
      failing: {
        told: 1,
        reason:
          'ircc: expected status 200 or 304 from (an address), found status 503, which asks to be left alone until 2024-05-31T17:00:00.000Z',
      },
      retryAt: '2024-05-31T17:00:00.000Z',
    });
    expect(again).toEqual(state);
    // Asked not to, it asked nothing.
    expect(look.failure?.message).toContain('asked to be left alone until');
    expect(before.site.asked).toHaveLength(asked);
    expect(look.events).toEqual([]);
  });

  it('is the same after a run that found nothing new, but for one note of it a day', async () => {
    const place = await openTelling();
    const state = await readOut(place);
    const run = async (instant: string) => {
      const next = await openBeside(place, instant);
      await takeIn(next, state);
      const look = await watchSource(ircc, next);
      return { look, out: await readOut(next, state) };
    };

    const soon = await run('2024-05-31T16:20:00.000Z');
    const nextDay = await run('2024-06-01T16:00:00.000Z');

    expect(soon.look).toMatchObject({ failure: null, changed: false });
    expect(place.site.asked.slice(-2).map(({ status }) => status)).toEqual([304, 304]);
    expect(soon.out).toEqual(state);
    expect(nextDay.out.watch.sources.ircc?.health?.succeededAt).toBe('2024-06-01T16:00:00.000Z');
    expect({ ...nextDay.out, watch: state.watch }).toEqual(state);
  });

  it('asks for a document in full where it is at another address than it was', async () => {
    const state = await readOut(await openTelling());
    const place = await openPlace();
    place.site.publish(buildFeed(AFTER));

    await takeIn(place, state);
    const look = await watchSource(ircc, place);

    expect(place.site.asked).toMatchObject([{ status: 200 }]);
    expect(place.site.asked[0]?.headers).not.toHaveProperty('if-none-match');
    expect(look).toMatchObject({ changed: false, queued: 0 });
  });

  it('takes a draw in that is unknown, and the later of two states of one that is known', async () => {
    const early = await openTelling();
    const late = await openTelling();
    await publish(late, corrected({ cutoff: 515 }));
    const [old, recent] = [await readOut(early), await readOut(late)];

    await takeIn(early, recent);
    await takeIn(late, old);

    for (const place of [early, late]) {
      const out = await readOut(place);
      expect(out.draws.ircc?.draws.at(-1)).toMatchObject({ revision: 2, draw: { cutoff: 515 } });
      expect(out.draws.ircc?.earlier).toMatchObject([{ revision: 1, draw: { cutoff: 522 } }]);
    }
    expect((await listEvents(early.db)).filter(({ type }) => type === 'draw.corrected')).toHaveLength(1);
  });

  it('whose lines are of events that it does not have is refused, and nothing of it is taken in', async () => {
    const state = await readOut(await openTelling());
    const [line] = state.ledger as [LedgerLine];
    const place = await openPlace();
    const before = await countRows(place.db);

    const taking = takeIn(place, { ...state, ledger: [{ ...line, event: 'draw.published/ircc:9999' }] });

    await expect(taking).rejects.toThrow(
      /ledger\.ndjson: expected lines of events that are in .* found 1 of others/,
    );
    expect(await countRows(place.db)).toEqual(before);
  });
});

describe('what is kept apart', () => {
  it('is read in full by the next run, and judged again', async () => {
    const before = await openTelling();
    await publish(before, typed({ drawDate: '2024-06-30' }));
    const state = await readOut(before);
    const place = await openBeside(before, '2024-05-31T17:00:00.000Z');

    await takeIn(place, state);
    const held = await watchSource(ircc, place);
    const early = await listQuarantine(place.db);
    // The same bytes, a month later.
    place.setClock('2024-07-01T17:00:00.000Z');
    await watchSource(ircc, place);

    expect(held.held).toMatchObject([{ id: 'ircc:297', looks: 2 }]);
    expect(early).toHaveLength(1);
    expect(await listQuarantine(place.db)).not.toMatchObject([{ reason: 'future' }]);
  });

  it('cannot be released before that, as what it was read from is somewhere else', async () => {
    const before = await openTelling();
    await publish(before, typed({ drawDate: '2024-06-30' }));
    const place = await openPlace();

    await takeIn(place, await readOut(before));

    await expect(releaseRound(ircc, 'ircc:297', place)).rejects.toThrow('it cannot be released');
    expect(await listQuarantine(place.db)).toHaveLength(1);
  });
});

describe('what waits', () => {
  it('is told by whoever has the state, once, and in messages with the ids it had', async () => {
    const before = await openTelling();
    await end(before, MAIL, ['sent', 'again']);
    const state = await readOut(before);
    const ids = (await claimable(before)).sort();
    const after = await openPlace('2024-05-31T16:10:00.000Z', REVERSED, []);

    await takeIn(after, state);
    await deliverDue(after);
    const done = await readOut(after, state);
    const last = await openPlace('2024-05-31T16:20:00.000Z');
    await takeIn(last, done);
    await deliverDue(last);

    expect(mailed(after)).toEqual(['bruno@example.org', 'chloe@example.org', 'dario@example.org']);
    expect(
      after.mailServer.received.map(({ messageId }) => messageId?.slice(1).split('@')[0]).sort(),
    ).toEqual(ids);
    expect(mailed(last)).toEqual([]);
    expect(lineOf(done, { channel: 'email' }).map(({ status }) => status)).toEqual(Array(4).fill('sent'));
  });

  it('is judged again by what its reader says now', async () => {
    const state = await readOut(await openTelling());
    const place = await openPlace(DAY, {
      ...READERS,
      'bruno@example.org': { ...READERS['bruno@example.org'], crs: 525 },
    });

    await takeIn(place, state);
    await deliverDue(place);

    expect(textTo(place, 'bruno@example.org')).toMatch(
      /^You would have been invited .* your score is 525 \(\+3\)/,
    );
  });

  it('and is in hand of one run is left alone by others until that run must have ended', async () => {
    const before = await openTelling();
    await end(before, MAIL, ['sent']);
    const claimed = await claim(before.db, MAIL, 2, before.now());
    const state = await readOut(before);
    const after = await openPlace('2024-05-31T16:03:59.000Z', READERS, []);

    await takeIn(after, state);
    await deliverDue(after);
    const early = mailed(after);
    after.setClock('2024-05-31T16:04:00.000Z');
    await deliverDue(after);

    const inHand = claimed.flatMap((notice) => (notice.channel === 'email' ? [notice.reader.email] : []));
    expect(early).toEqual(
      Object.keys(READERS).filter((email) => email !== 'amina@example.org' && !inHand.includes(email)),
    );
    expect(mailed(after)).toEqual(['bruno@example.org', 'chloe@example.org', 'dario@example.org']);
    expect(lineOf(state, { dueAt: '2024-05-31T16:04:00.000Z' })).toHaveLength(2);
  });

  it('for somebody who is no longer listed is counted, and then ends', async () => {
    const before = await openTelling();
    const state = await readOut(before);
    const { 'amina@example.org': _, ...others } = READERS;
    const place = await openPlace('2024-05-31T16:10:00.000Z', others, TEAMS.slice(1));

    const carried = await takeIn(place, state);
    const done = await readOut(place, state);

    expect(carried.waiting).toEqual({ unknown: 3, otherSecret: 0 });
    expect(statuses(done)).toEqual({
      'email dropped': 1,
      'email queued': 3,
      'webhook dropped': 2,
      'webhook queued': 2,
    });
    expect(lineOf(done, { status: 'dropped', dueAt: null, settledAt: DAY })).toHaveLength(3);
  });

  it('for somebody who is listed, though nobody has taken it in yet, goes on waiting', async () => {
    const state = await readOut(await openTelling());
    const place = await openPlace();
    await takeIn(place, { ...state, ledger: [] });

    expect(await readOut(place, state)).toMatchObject({ ledger: state.ledger });
  });

  it('by another secret is counted and kept, and is nobody’s here', async () => {
    const state = await readOut(await openTelling());
    const place = await openPlace();

    const carried = await takeIn(place, state, 'another secret, as long as the first');
    const done = await readOut(place, state, 'another secret, as long as the first');

    expect(carried.waiting).toEqual({ unknown: 0, otherSecret: 8 });
    expect(await listNotices(place.db)).toEqual([]);
    expect(done.ledger).toEqual(state.ledger);
  });

  it('for a reader who wants a pause is taken back', async () => {
    const state = await readOut(await openTelling());
    const place = await openPlace();
    await place.db.updateTable('subscribers').set({ status: 'paused' }).where('id', '=', 1).execute();

    await takeIn(place, state);
    await deliverDue(place);

    expect(mailed(place)).toEqual(['bruno@example.org', 'chloe@example.org', 'dario@example.org']);
    expect(statuses(await readOut(place, state))).toMatchObject({ 'email dropped': 1, 'email sent': 3 });
  });

  it('for the operator is told to whoever that is by then', async () => {
    const before = await openTelling();
    await publish(before, typed({ drawDate: '2024-06-30' }));
    const place = await openPlace(DAY, {}, []);

    await takeIn(place, await readOut(before));
    await deliverDue(place);

    expect(mailed(place)).toEqual(['operator@example.org']);
  });
});

describe('what was told', () => {
  it('stays told on either side, whatever the other one knows', async () => {
    const [one, other] = [await openTelling(), await openTelling()];
    await end(one, MAIL, ['sent', 'sent']);
    await end(other, MAIL, ['again', 'again', 'sent']);
    const state = await readOut(one);

    await takeIn(other, state);
    const out = await readOut(other);
    const notices = (await listNotices(other.db)).filter(({ channel }) => channel === 'email').reverse();

    expect(notices.map(({ status }) => status)).toEqual(['sent', 'sent', 'sent', 'queued']);
    // The id of the message is that of the side that sent it.
    for (const line of lineOf(state, { status: 'sent' }))
      expect(lineOf(out, { id: line.id })).toHaveLength(1);
  });

  it('to a reader is known when the draw is corrected later', async () => {
    const before = await openTelling();
    await end(before, MAIL, ['sent', 'sent', 'sent', 'sent']);
    const place = await openPlace('2024-05-31T18:00:00.000Z', READERS, []);

    await takeIn(place, await readOut(before));
    await publish(place, corrected({ cutoff: 515 }));
    await deliverDue(place);

    expect(mailed(place)).toEqual(['bruno@example.org']);
    expect(place.mailServer.received[0]?.text).toMatch(/^Corrected: you would have been invited after all/);
  });

  it('half a year ago need not be taken in, and is kept for a year', async () => {
    const before = await openTelling();
    await end(before, MAIL, ['sent', 'sent', 'sent', 'sent']);
    const state = await readOut(before);
    const at = async (instant: string) => {
      const place = await openPlace(instant);
      await takeIn(place, state);
      const taken = (await listNotices(place.db)).filter(({ status }) => status === 'sent').length;
      return { taken, kept: lineOf(await readOut(place, state), { status: 'sent' }).length };
    };

    expect(await at('2024-11-26T00:00:00.000Z')).toEqual({ taken: 4, kept: 4 });
    expect(await at('2024-12-01T00:00:00.000Z')).toEqual({ taken: 0, kept: 4 });
    expect(await at('2025-06-01T00:00:00.000Z')).toEqual({ taken: 0, kept: 0 });
  });

  it('to the operator is forgotten after two months, and what was not told yet is not', async () => {
    const before = await openTelling();
    await publish(before, typed({ drawDate: '2024-06-30' }));
    const waiting = await readOut(before);
    await end(before, { channel: 'operator', failing: false }, ['sent']);
    const told = await readOut(before);
    const at = async (state: State) => {
      const place = await openPlace('2024-08-01T00:00:00.000Z');
      await takeIn(place, state);
      const { watch, ledger } = await readOut(place, state);
      return [watch.events.length, ledger.filter(({ channel }) => channel === 'operator').length];
    };

    expect(await at(waiting)).toEqual([1, 1]);
    expect(await at(told)).toEqual([0, 0]);
  });
});

describe('of a recipient', () => {
  it('a refusal for good is remembered, also where they are not listed for a while', async () => {
    const before = await openEventful();
    const state = await readOut(before);
    const { 'dario@example.org': _, ...others } = READERS;
    const without = await openPlace(LATER, others);
    await takeIn(without, state);
    const kept = await readOut(without, state);
    const back = await openPlace(LATER);

    await takeIn(back, kept);

    expect(kept.recipients.filter(({ kind }) => kind === 'suppressed')).toHaveLength(1);
    const rows = await back.db.selectFrom('subscribers').select(['email', 'status']).execute();
    expect(rows.filter(({ status }) => status === 'suppressed')).toEqual([
      { email: 'dario@example.org', status: 'suppressed' },
    ]);
  });

  it('a refusal whose line is taken out by hand is forgotten', async () => {
    const state = await readOut(await openEventful());
    const place = await openPlace(LATER);

    await takeIn(place, { ...state, recipients: [] });

    const rows = await place.db.selectFrom('subscribers').select('status').execute();
    expect(rows.map(({ status }) => status)).toEqual(Array(4).fill('active'));
    expect((await readOut(place, { ...state, recipients: [] })).recipients).toEqual([]);
  });

  it('an endpoint that is disabled stays so, and its line taken out by hand brings it back with all that was kept', async () => {
    const state = await readOut(await openEventful());
    const [stays, back] = [await openPlace(LATER), await openPlace(LATER)];
    const disabled = state.recipients.findIndex((line) => line.kind === 'endpoint' && line.disabled !== null);

    await takeIn(stays, state);
    await takeIn(back, { ...state, recipients: state.recipients.filter((_, index) => index !== disabled) });

    expect(statuses(await readOut(stays, state))).toMatchObject({ 'webhook held': 3, 'webhook queued': 3 });
    expect(statuses(await readOut(back, state))).toMatchObject({ 'webhook queued': 6 });
    const due = await back.db
      .selectFrom('outbox')
      .select('due_at')
      .where('endpoint_id', '=', 2)
      .where('due_at', '<=', LATER)
      .execute();
    expect(due).toHaveLength(3);
  });

  it('an endpoint that is well again has no line any more', async () => {
    const state = await readOut(await openEventful());
    const place = await openPlace(LATER);
    await takeIn(place, state);
    const well = { failing_since: null, resume_at: null, disabled_at: null, disabled_why: null };
    await place.db.updateTable('endpoints').set(well).execute();

    const { recipients } = await readOut(place, state);

    expect(recipients.map(({ kind }) => kind)).toEqual(['suppressed']);
  });

  it('it is remembered that they were asked for a newer score, and a letter that waits is sent', async () => {
    const before = await openPlace('2024-09-01T12:00:00.000Z', {
      'amina@example.org': { ...READERS['amina@example.org'], crsAsOf: '2024-01-01' },
    });
    await tendReaders(before);
    const state = await readOut(before);
    const after = await openPlace('2024-09-01T13:00:00.000Z', {
      'amina@example.org': { ...READERS['amina@example.org'], crsAsOf: '2024-01-01' },
    });

    await takeIn(after, state);
    const again = await tendReaders(after);
    const same = await readOut(after, state);
    await deliverDue(after);
    const done = await readOut(after, state);
    const next = await openPlace('2024-09-02T13:00:00.000Z', {
      'amina@example.org': { ...READERS['amina@example.org'], crsAsOf: '2024-01-01' },
    });
    await takeIn(next, done);
    const nextDay = await tendReaders(next);

    expect(state.ledger).toMatchObject([
      {
        event: 'letter/renew-score/2024-09-01T12:00:00.000Z',
        channel: 'letter',
        status: 'queued',
        outcome: null,
      },
    ]);
    expect(state.recipients).toMatchObject([{ kind: 'reminded', at: '2024-09-01T12:00:00.000Z' }]);
    expect(again).toBe(0);
    expect(same).toEqual(state);
    expect(mailed(after)).toEqual(['amina@example.org']);
    expect(after.mailServer.received[0]?.messageId).toContain(state.ledger[0]?.id);
    expect(done.ledger).toMatchObject([{ status: 'sent', id: state.ledger[0]?.id }]);
    expect(nextDay).toBe(0);
  });

  it('two at one address of the web are told apart', async () => {
    const url = TEAMS[0] as string;
    const before = await openPlace(DAY, {}, [url, url]);
    await watchSource(ircc, before);
    await publish(before, AFTER);
    await end(before, { channel: 'webhook', endpoint: 2, failing: false }, ['sent', 'sent']);
    const state = await readOut(before);
    const after = await openPlace(DAY, {}, [url, url]);

    await takeIn(after, state);

    expect(new Set(state.ledger.map(({ to }) => to)).size).toBe(4);
    const rows = await after.db
      .selectFrom('outbox')
      .select(['endpoint_id', 'status'])
      .orderBy('endpoint_id')
      .execute();
    expect(rows).toEqual([
      { endpoint_id: 1, status: 'queued' },
      { endpoint_id: 1, status: 'queued' },
      { endpoint_id: 2, status: 'sent' },
      { endpoint_id: 2, status: 'sent' },
    ]);
  });
});

describe('mail that waits', () => {
  it('waits in the next run too, until it is tried again', async () => {
    const before = await openTelling();
    before.mailServer.refuseWith({ status: 535, text: 'who are you' });
    await deliverDue(before);
    const state = await readOut(before);
    const place = await openPlace('2024-05-31T16:00:01.000Z', READERS, []);

    await takeIn(place, state);
    await deliverDue(place);

    expect(state.watch.mail).toMatchObject({ cause: 'policy' });
    expect(mailed(place).filter((address) => address !== 'operator@example.org')).toEqual([]);
    expect((await readOut(place, state)).watch.mail).toEqual(state.watch.mail);
  });
});

/** The ids that the messages of waiting mails carry. */
async function claimable(place: Installation): Promise<string[]> {
  return lineOf(await readOut(place), { channel: 'email', status: 'queued' }).map(({ id }) => id);
}
