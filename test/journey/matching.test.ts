// A round against everybody: what one statement puts into the outbox is what judging one by one comes to.

import fc from 'fast-check';
import { sql } from 'kysely';
import { expect, it } from 'vitest';
import type { Draw } from '../../src/draw/draw.ts';
import type { Event, SpecialType } from '../../src/event/event.ts';
import { queueNotices } from '../../src/journey/queue.ts';
import { wantsCorrection, wantsDraw } from '../../src/match/preference.ts';
import type { Profile } from '../../src/match/profile.ts';
import { saveEvents } from '../../src/store/events.ts';
import { inTransaction } from '../../src/store/open.ts';
import { saveSubscribers } from '../../src/store/subscribers.ts';
import { shippedDraw } from '../draw/history.ts';
import { anyDraw, anyHidden, hide, profileNear, soundProfile } from '../match/profiles.ts';
import { judgeDraw } from '../match/reference.ts';
import { countRows, openTestStore } from '../support/store.ts';

const AT = '2026-11-25T16:00:00Z';
const NOTICES = [
  'invited',
  'cannot-tell',
  'draw-type',
  'every-draw',
  'near-miss:1',
  'near-miss:40',
  'correction',
];
const TYPES: SpecialType[] = ['draw_type.returned', 'record.set'];

interface Person {
  profile: Profile;
  notify: string[];
}

/** Most of them about the cut-off and the reach of their near misses, half of them with nothing against them but that. */
function peopleNear(draw: Draw): fc.Arbitrary<Person[]> {
  const anyPoints = fc.constantFrom(-41, -40, -39, -2, -1, 0, 0, 1, 5, null);
  const person = fc
    .tuple(profileNear(draw), anyHidden(3), fc.boolean(), fc.subarray(NOTICES), anyPoints)
    .map(([full, hidden, sound, notify, points]) => {
      const crs = points === null ? full.crs : Math.max(0, (draw.cutoff ?? 500) + points);
      const profile = sound ? soundProfile(draw, { crs, nominated: true }) : hide({ ...full, crs }, hidden);
      return { profile, notify };
    });
  return fc.array(person, { minLength: 1, maxLength: 40 });
}

/** A database with these people and the event; the outbox as it is after matching. */
async function outboxAfter(
  people: readonly Person[],
  event: Event,
  changed: { before: Draw; after: Draw }[] = [],
) {
  const db = openTestStore();
  // The events point to draws, which play no part in what is tested.
  await sql`PRAGMA foreign_keys = OFF`.execute(db);
  await saveSubscribers(
    db,
    people.map(({ profile, notify }, index) => ({
      email: `reader${index}@example.org`,
      locale: 'en' as const,
      notify,
      ...profile,
    })),
    AT,
  );
  const changes = changed.map((change) => ({ ...change, revision: 2, changes: [] }));
  const queued = await inTransaction(db, async (trx) => {
    await saveEvents(trx, [event]);
    return queueNotices(trx, [event], changes, false, AT);
  });
  const rows = await db
    .selectFrom('outbox')
    .select(['subscriber_id', 'verdict', 'verdict_before', 'profile'])
    .orderBy('subscriber_id')
    .execute();
  expect(rows).toHaveLength(queued);
  // Written anew: an accent may be written in several ways.
  return rows.map((row) => ({ ...row, verdict: JSON.stringify(JSON.parse(row.verdict ?? 'null')) }));
}

function published(draw: Draw, special: { type: SpecialType }[]): Event {
  return {
    id: `draw.published/${draw.id}`,
    type: 'draw.published',
    source: draw.source,
    draw: draw.id,
    at: AT,
    told: true,
    data: { draw, special: special as never },
  };
}

function corrected(draw: Draw): Event {
  return {
    id: `draw.corrected/${draw.id}/2`,
    type: 'draw.corrected',
    source: draw.source,
    draw: draw.id,
    at: AT,
    told: true,
    data: { draw, changes: [] },
  };
}

it('a published draw: everybody who wants to hear of their verdict, with that verdict, and nobody else', async () => {
  const anySpecial = fc.subarray(TYPES).map((types) => types.map((type) => ({ type })));
  const anyRound = anyDraw.chain((draw) => fc.tuple(fc.constant(draw), anySpecial, peopleNear(draw)));

  await fc.assert(
    fc.asyncProperty(anyRound, async ([draw, special, people]) => {
      const expected = people.flatMap(({ profile, notify }, index) => {
        const verdict = judgeDraw(draw, profile);
        if (!wantsDraw(notify, verdict, special)) return [];
        const [text, stored] = [JSON.stringify(verdict), JSON.stringify(profile)];
        return [{ subscriber_id: index + 1, verdict: text, verdict_before: null, profile: stored }];
      });

      expect(await outboxAfter(people, published(draw, special))).toEqual(expected);
    }),
    { numRuns: 150 },
  );
});

it('a corrected draw: everybody whose verdict it changes, with both verdicts, and nobody else', async () => {
  const anyChange = fc.constantFrom<Partial<Draw>[]>(
    { cutoff: 480 },
    { tieBreakAt: null },
    { label: 'another name' },
    { version: '9' },
    { issuedAt: null },
    { type: 'cec', programs: ['cec'], version: null },
  );
  const anyCorrection = fc
    .tuple(anyDraw, anyChange)
    .chain(([draw, change]) =>
      fc.tuple(fc.constant(draw), fc.constant({ ...draw, ...change }), peopleNear(draw)),
    );

  await fc.assert(
    fc.asyncProperty(anyCorrection, async ([before, after, people]) => {
      const expected = people.flatMap(({ profile, notify }, index) => {
        const [was, is] = [judgeDraw(before, profile), judgeDraw(after, profile)];
        if (!wantsCorrection(notify, was, is)) return [];
        const [text, textBefore] = [JSON.stringify(is), JSON.stringify(was)];
        const stored = JSON.stringify(profile);
        return [{ subscriber_id: index + 1, verdict: text, verdict_before: textBefore, profile: stored }];
      });

      expect(await outboxAfter(people, corrected(after), [{ before, after }])).toEqual(expected);
    }),
    { numRuns: 150 },
  );
});

it('somebody who is told already is not told again', async () => {
  const draw = shippedDraw(297);
  const db = openTestStore();
  await sql`PRAGMA foreign_keys = OFF`.execute(db);
  const notify = ['invited'];
  await saveSubscribers(db, [{ email: 'a@example.org', locale: 'en', notify, ...soundProfile(draw) }], AT);
  const event = published(draw, []);
  await saveEvents(db, [event]);

  const queued = [
    await queueNotices(db, [event], [], false, AT),
    await queueNotices(db, [event], [], false, AT),
  ];

  expect(queued).toEqual([1, 0]);
});

it('a profile that cannot be read stops the matching, and nothing of it is left behind', async () => {
  const draw = shippedDraw(297);
  const db = openTestStore();
  await sql`PRAGMA foreign_keys = OFF`.execute(db);
  const subscriptions = ['a@example.org', 'b@example.org'].map((email) => {
    return { email, locale: 'en' as const, notify: ['invited'], ...soundProfile(draw) };
  });
  await saveSubscribers(db, subscriptions, AT);
  await db.updateTable('subscribers').set({ profile: '{"crs":540' }).where('id', '=', 2).execute();
  const event = published(draw, []);

  const matching = inTransaction(db, async (trx) => {
    await saveEvents(trx, [event]);
    return queueNotices(trx, [event], [], false, AT);
  });

  await expect(matching).rejects.toThrow('JSON');
  expect(await countRows(db)).toMatchObject({ events: 0, outbox: 0 });
});
