// Endpoints: the webhooks of teams.

import { randomBytes } from 'node:crypto';
import type { EventType } from '../event/event.ts';
import type { Endpoint } from '../match/notice.ts';
import type { DbOrTrx } from './schema.ts';

/** An endpoint as the operator set it up. */
export interface StoredEndpoint extends Endpoint {
  /** `null`: every event. */
  events: EventType[] | null;
  createdAt: string;
}

/** Adds an endpoint with a fresh secret of 32 bytes, in the form Standard Webhooks gives it. */
export async function addEndpoint(
  db: DbOrTrx,
  { url, kind, events }: Pick<StoredEndpoint, 'url' | 'kind' | 'events'>,
  at: string,
): Promise<StoredEndpoint> {
  const id = `ep_${randomBytes(12).toString('hex')}`;
  const secret = `whsec_${randomBytes(32).toString('base64')}`;
  await db
    .insertInto('endpoints')
    .values({ key: id, url, kind, secret, events: events && JSON.stringify(events), created_at: at })
    .execute();
  return { id, url, kind, secret, events, createdAt: at };
}

export async function listEndpoints(db: DbOrTrx): Promise<StoredEndpoint[]> {
  const rows = await db.selectFrom('endpoints').selectAll().orderBy('id').execute();
  return rows.map((row) => ({
    id: row.key,
    url: row.url,
    kind: row.kind,
    secret: row.secret,
    events: row.events && JSON.parse(row.events),
    createdAt: row.created_at,
  }));
}

/** Whatever is still to be sent to it goes too. */
export async function removeEndpoint(db: DbOrTrx, id: string): Promise<boolean> {
  const result = await db.deleteFrom('endpoints').where('key', '=', id).executeTakeFirst();
  return result.numDeletedRows > 0n;
}
