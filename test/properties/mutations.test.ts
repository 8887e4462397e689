// Ten thousand feeds gone wrong, between two good ones: nothing crashes, nothing is lost, nobody is told a falsehood.

import { isDeepStrictEqual } from 'node:util';
import { describe, expect, it } from 'vitest';
import { buildFeed, toRound } from '../../src/demo/feed.ts';
import type { Draw } from '../../src/draw/draw.ts';
import { PageError } from '../../src/errors.ts';
import { detect } from '../../src/event/detect.ts';
import type { Event } from '../../src/event/event.ts';
import { sift } from '../../src/event/quarantine.ts';
import { watchSource } from '../../src/journey.ts';
import { ircc } from '../../src/sources/ircc.ts';
import { listDraws } from '../../src/store/draws.ts';
import { listEvents } from '../../src/store/events.ts';
import { listQuarantine } from '../../src/store/quarantine.ts';
import type { Db } from '../../src/store/schema.ts';
import { shippedDraws } from '../draw/history.ts';
import { documentOf } from '../sources/documents.ts';
import { type Installation, openInstallation, subscribe } from '../support/journey.ts';
import { takeInFeed, withStore } from '../support/look.ts';
import { type Mutant, mutateFeed } from '../support/mutate.ts';

const FEEDS = 10_000;
/** Each so-many-th of them also goes through the whole journey. */
const SAMPLE = 20;

const TODAY = '2024-05-31';
const NOW = `${TODAY}T16:00:00.000Z`;
const AFTER = shippedDraws().filter(({ date }) => date >= '2024-02-16' && date <= TODAY);
const [KNOWN, FRESH] = [AFTER.slice(0, -1), AFTER.at(-1) as Draw];
const NEWEST_KNOWN = '2024-05-30';
const ROUNDS = [...AFTER].reverse().map(toRound);
const GOOD = buildFeed(AFTER);
/** A round that was never there is gone after three looks without it, and holds back no other at the next. */
const LOOKS_TO_MEND = 4;

/** Every end that one look at a document may come to. The feeds are wrong in enough ways to come to each. */
const ENDS = [
  ...['draw.published', 'draw.corrected', 'draw_type.new', 'record.set'],
  ...[
    'unreadable',
    'future',
    'late',
    'date-moved',
    'size',
    'renumbered',
    'pool',
    'mass-change',
    'vanished',
  ].map((reason) => `held: ${reason}`),
  ...['broken', 'shape', 'html', 'bot-wall', 'maintenance', 'empty', 'shrunken', 'implausible'].map(
    (trouble) => `refused: ${trouble}`,
  ),
];

describe('a feed with anything wrong in it', () => {
  it('stands between a dozen known rounds and a new one of today', () => {
    const good: Mutant = { bytes: Buffer.from(GOOD), contentType: '', done: [] };

    const { events } = judge(good);

    expect(KNOWN).toHaveLength(12);
    expect(KNOWN.at(-1)?.date).toBe(NEWEST_KNOWN);
    expect(FRESH).toMatchObject({ id: 'ircc:297', date: TODAY, invitations: 3000, cutoff: 522 });
    expect(events).toMatchObject([
      { type: 'draw.published', told: true },
      { type: 'draw_type.new', told: true },
    ]);
    expect(falsehoods(events, good)).toEqual([]);
  });

  it('is the same for the same seed', () => {
    expect(mutateFeed(ROUNDS, 7)).toEqual(mutateFeed(ROUNDS, 7));
    expect(mutateFeed(ROUNDS, 7)).not.toEqual(mutateFeed(ROUNDS, 8));
  });

  it(`never crashes the reading, and no implausible number of it is ever told: ${FEEDS} feeds`, () => {
    const faults: string[] = [];
    const ends = new Set<string>();

    for (let seed = 0; seed < FEEDS; seed += 1) {
      const feed = mutateFeed(ROUNDS, seed);
      const judged = judge(feed);
      for (const end of judged.ends) ends.add(end);
      for (const fault of [...judged.faults, ...falsehoods(judged.events, feed)])
        faults.push(blame(seed, feed, fault));
    }

    expect(faults).toEqual([]);
    expect([...ends].sort()).toEqual(expect.arrayContaining(ENDS));
  });

  it(`loses nothing, sends nothing false, and all is well after the next good one: ${FEEDS / SAMPLE} of them`, async () => {
    const installation = await openInstallation([], NOW);
    const faults: string[] = [];

    for (let seed = 0; seed < FEEDS; seed += SAMPLE) {
      const feed = mutateFeed(ROUNDS, seed);
      const found = await withStore((db) => live(feed, { ...installation, db }));
      for (const fault of found) faults.push(blame(seed, feed, fault));
    }

    expect(faults).toEqual([]);
  });
});

