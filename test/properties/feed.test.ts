// What a feed means does not depend on its layout, nor on how often and in how many steps it is read.

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type FeedRound, toRound, wrapRounds } from '../../src/demo/feed.ts';
import { dayStart, daysBetween, toDate } from '../../src/draw/calendar.ts';
import { compareDraws, type Draw } from '../../src/draw/draw.ts';
import { type Deps, watchSource } from '../../src/journey.ts';
import { ircc } from '../../src/sources/ircc.ts';
import { shippedDraws } from '../draw/history.ts';
import { openInstallation, subscribe } from '../support/journey.ts';
import { type Rows, readTables, takeInFeed, without, withStore } from '../support/look.ts';

const SEED = 20240531;
const HISTORY = shippedDraws();

/** A stretch of the history, or rounds from all over it; oldest first. */
const anyHistory: fc.Arbitrary<Draw[]> = fc.oneof(
  fc
    .tuple(fc.integer({ min: 15, max: 30 }), fc.nat({ max: HISTORY.length - 30 }))
    .map(([length, start]) => HISTORY.slice(start, start + length)),
  fc.subarray(HISTORY, { minLength: 15, maxLength: 30 }),
);

/** The same rounds in another layout: their order, which stand there more than once, the white space. */
interface Layout {
  order: number[];
  twice: number[];
  indent: number;
  crlf: boolean;
}
const anyLayout: fc.Arbitrary<Layout> = fc.record({
  order: fc.array(fc.nat(), { minLength: 40, maxLength: 40 }),
  twice: fc.array(fc.nat(), { maxLength: 5 }),
  indent: fc.nat({ max: 10 }),
  crlf: fc.boolean(),
});

function layOut(rounds: readonly FeedRound[], { order, twice, indent, crlf }: Layout): string {
  const copies = twice.map((index) => rounds[index % rounds.length] as FeedRound);
  const shuffled = [...rounds, ...copies]
    .map((round, index) => ({ round, at: order[index] ?? 0 }))
    .sort((a, b) => a.at - b.at)
    .map(({ round }) => round);
  const text = wrapRounds(shuffled, indent);
  return crlf ? text.replaceAll('\n', '\r\n') : text;
}

const roundsOf = (draws: readonly Draw[]): FeedRound[] => draws.map(toRound).reverse();
const plainFeed = (draws: readonly Draw[]): string => wrapRounds(roundsOf(draws));
const evening = (date: string): string => `${date}T20:00:00.000Z`;
const lastDay = (draws: readonly Draw[]): string => draws.at(-1)?.date as string;

/** What a publisher mistypes in a known or a new round; each is read as something else, or kept apart. */
const TYPING: readonly Partial<FeedRound>[] = [
  { drawCRS: '499' },
  { drawSize: '1,234' },
  { drawName: 'A name nobody has taught us' },
  { drawSize: '99,999' },
  { drawDate: '2099-01-01' },
  { dd18: '1,000,000' },
];

/** What was known, and what the feed lists now: some rounds more, one less, up to four of them typed otherwise. */
const anyNews = anyHistory.chain((draws) => {
  const place = fc.nat({ max: draws.length - 1 });
  return fc.record({
    draws: fc.constant(draws),
    known: fc.nat({ max: draws.length }),
    typed: fc.array(fc.tuple(place, fc.constantFrom(...TYPING)), { maxLength: 3 }),
    blank: fc.option(place),
    gone: fc.option(place),
  });
});
type News = typeof anyNews extends fc.Arbitrary<infer Value> ? Value : never;

function roundsNow({ draws, typed, blank, gone }: News): FeedRound[] {
  const changes = new Map(typed);
  if (blank !== null) changes.set(blank, { drawCRS: '' });
  return draws
    .map((draw, index) => ({ ...toRound(draw), ...changes.get(index) }) as FeedRound)
    .filter((_, index) => index !== gone)
    .reverse();
}

/** A store that knows some draws, with one subscriber, after one look at `feed`: what it said and all it holds. */
async function lookOnce(base: Deps, known: readonly Draw[], feed: string, now: string) {
  return withStore(async (db) => {
    await subscribe(db, 'amina@example.org');
    const at = (instant: string): Deps => ({ ...base, db, now: () => new Date(instant) });
    if (known.length > 0) await takeInFeed(plainFeed(known), at(evening(lastDay(known))));
    const look = await takeInFeed(feed, at(now));
    return { look, tables: await readTables(db) };
  });
}

