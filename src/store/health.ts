// How looking at each source goes: the last success, the failures in a row, what the operator was told.

import type { Insertable, Selectable } from 'kysely';
import type { Health } from '../event/health.ts';
import type { DbOrTrx, Schema } from './schema.ts';

/** `undefined` before the first look. */
export async function readHealth(db: DbOrTrx, source: string): Promise<Health | undefined> {
  const row = await db.selectFrom('health').selectAll().where('source', '=', source).executeTakeFirst();
  return row && toHealth(row);
}

/** Whether any source ignores what it is asked conditionally. */
export async function isAnyUnconditional(db: DbOrTrx): Promise<boolean> {
  const row = await db
    .selectFrom('health')
    .select('source')
    .where('unconditional', '=', 1)
    .executeTakeFirst();
  return row !== undefined;
}

export async function saveHealth(db: DbOrTrx, health: Health): Promise<void> {
  const row = toRow(health);
  await db
    .insertInto('health')
    .values(row)
    .onConflict((conflict) => conflict.column('source').doUpdateSet(row))
    .execute();
}

function toHealth(row: Selectable<Schema['health']>): Health {
  const spell = (since: string | null, told: number, toldAt: string | null) =>
    since === null ? null : { since, told, toldAt };
  const failing = spell(row.failing_since, row.failing_told, row.failing_told_at);
  return {
    source: row.source,
    triedAt: row.tried_at,
    succeededAt: row.succeeded_at,
    failures: row.failures,
    failing: failing && { ...failing, trouble: row.trouble ?? 'unreachable', reason: row.reason ?? '' },
    quiet: spell(row.quiet_since, row.quiet_told, row.quiet_told_at),
    retryAt: row.retry_at,
    browserAt: row.browser_at,
    unconditional: row.unconditional === 1,
    moved:
      row.moved_from === null || row.moved_to === null ? null : { from: row.moved_from, to: row.moved_to },
  };
}

function toRow(health: Health): Insertable<Schema['health']> {
  const { failing, quiet, moved } = health;
  return {
    source: health.source,
    tried_at: health.triedAt,
    succeeded_at: health.succeededAt,
    failures: health.failures,
    failing_since: failing?.since ?? null,
    trouble: failing?.trouble ?? null,
    reason: failing?.reason ?? null,
    failing_told: failing?.told ?? 0,
    failing_told_at: failing?.toldAt ?? null,
    quiet_since: quiet?.since ?? null,
    quiet_told: quiet?.told ?? 0,
    quiet_told_at: quiet?.toldAt ?? null,
    retry_at: health.retryAt,
    browser_at: health.browserAt,
    unconditional: health.unconditional ? 1 : 0,
    moved_from: moved?.from ?? null,
    moved_to: moved?.to ?? null,
  };
}