function blame(seed: number, { done }: Mutant, fault: string): string {
  return `feed ${seed} (${done.join('; ')}): ${fault}`;
}

/** One installation that knows a dozen rounds looks at a feed gone wrong, and then at good ones. */
async function live(feed: Mutant, deps: Installation): Promise<string[]> {
  const { db, site } = deps;
  const faults: string[] = [];
  const facts = { crs: 522, programs: ['cec', 'fsw'], notify: ['every-draw', 'correction'] };
  await subscribe(db, 'amina@example.org', facts);
  await takeInFeed(buildFeed(KNOWN), { ...deps, now: () => new Date(`${NEWEST_KNOWN}T20:00:00.000Z`) });
  site.answerWith((response) =>
    response.writeHead(200, { 'content-type': feed.contentType }).end(feed.bytes),
  );

  try {
    const { failure } = await watchSource(ircc, deps);
    const listed = await listDraws(db);
    if (failure !== null && !isDeepStrictEqual(listed, [...KNOWN].reverse()))
      faults.push('a page refused was stored');
    for (const { id } of KNOWN) if (!listed.some((draw) => draw.id === id)) faults.push(`${id} was lost`);
    faults.push(...falsehoods(await listEvents(db), feed));
    for (const { event, told, draw } of await noticesOf(db))
      if (failure !== null || told !== 1 || draw === null) faults.push(`a notice of ${event}`);

    site.publish(GOOD);
    let open = await unlike(db);
    for (let looks = 0; looks < LOOKS_TO_MEND && open.length > 0; looks += 1) {
      await watchSource(ircc, deps);
      open = await unlike(db);
    }
    faults.push(...open.map((id) => `good feeds did not mend ${id}, and it waits for nobody`));
    const notices = (await noticesOf(db)).filter(({ event }) => event === `draw.published/${FRESH.id}`);
    if (notices.length !== 1) faults.push(`${notices.length} notices of the new round`);
  } catch (error) {
    faults.push(`threw ${error}`);
  }
  return faults;
}

/** What the store lists otherwise than the good feed does, unless the operator is asked about too many changes. */
async function unlike(db: Db): Promise<string[]> {
  const [listed, kept] = [await listDraws(db), await listQuarantine(db)];
  const good = new Map(AFTER.map((draw) => [draw.id, draw]));
  const stored = new Map(listed.map((draw) => [draw.id, draw]));
  const asked = new Set(kept.filter(({ reason }) => reason === 'mass-change').map(({ id }) => id));
  return [...new Set([...good.keys(), ...stored.keys()])].filter(
    (id) => !asked.has(id) && !isDeepStrictEqual(stored.get(id), good.get(id)),
  );
}

/** What is in the outbox for the subscriber, with the event that it tells of. */
async function noticesOf(db: Db): Promise<{ event: string; told: number; draw: string | null }[]> {
  return db
    .selectFrom('outbox')
    .innerJoin('events', 'events.id', 'outbox.event_id')
    .where('outbox.subscriber_id', 'is not', null)
    .select(['events.id as event', 'events.told as told', 'events.draw_id as draw'])
    .execute();
}

interface Judged {
  events: Event[];
  ends: Set<string>;
  faults: string[];
}

/** What a look that follows one at the known rounds would find, and where it ends. */
function judge({ bytes, contentType }: Mutant): Judged {
  const known = KNOWN.map((draw) => ({ draw, revision: 1 }));
  try {
    const reading = ircc.parse(documentOf(ircc, bytes, { 'content-type': contentType }));
    const look = { now: NOW, baseline: false };
    const { draws, held, withdrawn } = sift(reading, known, [], {
      ...look,
      document: { source: 'ircc', url: 'https://example.org/' },
      habits: ircc.habits,
      opinions: null,
    });
    const { events } = detect(known, draws, {
      ...look,
      tellCorrections: true,
      dormantDays: 180,
      newsDays: 10,
      withdrawn,
    });
    const ends = [...held.map(({ reason }) => `held: ${reason}`), ...events.map(({ type }) => type)];
    return { events, ends: new Set(ends), faults: [] };
  } catch (error) {
    if (error instanceof PageError)
      return { events: [], ends: new Set([`refused: ${error.trouble}`]), faults: [] };
    return { events: [], ends: new Set(), faults: [`threw ${error}`] };
  }
}

