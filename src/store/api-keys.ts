// Keys by which the programs of a team manage its endpoints. Only a hash of each is kept.

import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import type { Selectable } from 'kysely';
import type { DbOrTrx, Schema } from './schema.ts';

/** Instants are RFC 3339. */
export interface ApiKey {
  /** Names it on the command line; it is in the key too, and no secret. */
  id: string;
  team: string;
  createdAt: string;
  /** To the hour; `null`: never. */
  usedAt: string | null;
}

/** That a key was used is noted once in so many milliseconds: a busy program must not write with each request. */
const NOTED = 3_600_000;

/** Makes a key for a team, which may have others: so it is replaced without a gap. The key itself is not kept. */
export async function addApiKey(db: DbOrTrx, team: string, at: string): Promise<ApiKey & { key: string }> {
  const id = randomBytes(6).toString('hex');
  const key = `drawbell_${id}_${randomBytes(32).toString('base64url')}`;
  await db
    .insertInto('api_keys')
    .values({ id, team, hash: hashOf(key).toString('hex'), created_at: at, used_at: null })
    .execute();
  return { id, team, createdAt: at, usedAt: null, key };
}

/** The oldest first. */
export async function listApiKeys(db: DbOrTrx): Promise<ApiKey[]> {
  const rows = await db.selectFrom('api_keys').selectAll().orderBy('created_at').orderBy('id').execute();
  return rows.map(toApiKey);
}

/** From now on nobody gets in with it. `undefined`: there is none of this id. */
export async function removeApiKey(db: DbOrTrx, id: string): Promise<ApiKey | undefined> {
  const row = await db.deleteFrom('api_keys').where('id', '=', id).returningAll().executeTakeFirst();
  return row && toApiKey(row);
}

/** Whose key this text is, `null`: nobody's. That it was used is noted. */
export async function teamOfKey(db: DbOrTrx, text: string, now: Date): Promise<string | null> {
  const id = /^drawbell_([0-9a-f]{12})_[\w-]{43}$/.exec(text)?.[1];
  if (id === undefined) return null;
  const row = await db.selectFrom('api_keys').selectAll().where('id', '=', id).executeTakeFirst();
  if (!row || !timingSafeEqual(hashOf(text), Buffer.from(row.hash, 'hex'))) return null;
  // Also when the clock was set back.
  if (row.used_at === null || Math.abs(now.getTime() - Date.parse(row.used_at)) >= NOTED)
    await db.updateTable('api_keys').set({ used_at: now.toISOString() }).where('id', '=', id).execute();
  return row.team;
}

/** Plain and fast: 32 random bytes cannot be found by guessing, which is all that a slow or salted hash would hinder. */
function hashOf(key: string): Buffer {
  return createHash('sha256').update(key).digest();
}

function toApiKey({ id, team, created_at, used_at }: Selectable<Schema['api_keys']>): ApiKey {
  return { id, team, createdAt: created_at, usedAt: used_at };
}
