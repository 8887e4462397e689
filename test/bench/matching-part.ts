// A part of the matching bench as a process: `matching-part.ts prepare|match|keep|bare DATABASE ...`; answers in JSON.

import Sqlite from 'better-sqlite3';
import type { Draw } from '../../src/draw/draw.ts';
import type { EventOf, Special } from '../../src/event/event.ts';
import { queueNotices } from '../../src/journey/queue.ts';
import { DEFAULT_NOTIFY, type Profile } from '../../src/match/profile.ts';
import { saveDocument } from '../../src/store/documents.ts';
import { saveDraws } from '../../src/store/draws.ts';
import { saveEvents } from '../../src/store/events.ts';
import { inTransaction, openStore } from '../../src/store/open.ts';
import { readOccupations, readReference } from '../../src/store/reference.ts';
import { emptyDocument, shippedDraw } from '../draw/history.ts';

const AT = '2026-07-11T00:00:00.000Z';
const RETURNED: Special = {
  type: 'draw_type.returned',
  drawType: 'cec',
  previous: { id: 'ircc:204', date: '2021-09-14', invitations: 2000, cutoff: 462 },
  dormantDays: 990,
  drawsBetween: 92,
};

const [part = '', database = '', argument = ''] = process.argv.slice(2);
const PARTS: Record<string, () => Promise<{ milliseconds: number; rows: number }>> = {
  prepare: () => prepare(Number(argument)),
  match: () => match(argument),
  keep,
  bare,
};
process.stdout.write(JSON.stringify(await PARTS[part]?.()));

/** People as they come: most told a little, some everything; scores from far below every cut-off to far above. */
async function prepare(count: number): Promise<{ milliseconds: number; rows: number }> {
  const db = openStore(database);
  const fresh = [shippedDraw(297), shippedDraw(422)];
  await inTransaction(db, async (trx) => {
    await saveDraws(trx, { fresh, changed: [] }, await saveDocument(trx, emptyDocument(AT)), AT);
  });
  await db.destroy();

  const codes = (await readOccupations()).map(({ code }) => code);
  const sqlite = new Sqlite(database);
  const insert = sqlite.prepare(
    `INSERT INTO subscribers (key, email, address, locale, crs, profile, notify, status, consent_at, consent_how, created_at, changed_at)
     VALUES (?, ?, ?, 'en', ?, ?, ?, 'active', '${AT}', 'operator', '${AT}', '${AT}')`,
  );
  const random = randomNumbers(1);
  const pick = <Item>(items: readonly Item[]): Item => items[Math.floor(random() * items.length)] as Item;
  const notices = [DEFAULT_NOTIFY, DEFAULT_NOTIFY, DEFAULT_NOTIFY, ['invited'], ['near-miss:10', 'invited']];
  sqlite.transaction(() => {
    for (let index = 0; index < count; index += 1) {
      const address = `reader${index}@example.org`;
      const profile = makeProfile(random, pick, codes);
      const key = index.toString(16).padStart(24, '0');
      const notify = JSON.stringify(pick(notices));
      insert.run(key, address, address, profile.crs, JSON.stringify(profile), notify);
    }
  })();
  // As the other databases of the bench: a scan is then as fast in each.
  sqlite.exec('VACUUM');
  sqlite.close();
  return { milliseconds: 0, rows: count };
}

function makeProfile(
  random: () => number,
  pick: <Item>(items: readonly Item[]) => Item,
  codes: readonly string[],
): Profile & { crs: number } {
  const month = String(1 + Math.floor(random() * 5)).padStart(2, '0');
  const day = String(10 + Math.floor(random() * 18));
  const work = () => ({
    // Every other one of a listed occupation, so that a category has its people.
    noc: random() < 0.5 ? '31301' : pick(codes),
    months: 1 + Math.floor(random() * 60),
    continuous: random() < 0.8,
    inCanada: random() < 0.6,
  });
  return {
    crs: 400 + Math.floor(random() * 230),
    crsAsOf: `2026-${month}-${day}`,
    // Many know the day only.
    profileSubmittedAt: `2026-${month}-${day}${pick(['', 'T14:12:31Z', 'T21:40:07Z'])}`,
    programs: pick([['cec'], ['cec'], ['cec', 'fsw'], ['fsw']] as const).slice(),
    nominated: random() < 0.05,
    frenchNclc7: random() < 0.1,
    ...(random() < 0.7 ? { experience: [work()] } : {}),
  };
}

/** The round as it is published: from the event to the outbox, in one transaction. */
async function match(round: string): Promise<{ milliseconds: number; rows: number }> {
  const [number = '', returned] = round.split(' ');
  // Held on the day of the newest profiles, so that they were in the pool.
  const draw: Draw = { ...shippedDraw(number), date: '2026-06-25', issuedAt: '2026-06-25T15:00:00Z' };
  const event: EventOf<'draw.published'> = {
    id: `draw.published/${draw.id}`,
    type: 'draw.published',
    source: 'ircc',
    draw: draw.id,
    at: AT,
    told: true,
    data: { draw, special: returned ? [RETURNED] : [] },
  };
  const db = openStore(database);
  // Read once a process, a tenth of a second however many there are to judge.
  await readReference();
  const started = performance.now();
  const rows = await inTransaction(db, async (trx) => {
    await saveEvents(trx, [event]);
    return queueNotices(trx, [event], [], false, AT);
  });
  const milliseconds = performance.now() - started;
  await db.destroy();
  return { milliseconds, rows };
}

/** Moves the verdicts from the outbox to the subscribers they are for, as if somebody had known them before. */
async function keep(): Promise<{ milliseconds: number; rows: number }> {
  const sqlite = new Sqlite(database);
  sqlite.exec(`
    ALTER TABLE subscribers ADD COLUMN ready TEXT;
    UPDATE subscribers SET ready = outbox.verdict FROM outbox WHERE outbox.subscriber_id = subscribers.id;
    DELETE FROM outbox;
    VACUUM;
  `);
  sqlite.close();
  return { milliseconds: 0, rows: 0 };
}

/** The same rows in one statement, with nothing to judge, under the same settings. */
async function bare(): Promise<{ milliseconds: number; rows: number }> {
  const sqlite = new Sqlite(database);
  sqlite.pragma('synchronous = FULL');
  sqlite.pragma('foreign_keys = ON');
  const started = performance.now();
  const { changes } = sqlite
    .prepare(
      `INSERT INTO outbox (event_id, channel, subscriber_id, verdict, profile, status, due_at, created_at)
       SELECT events.id, 'email', subscribers.id, ready, profile, 'queued', '${AT}', '${AT}'
       FROM events CROSS JOIN subscribers NOT INDEXED WHERE ready IS NOT NULL`,
    )
    .run();
  const milliseconds = performance.now() - started;
  sqlite.close();
  return { milliseconds, rows: changes };
}

/** The same people in every run. */
function randomNumbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) & 0x7fffffff;
    return state / 0x80000000;
  };
}
