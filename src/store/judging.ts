// verdicts -> outbox, however many subscribers: SQLite walks through them, asks us about each, and writes what we say.

import type { Database } from 'better-sqlite3';
import { type RawBuilder, sql } from 'kysely';
import type { Event } from '../event/event.ts';
import { NEAR_MISS } from '../match/preference.ts';
import type { DbOrTrx } from './schema.ts';

/** What to tell the subscriber with this profile and these notices, as they are stored: a verdict as JSON, or nothing. */
export type Judge = (profile: string, notify: string, id: number) => string | null;

/** Who need be asked about, the others wanting to hear nothing. */
export interface Shortlist {
  /** Who has this score or a higher one, or none known, or is no farther below it than their near misses reach. */
  score: number | null;
  /** ... and who asked for one of these notices. */
  notices: readonly string[];
}

/** Whoever judges a statement that runs, by the number the statement names them by. */
const judges = new Map<number, Judge>();
let lastNumber = 0;

/** Gives a connection the function that asks a judge. */
export function addJudging(sqlite: Database): void {
  const ask = (judge: number, profile: string, notify: string, id: number) => {
    const found = judges.get(judge);
    if (!found) throw new Error('a verdict was asked for outside its statement');
    return found(profile, notify, id);
  };
  sqlite.function('drawbell_verdict', ask);
}

/**
 * Puts a notice with verdict and profile into the outbox for each active subscriber on the shortlist (`null`:
 * everybody) that the judge has something to tell, and what `before` says of them beside it; returns how many.
 */
export async function enqueueJudged(
  db: DbOrTrx,
  event: Event,
  { shortlist, verdict, before }: { shortlist: Shortlist | null; verdict: Judge; before?: Judge },
  at: string,
): Promise<number> {
  const asked = [verdict, ...(before ? [before] : [])].map(admit);
  const [ask, askBefore] = asked.map((judge) => sql`drawbell_verdict(${judge}, profile, notify, id)`);
  try {
    // Without its LIMIT the inner query would be taken apart, and each verdict asked for twice.
    const result = await sql`
      INSERT INTO outbox
        (event_id, channel, subscriber_id, verdict, verdict_before, profile, status, due_at, created_at)
      SELECT ${event.id}, 'email', id, verdict, ${askBefore ?? sql`NULL`}, profile, 'queued', ${at}, ${at}
      FROM (
        SELECT id, profile, notify, ${ask} AS verdict
        FROM subscribers NOT INDEXED WHERE status = 'active' AND ${isOn(shortlist)} LIMIT -1
      )
      WHERE verdict IS NOT NULL
      ON CONFLICT DO NOTHING`.execute(db);
    return Number(result.numAffectedRows ?? 0n);
  } finally {
    for (const judge of asked) judges.delete(judge);
  }
}

/** Asking about everybody would take most of the time, most of them being far below the cut-off. */
function isOn(shortlist: Shortlist | null): RawBuilder<unknown> {
  if (shortlist === null || shortlist.score === null) return sql`TRUE`;
  const { score, notices } = shortlist;
  const place = sql`instr(notify, ${NEAR_MISS})`;
  // A number is read as far as it goes: 10 out of `10","invited"]`.
  const reach = sql`CAST(substr(notify, ${place} + ${NEAR_MISS.length}) AS INTEGER)`;
  const wanted = notices.map((notice) => sql` OR instr(notify, ${notice})`);
  return sql`(crs IS NULL OR crs >= ${score} OR (${place} AND crs + ${reach} >= ${score})${sql.join(wanted, sql``)})`;
}

function admit(judge: Judge): number {
  lastNumber += 1;
  judges.set(lastNumber, judge);
  return lastNumber;
}
