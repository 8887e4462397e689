// The pages with draws behind them: the shipped history as a first look takes it in, and what may happen to it later.

import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { sql } from 'kysely';
import type { Draw } from '../../src/draw/draw.ts';
import { detect } from '../../src/event/detect.ts';
import { saveDocument } from '../../src/store/documents.ts';
import { knownDraws, saveDraws, withdrawDraws } from '../../src/store/draws.ts';
import { saveEvents } from '../../src/store/events.ts';
import type { Db } from '../../src/store/schema.ts';
import { type Archive, archiveOf } from '../../src/web/archive.ts';
import type { WebDeps } from '../../src/web/deps.ts';
import { emptyDocument, shippedDraws } from '../draw/history.ts';
import { reference } from '../match/reference.ts';
import { withStore } from '../support/look.ts';
import { makeFolder, openTestStore } from '../support/store.ts';
import { openWebWorld, type WebWorld } from './world.ts';

/** After every draw that is shipped. */
export const TODAY = '2026-12-01T12:00:00.000Z';

const SHIPPED = 'data/draws/ircc.json';
const DETECT = { tellCorrections: true, dormantDays: 180, newsDays: 10 };

/** What a look brings; draws that are not in it stay as they are. */
interface Read {
  draws?: readonly Draw[];
  withdrawn?: readonly string[];
  at?: string;
  url?: string;
}

export interface ArchiveWorld extends WebWorld {
  take(read: Read): Promise<void>;
  /** The page at this path. Throws when it is not there. */
  page(path: string): Promise<string>;
}

export async function openArchiveWorld(
  draws: readonly Draw[] | 'shipped' = 'shipped',
  deps: Partial<WebDeps> = {},
): Promise<ArchiveWorld> {
  let clock = Date.parse(TODAY);
  // Each look at the clock is later than the last by more than the pages are kept without asking the database again.
  function now(): Date {
    clock += 2_000;
    return new Date(clock);
  }
  const db = draws === 'shipped' ? await openShipped() : openTestStore();
  if (draws !== 'shipped') await take(db, { draws, url: SHIPPED });
  const world = await openWebWorld({ now, ...deps, db });
  return {
    ...world,
    db,
    take: (read) => take(db, read),
    async page(path) {
      const answer = await world.app.request(path);
      if (answer.status !== 200) throw new Error(`${path} answered ${answer.status}`);
      return answer.text();
    },
  };
}

let shipped: Promise<Buffer> | undefined;

/** A copy of one database, which is filled once a file of tests: that takes longer than most of them. */
async function openShipped(): Promise<Db> {
  shipped ??= withStore(async (db) => {
    await take(db, { draws: shippedDraws(), url: SHIPPED });
    const file = path.join(makeFolder(), 'filled.db');
    await sql`VACUUM INTO ${file}`.execute(db);
    return readFileSync(file);
  });
  const copy = path.join(makeFolder(), 'copy.db');
  writeFileSync(copy, await shipped);
  return openTestStore(copy);
}

/** The archive that pages are made of, without a database. */
export function shippedArchive(): Archive {
  const document = { ...emptyDocument(TODAY), url: SHIPPED };
  const found = detect([], shippedDraws(), { ...DETECT, now: TODAY, baseline: true });
  const records = found.fresh
    .toReversed()
    .map((draw) => ({ draw, revision: 1, firstSeenAt: TODAY, withdrawnAt: null, document }));
  return archiveOf(records, found.events.toReversed(), reference);
}

async function take(db: Db, { draws = [], withdrawn = [], at = TODAY, url = '' }: Read): Promise<void> {
  const known = await knownDraws(db, 'ircc');
  const found = detect(known, draws, {
    ...DETECT,
    now: at,
    baseline: known.length === 0,
    withdrawn: withdrawn.map((id) => ({ id, missingSince: at })),
  });
  const document = await saveDocument(db, { ...emptyDocument(at), url, hash: `${at} ${draws.length}` });
  await saveDraws(db, found, document, at);
  await withdrawDraws(db, withdrawn, at);
  await saveEvents(db, found.events);
}

/** Its words, as a reader sees them: one space for any, no marks. */
export function textOf(page: string): string {
  return page
    .replaceAll('<wbr>', '')
    .replace(/<[^>]*>/g, ' ')
    .replaceAll('&quot;', '"')
    .replaceAll('&#39;', "'")
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&amp;', '&')
    .replace(/\s+/g, ' ');
}

/** The words below a heading of the second rank, up to the next. */
export function sectionOf(page: string, heading: string): string {
  const start = page.indexOf(`<h2>${heading}</h2>`);
  if (start < 0) throw new Error(`no section "${heading}"`);
  const end = page.indexOf('<h2>', start + 4);
  return textOf(page.slice(start, end < 0 ? undefined : end));
}
