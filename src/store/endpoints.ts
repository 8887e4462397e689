// Endpoints: the webhooks of teams.

import { randomBytes } from 'node:crypto';
import type { Selectable } from 'kysely';
import type { DrawType } from '../draw/draw-type.ts';
import type { EventType } from '../event/event.ts';
import type { Endpoint } from '../match/notice.ts';
import type { EndpointWishes } from '../match/preference.ts';
import type { DbOrTrx, DisabledWhy, Schema } from './schema.ts';

/** An endpoint as the operator set it up, and how it fares. Instants are RFC 3339. */
export interface StoredEndpoint extends Endpoint {
  events: EventType[] | null;
  sources: string[] | null;
  drawTypes: DrawType[] | null;
  createdAt: string;
  /** The first of the failures in a row; `null` while it is well. */
  failingSince: string | null;
  /** Until when it is left alone, as it asked; `null` when it did not, or when that is over. */
  resumeAt: string | null;
  /** Until when the secret before the present one signs beside it; `null` when none does. */
  previousUntil: string | null;
  /** Whose keys may manage it; `null`: the operator alone does. */
  team: string | null;
  /** Nothing is sent to it any more, and what happens is kept. */
  disabled: { at: string; why: DisabledWhy } | null;
}

/** What may be changed of an endpoint; what is left out stays. */
export type EndpointChanges = {
  [Key in 'url' | 'locale' | 'events' | 'sources' | 'drawTypes']?: StoredEndpoint[Key] | undefined;
};

type NewEndpoint = Pick<StoredEndpoint, 'url' | 'kind'> &
  Omit<EndpointChanges, 'url'> & {
    team?: string | null | undefined;
    /** Its id and its secret where they are known already. */
    id?: string | undefined;
    secret?: string | undefined;
  };

/** How long the secret before the present one still signs, in milliseconds. */
const OVERLAP = 24 * 3_600_000;

/** The columns that say what an endpoint asked for. */
export const WISHES = ['events', 'sources', 'draw_types'] as const;

export function toWishes(
  row: Pick<Selectable<Schema['endpoints']>, (typeof WISHES)[number]>,
): EndpointWishes & Pick<StoredEndpoint, 'events' | 'sources' | 'drawTypes'> {
  return {
    events: row.events && JSON.parse(row.events),
    sources: row.sources && JSON.parse(row.sources),
    drawTypes: row.draw_types && JSON.parse(row.draw_types),
  };
}

function fromWishes({
  events,
  sources,
  drawTypes,
}: Pick<EndpointChanges, 'events' | 'sources' | 'drawTypes'>) {
  // What is `undefined` is left as it is, `null` is everything.
  return {
    events: events && JSON.stringify(events),
    sources: sources && JSON.stringify(sources),
    draw_types: drawTypes && JSON.stringify(drawTypes),
  };
}

/** Adds an endpoint, with a fresh secret unless it has one. */
export async function addEndpoint(
  db: DbOrTrx,
  wanted: NewEndpoint,
  at: string,
): Promise<StoredEndpoint & { secret: string }> {
  const { url, kind, locale = 'en', team = null, secret = newSecret(), ...wishes } = wanted;
  const { id: key = `ep_${randomBytes(12).toString('hex')}` } = wanted;
  const row = await db
    .insertInto('endpoints')
    .values({
      key,
      url,
      kind,
      locale,
      secret,
      ...fromWishes(wishes),
      created_at: at,
      team,
    })
    .returningAll()
    .executeTakeFirstOrThrow();
  return { ...toEndpoint(row, at), secret: row.secret };
}

/** `now`: which secrets still sign. */
export async function listEndpoints(db: DbOrTrx, now: string): Promise<StoredEndpoint[]> {
  const rows = await db.selectFrom('endpoints').selectAll().orderBy('id').execute();
  return rows.map((row) => toEndpoint(row, now));
}

/** Those that the keys of a team may manage. */
export async function listTeamEndpoints(db: DbOrTrx, team: string, now: string): Promise<StoredEndpoint[]> {
  const rows = await db.selectFrom('endpoints').selectAll().where('team', '=', team).orderBy('id').execute();
  return rows.map((row) => toEndpoint(row, now));
}

/** Changes where an endpoint is and what it gets from now on; at another address it has not failed yet. */
export async function changeEndpoint(
  db: DbOrTrx,
  id: string,
  { url, locale, ...wishes }: EndpointChanges,
): Promise<boolean> {
  const elsewhere = url === undefined ? {} : { url, failing_since: null, resume_at: null };
  const { numUpdatedRows } = await db
    .updateTable('endpoints')
    .set({ locale, ...elsewhere, ...fromWishes(wishes) })
    .where('key', '=', id)
    .executeTakeFirst();
  return numUpdatedRows > 0n;
}

/** Whatever is still to be sent to it goes too. */
export async function removeEndpoint(db: DbOrTrx, id: string): Promise<boolean> {
  const result = await db.deleteFrom('endpoints').where('key', '=', id).executeTakeFirst();
  return result.numDeletedRows > 0n;
}

/**
 * Gives an endpoint a fresh secret; the one it had signs beside it for another day, any before that no more. Returns
 * it and when that day ends, or `undefined` where there is no such endpoint.
 */
export async function rotateSecret(
  db: DbOrTrx,
  id: string,
  now: Date,
): Promise<{ secret: string; previousUntil: string } | undefined> {
  const secret = newSecret();
  const until = new Date(now.getTime() + OVERLAP).toISOString();
  const { numUpdatedRows } = await db
    .updateTable('endpoints')
    .set((column) => ({ secret, previous_secret: column.ref('secret'), previous_until: until }))
    .where('key', '=', id)
    .executeTakeFirst();
  return numUpdatedRows > 0n ? { secret, previousUntil: until } : undefined;
}

/** The secrets that sign now, the present one first. */
export function validSecrets(
  row: Pick<Selectable<Schema['endpoints']>, 'secret' | 'previous_secret' | 'previous_until'>,
  now: string,
): string[] {
  const { secret, previous_secret: previous, previous_until: until } = row;
  return previous !== null && until !== null && until > now ? [secret, previous] : [secret];
}

function toEndpoint(row: Selectable<Schema['endpoints']>, now: string): StoredEndpoint {
  const ahead = (instant: string | null) => (instant !== null && instant > now ? instant : null);
  return {
    id: row.key,
    url: row.url,
    kind: row.kind,
    locale: row.locale,
    secrets: validSecrets(row, now),
    ...toWishes(row),
    createdAt: row.created_at,
    failingSince: row.failing_since,
    resumeAt: ahead(row.resume_at),
    previousUntil: ahead(row.previous_until),
    team: row.team,
    disabled:
      row.disabled_at !== null && row.disabled_why !== null
        ? { at: row.disabled_at, why: row.disabled_why }
        : null,
  };
}

/** 32 bytes, in the form Standard Webhooks gives them. */
function newSecret(): string {
  return `whsec_${randomBytes(32).toString('base64')}`;
}
