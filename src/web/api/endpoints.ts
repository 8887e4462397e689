// a team's request -> what becomes of its endpoint.

import type { Context } from 'hono';
import { isUrlSecret, shownEndpoint } from '../../cli/webhooks/describe.ts';
import { sendExamples } from '../../cli/webhooks/examples.ts';
import { readSince } from '../../cli/webhooks/since.ts';
import { checkTopic, FOR_PEOPLE } from '../../cli/webhooks/wishes.ts';
import type { Fault } from '../../errors.ts';
import { replay } from '../../journey/replay.ts';
import { countKept, disableEndpoint, enableEndpoint } from '../../store/endpoint-health.ts';
import {
  addEndpoint,
  changeEndpoint,
  listTeamEndpoints,
  removeEndpoint,
  rotateSecret,
  type StoredEndpoint,
} from '../../store/endpoints.ts';
import { listNotices } from '../../store/notices.ts';
import { inTransaction } from '../../store/open.ts';
import type { WebDeps } from '../deps.ts';
import { readJson } from './body.ts';
import { endpointChangesSchema, newEndpointSchema, ReplaySchema, TestSchema } from './endpoints-asked.ts';
import { sendError } from './send-error.ts';

/** Of one team: more are a mistake, or meant to do harm. */
const MOST = 50;
/** For all examples of one test, in milliseconds: the connection on which it was asked for is not kept for much longer. */
const TEST_TIME = 10_000;

const NOTHING: Fault = {
  where: 'the body',
  expected: 'one of url, events, sources, drawTypes, locale',
  found: 'nothing',
};

/** What one team asks of one of its endpoints. May throw `InputError`. */
export type OfEndpoint = (c: Context, deps: WebDeps, endpoint: StoredEndpoint) => Promise<Response>;
/** What it asks beyond those it has. */
export type OfTeam = (c: Context, deps: WebDeps, team: string) => Promise<Response>;

export const add: OfTeam = async (c, { db, now, allowPrivate }, team) => {
  const { value, refusal } = await readJson(c, newEndpointSchema(allowPrivate));
  if (refusal) return refusal;
  const { kind } = value;
  const url = new URL(value.url).href;
  checkTopic('this endpoint cannot be added', kind, url);
  // Without a word about it: what is written for people comes once a draw.
  const { events = kind === 'standard' ? null : FOR_PEOPLE, ...wishes } = value;
  const at = now().toISOString();
  const added = await inTransaction(db, async (trx) => {
    if ((await listTeamEndpoints(trx, team, at)).length >= MOST) return null;
    return addEndpoint(trx, once({ ...wishes, events, url, kind, team }), at);
  });
  if (added === null)
    return sendError(c, 409, `the team has ${MOST} endpoints, which is as many as one may have`);
  const { secret, ...endpoint } = added;
  c.header('Location', `./endpoints/${added.id}`);
  return c.json({ ...shownEndpoint(endpoint, 0), secret: isUrlSecret(kind) ? null : secret }, 201);
};

export const list: OfTeam = async (c, { db, now }, team) => {
  const kept = await countKept(db);
  const endpoints = await listTeamEndpoints(db, team, now().toISOString());
  return c.json({ endpoints: endpoints.map((one) => shownEndpoint(one, kept.get(one.id)?.count ?? 0)) });
};

export const show: OfEndpoint = async (c, { db }, endpoint) =>
  c.json(shownEndpoint(endpoint, (await countKept(db)).get(endpoint.id)?.count ?? 0));

export const change: OfEndpoint = async (c, deps, endpoint) => {
  const { db, allowPrivate } = deps;
  const { value, refusal } = await readJson(c, endpointChangesSchema(allowPrivate));
  if (refusal) return refusal;
  if (Object.keys(value).length === 0) return sendError(c, 422, 'the body cannot be used', [NOTHING]);
  const url = value.url && new URL(value.url).href;
  checkTopic('this endpoint cannot be changed', endpoint.kind, url);
  await changeEndpoint(db, endpoint.id, once({ ...value, url }));
  const changed = await findEndpoint(deps, endpoint.team, endpoint.id);
  return changed ? show(c, deps, changed) : sendUnknown(c);
};