describe('a feed', () => {
  it('gives the same events, notices and store in any order, with any round repeated, in any layout', async () => {
    const base = await openInstallation([], evening('2024-05-31'));

    await fc.assert(
      fc.asyncProperty(anyNews, anyLayout, async (news, layout) => {
        const known = news.draws.slice(0, news.known);
        const rounds = roundsNow(news);
        const now = evening(lastDay(news.draws));

        const plain = await lookOnce(base, known, wrapRounds(rounds), now);
        const other = await lookOnce(base, known, layOut(rounds, layout), now);

        expect(other).toEqual(plain);
      }),
      { seed: SEED, numRuns: 60 },
    );
  });

  it('that was taken in changes nothing when it comes again, in whatever layout', async () => {
    const base = await openInstallation([], evening('2024-05-31'));
    const anyWait = fc.integer({ min: 0, max: 3_600_000 });

    await fc.assert(
      fc.asyncProperty(anyNews, anyLayout, anyWait, async (news, layout, wait) => {
        await withStore(async (db) => {
          const first = new Date(evening(lastDay(news.draws)));
          const deps: Deps = { ...base, db, now: () => first };
          const rounds = roundsNow({ ...news, blank: null, gone: null });
          await subscribe(db, 'amina@example.org');
          if (news.known > 0) await takeInFeed(plainFeed(news.draws.slice(0, news.known)), deps);
          const { held } = await takeInFeed(wrapRounds(rounds), deps);
          const before = await readTables(db);

          const later = { ...deps, now: () => new Date(first.getTime() + wait) };
          const again = await takeInFeed(layOut(rounds, layout), later);

          expect(again).toMatchObject({ changed: false, fresh: [], corrected: [], events: [], queued: 0 });
          expect(again.held.map(({ id, since }) => [id, since])).toEqual(
            held.map(({ id, since }) => [id, since]),
          );
          expect(settled(await readTables(db), held.length)).toEqual(settled(before, held.length));
        });
      }),
      { seed: SEED, numRuns: 60 },
    );
  });

  it('that is served again and again is answered, asked for and read without anything coming of it', async () => {
    const installation = await openInstallation([], evening('2024-05-31'));

    await fc.assert(
      fc.asyncProperty(anyHistory, fc.array(anyLayout, { maxLength: 4 }), async (draws, layouts) => {
        await withStore(async (db) => {
          const deps: Deps = { ...installation, db, now: () => new Date(evening(lastDay(draws))) };
          const serve = (feed: string) => {
            installation.site.publish(feed);
            return watchSource(ircc, deps);
          };
          await subscribe(db, 'amina@example.org');
          await serve(plainFeed(draws.slice(0, -1)));
          const { events } = await serve(plainFeed(draws));
          const before = await readTables(db);

          for (const layout of layouts)
            for (const feed of [layOut(roundsOf(draws), layout), plainFeed(draws)])
              expect(await serve(feed)).toMatchObject({
                failure: null,
                changed: false,
                events: [],
                queued: 0,
              });

          expect(events[0]).toMatchObject({ type: 'draw.published', told: true });
          expect(settled(await readTables(db), 0)).toEqual(settled(before, 0));
        });
      }),
      { seed: SEED, numRuns: 20 },
    );
  });

  it('read in any steps, each when it was there to be read, gives the same draws and events as read at once', async () => {
    const base = await openInstallation([], evening('2024-05-31'));

    await fc.assert(
      fc.asyncProperty(anySteps, async (steps) => {
        const all = steps.at(-1)?.draws as Draw[];

        const atOnce = await readInSteps(base, steps.slice(-1));
        const stepwise = await readInSteps(base, steps);

        expect(atOnce.draws.map(({ id }) => id)).toHaveLength(all.length);
        expect(stepwise).toEqual(atOnce);
      }),
      { seed: SEED, numRuns: 60 },
    );
  });
});

/** What a look may change that brings nothing: its stamps; how often, from what and in what words a round is kept apart. */
function settled(tables: Record<string, Rows>, held: number): Record<string, Rows> {
  const { looks, health, documents = [], quarantine = [], ...rest } = tables;
  const apart = quarantine.map((row) => without(row, ['looks', 'document_id', 'faults']));
  return { ...rest, quarantine: apart, documents: held > 0 ? [] : documents };
}

/** One look: what the feed listed by then, when it was looked at, and in which layout it stood there. */
interface Step {
  draws: Draw[];
  now: string;
  layout: Layout;
}

/** Looks at a growing history: each on the day of its last draw, or on one before the next draw. */
const anySteps: fc.Arbitrary<Step[]> = anyHistory.chain((history) => {
  const draws = [...history].sort(compareDraws);
  const anyStep = fc.record({
    length: fc.integer({ min: 1, max: draws.length }),
    late: fc.double({ min: 0, max: 1, noNaN: true }),
    layout: anyLayout,
  });
  return fc
    .uniqueArray(anyStep, { minLength: 1, maxLength: 12, selector: ({ length }) => length })
    .map((steps) => {
      const last = { ...(steps[0] as (typeof steps)[number]), length: draws.length };
      return [...steps.filter(({ length }) => length < draws.length), last]
        .sort((a, b) => a.length - b.length)
        .map(({ length, late, layout }) => {
          const [day, next] = [draws[length - 1]?.date as string, draws[length]?.date];
          const days = Math.floor(late * Math.max(0, next ? daysBetween(day, next) - 1 : 30));
          const now = evening(toDate((dayStart(day) ?? 0) + days * 86_400_000));
          return { draws: draws.slice(0, length), now, layout };
        });
    });
});

/** The draws and what was told of them, by id; not when each was first seen, and whether anybody was told. */
async function readInSteps(base: Deps, steps: readonly Step[]): Promise<Record<'draws' | 'events', Rows>> {
  return withStore(async (db) => {
    for (const { draws, now, layout } of steps)
      await takeInFeed(layOut(roundsOf(draws), layout), { ...base, db, now: () => new Date(now) });
    const { draws = [], events = [], quarantine, draw_revisions } = await readTables(db);
    expect({ quarantine, draw_revisions }).toEqual({ quarantine: [], draw_revisions: [] });
    const byId = (a: Record<string, unknown>, b: Record<string, unknown>) =>
      String(a.id) < String(b.id) ? -1 : 1;
    return {
      draws: draws.map((row) => without(row, ['first_seen_at', 'document_id'])).sort(byId),
      // Silence between two looks is told of the source.
      events: events
        .filter(({ draw_id }) => draw_id !== null)
        .map((row) => without(row, ['seq', 'at', 'told']))
        .sort(byId),
    };
  });
}