/** What somebody would be told that cannot be: written without the rules it holds against. */
function falsehoods(events: readonly Event[], feed: Mutant): string[] {
  const { listed, ambiguous } = numbersIn(feed);
  const faults: string[] = [];
  const corrected = new Set<string>();
  for (const event of events) {
    if (!event.told || !('draw' in event.data)) continue;
    const { draw } = event.data;
    const isKnown = KNOWN.some(({ id }) => id === draw.id);
    const tell = (what: string) => faults.push(`${event.id} tells of ${what}`);

    if (!isWhole(draw.cutoff, 1, 1200)) tell(`the cut-off ${draw.cutoff}`);
    if (!isWhole(draw.invitations, 1, 50_000)) tell(`${draw.invitations} invitations`);
    if (!isDay(draw.date) || draw.date > TODAY) tell(`the day ${draw.date}`);
    if (!isKnown && draw.date < NEWEST_KNOWN) tell(`a new round of ${draw.date}`);
    if (!/^\d{1,5}[a-z]?$/.test(draw.number) || draw.id !== `ircc:${draw.number}`)
      tell(`the number ${draw.number}`);
    if (draw.label.trim() === '' || /\p{Cc}/u.test(draw.label)) tell(`the name ${draw.label}`);
    if (draw.tieBreakAt !== null && !(Date.parse(draw.tieBreakAt) < Date.parse(NOW) + 2 * 86_400_000))
      tell(`the tie-break ${draw.tieBreakAt}`);
    let candidates = 0;
    for (const band of draw.pool?.bands ?? []) candidates += band.candidates;
    if (draw.pool && Math.abs(candidates - draw.pool.total) > 180)
      tell(`a pool of ${draw.pool.total} that adds up to ${candidates}`);

    if (ambiguous.has(draw.number)) tell('a number that stands there twice');
    if (event.type === 'draw.published') {
      if (isKnown) tell('a known round as if it were new');
      const same = KNOWN.find((other) => factsOf(other) === factsOf(draw));
      if (same && !listed.has(same.number)) tell(`${same.id}, which is gone, under another number`);
    }
    if (event.type === 'draw.withdrawn') tell('a round taken back, at the first look without it');
    if (event.type === 'draw.corrected') {
      const place = KNOWN.findIndex(({ id }) => id === draw.id);
      if (place < 0) tell('a correction of a round nobody knew');
      const [earlier, later] = [KNOWN[place - 1]?.date ?? '', KNOWN[place + 1]?.date ?? TODAY];
      if (draw.date < earlier || draw.date > later) tell(`a day beyond ${earlier} to ${later}, ${draw.date}`);
      if (event.data.changes.some(({ field }) => FIGURES.includes(field))) corrected.add(draw.id);
    }
  }
  if (corrected.size > 5)
    faults.push(`${corrected.size} rounds told as corrected: ${[...corrected].join(', ')}`);
  return faults;
}

const FIGURES = ['date', 'invitations', 'cutoff', 'issuedAt', 'tieBreakAt'];

function factsOf({ date, label, invitations, cutoff, tieBreakAt }: Draw): string {
  return [date, label, invitations, cutoff, tieBreakAt].join();
}

/** The numbers of the rounds as they stand there, and those that stand before rounds of different figures. */
function numbersIn({ bytes }: Mutant): { listed: Set<string>; ambiguous: Set<string> } {
  const listed = new Map<string, string>();
  const ambiguous = new Set<string>();
  for (const round of rawRounds(bytes)) {
    if (typeof round?.drawNumber !== 'string') continue;
    const number = round.drawNumber.trim().toLowerCase();
    const figures = [round.drawDate, round.drawSize, round.drawCRS].map(digitsOf).join();
    if ((listed.get(number) ?? figures) !== figures) ambiguous.add(number);
    listed.set(number, figures);
  }
  return { listed: new Set(listed.keys()), ambiguous };
}

/** In whichever of these charsets they are JSON. */
function rawRounds(bytes: Uint8Array): (Record<string, unknown> | null)[] {
  for (const charset of ['utf-8', 'utf-16le', 'utf-16be']) {
    try {
      const { rounds } = JSON.parse(new TextDecoder(charset).decode(bytes));
      return Array.isArray(rounds) ? rounds : [];
    } catch {
      // Then in the next one, or in none.
    }
  }
  return [];
}

function digitsOf(text: unknown): string {
  return typeof text === 'string' ? text.replace(/\D/g, '') : '';
}

function isWhole(value: number | null, from: number, to: number): boolean {
  return value !== null && Number.isInteger(value) && value >= from && value <= to;
}

/** A day that a calendar has. */
function isDay(date: string): boolean {
  const day = new Date(`${date}T00:00:00Z`);
  return /^\d{4}-\d\d-\d\d$/.test(date) && !Number.isNaN(day.getTime()) && day.toISOString().startsWith(date);
}
