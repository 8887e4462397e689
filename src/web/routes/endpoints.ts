// a team's program -> its endpoints: who is asking, and for what.

import type { Context, Hono } from 'hono';
import { InputError } from '../../errors.ts';
import { teamOfKey } from '../../store/api-keys.ts';
import * as endpoints from '../api/endpoints.ts';
import { sendError, sendTooMany } from '../api/send-error.ts';
import type { WebContext } from '../context.ts';
import { MINUTE, openLimiter } from '../limits.ts';

const ALL = '/api/endpoints';
const ONE = '/api/endpoints/:id';
/** Of one team: what sends something outward, each in any minute. */
const OUTWARD = { most: 6, per: MINUTE };

/** Whoever shows the key of a team may do with its endpoints what the operator may; of others it learns nothing. */
export function addEndpoints(pages: Hono, { deps }: WebContext): void {
  const { db, now } = deps;

  const ofTeam = (answer: endpoints.OfTeam) => async (c: Context) => {
    const team = await teamOfKey(db, keyOf(c), now());
    if (team === null) return refuse(c);
    try {
      return await answer(c, deps, team);
    } catch (error) {
      if (!(error instanceof InputError)) throw error;
      return sendError(c, 422, 'the body cannot be used', error.faults);
    }
  };

  const ofOne = (answer: endpoints.OfEndpoint) =>
    ofTeam(async (c, _, team) => {
      const endpoint = await endpoints.findEndpoint(deps, team, c.req.param('id') ?? '');
      return endpoint ? answer(c, deps, endpoint) : endpoints.sendUnknown(c);
    });

  const unlessLocked =
    (answer: endpoints.OfEndpoint): endpoints.OfEndpoint =>
    async (c, _, endpoint) =>
      endpoints.isLocked(endpoint) ? endpoints.sendLocked(c) : answer(c, deps, endpoint);

  const seldom = (answer: endpoints.OfEndpoint): endpoints.OfEndpoint => {
    const limiter = openLimiter(OUTWARD);
    return async (c, _, endpoint) => {
      const wait = limiter.take(endpoint.team ?? endpoint.id, now());
      return wait === null ? answer(c, deps, endpoint) : sendTooMany(c, wait);
    };
  };

  pages.post(ALL, ofTeam(endpoints.add));
  pages.get(ALL, ofTeam(endpoints.list));
  pages.get(ONE, ofOne(endpoints.show));
  pages.patch(ONE, ofOne(endpoints.change));
  pages.delete(ONE, ofOne(endpoints.remove));
  pages.get(`${ONE}/deliveries`, ofOne(endpoints.deliveries));
  pages.post(`${ONE}/test`, ofOne(unlessLocked(seldom(endpoints.tryOut))));
  pages.post(`${ONE}/rotate`, ofOne(endpoints.rotate));
  pages.post(`${ONE}/replay`, ofOne(unlessLocked(seldom(endpoints.replayNow))));
  pages.post(`${ONE}/disable`, ofOne(endpoints.disable));
  pages.post(`${ONE}/enable`, ofOne(unlessLocked(endpoints.enable)));
}

/** RFC 6750; nothing where there is none. */
function keyOf(c: Context): string {
  return /^Bearer +(\S+) *$/i.exec(c.req.header('Authorization') ?? '')?.[1] ?? '';
}

/** The same without a key, with a broken one and with one that is not known. */
function refuse(c: Context): Response {
  c.header('WWW-Authenticate', 'Bearer realm="drawbell"');
  return sendError(
    c,
    401,
    'this needs a key that "drawbell keys add" made: Authorization: Bearer drawbell_...',
  );
}