export const remove: OfEndpoint = async (c, { db }, { id }) => {
  await removeEndpoint(db, id);
  return c.body(null, 204);
};

export const deliveries: OfEndpoint = async (c, { db }, { id }) => {
  const notices = await listNotices(db, { recipient: { endpoint: id } });
  return c.json({
    deliveries: notices.map(({ event, status, attempts, dueAt, settledAt, detail }) => {
      return { event, status, attempts, dueAt, settledAt, detail };
    }),
  });
};

export const tryOut: OfEndpoint = async (c, { channels }, endpoint) => {
  const { value, refusal } = await readJson(c, TestSchema, { optional: true });
  if (refusal) return refusal;
  const channel = await channels.open('webhook');
  const { tried, left } = await sendExamples(channel, endpoint, value.events, TEST_TIME);
  return c.json({ id: endpoint.id, examples: tried, notSent: left });
};

export const rotate: OfEndpoint = async (c, { db, now }, { id, kind }) => {
  if (isUrlSecret(kind))
    return sendError(c, 409, `there is no secret to change: of the kind ${kind} it is the URL`);
  const rotated = await rotateSecret(db, id, now());
  return rotated ? c.json({ id, ...rotated }) : sendUnknown(c);
};

export const replayNow: OfEndpoint = async (c, { db, now, wake }, { id }) => {
  const { value, refusal } = await readJson(c, ReplaySchema);
  if (refusal) return refusal;
  const since = readSince(value.since, now(), 'since');
  const replayed = await replay(db, id, { since, all: value.all }, now());
  if (!replayed) return sendUnknown(c);
  const { enabled, resumeAt, rows, inHand } = replayed;
  // Whoever delivers does it: a request is not kept waiting for an endpoint.
  wake();
  return c.json({ replayed: id, since, enabled, resumeAt, queued: rows.length, inHand }, 202);
};

export const disable: OfEndpoint = async (c, { db, now }, { id }) => {
  await inTransaction(db, (trx) => disableEndpoint(trx, id, 'team', now().toISOString()));
  return c.json({ disabled: id, kept: (await countKept(db)).get(id)?.count ?? 0 });
};

export const enable: OfEndpoint = async (c, { db }, { id }) => {
  await enableEndpoint(db, id);
  const kept = (await countKept(db)).get(id);
  return c.json({ enabled: id, kept: kept?.count ?? 0, keptSince: kept?.since ?? null });
};

/** One of this team's. `undefined`: it has none of this id, whoever else has. */
export async function findEndpoint(
  { db, now }: Pick<WebDeps, 'db' | 'now'>,
  team: string | null,
  id: string,
): Promise<StoredEndpoint | undefined> {
  if (team === null) return undefined;
  return (await listTeamEndpoints(db, team, now().toISOString())).find((endpoint) => endpoint.id === id);
}

/** Only the operator takes back what the operator did. */
export function isLocked({ disabled }: StoredEndpoint): boolean {
  return disabled?.why === 'operator';
}

export function sendLocked(c: Context): Response {
  return sendError(c, 409, 'whoever runs this installation disabled the endpoint: only they enable it again');
}

export function sendUnknown(c: Context): Response {
  return sendError(c, 404, 'there is no such endpoint');
}

/** Each wish once, however often it was said. */
function once<Wanted extends { [Key in 'events' | 'sources' | 'drawTypes']?: unknown }>(
  wanted: Wanted,
): Wanted {
  const unique = (value: unknown) => (Array.isArray(value) ? [...new Set(value)] : value);
  return Object.fromEntries(Object.entries(wanted).map(([key, value]) => [key, unique(value)])) as Wanted;
}
