// Which endpoint is meant: by its id, or by the beginning of it.

import { InputError, quote } from '../../errors.ts';
import { listEndpoints, type StoredEndpoint } from '../../store/endpoints.ts';
import type { Session } from '../session.ts';

/** What stands for an endpoint's id in the help. */
export const ID = ['<id>', 'as "drawbell webhooks list" shows it; its beginning is enough'] as const;

/** A beginning that is shorter is too easily another's by mistake. */
const SHORTEST = 6;

/** Throws `InputError` where none is meant, or more than one. */
export async function findEndpoint(
  { db, now }: Pick<Session, 'db' | 'now'>,
  text: string,
): Promise<StoredEndpoint> {
  const endpoints = await listEndpoints(db, now().toISOString());
  const named = endpoints.find(({ id }) => id === text);
  if (named) return named;
  const meant = text.length < SHORTEST ? [] : endpoints.filter(({ id }) => id.startsWith(text));
  const [only] = meant;
  if (only && meant.length === 1) return only;

  const expected =
    endpoints.length === 0
      ? 'an endpoint (there is none yet: "drawbell webhooks add URL" adds one)'
      : meant.length > 1
        ? `more of it, to tell ${meant.length} endpoints apart`
        : `an id, or at least ${SHORTEST} characters of its beginning ("drawbell webhooks list" shows them)`;
  // Somebody may have given the URL, which is nobody else's business.
  const found = /^\w{1,40}$/.test(text) ? quote(text) : 'something else';
  throw new InputError('it is not clear which endpoint is meant', [{ where: 'id', expected, found }]);
}

/** For one that was there a moment ago. */
export function removedMeanwhile(): InputError {
  const fault = { where: 'id', expected: 'an endpoint', found: 'one that was removed just now' };
  return new InputError('nothing was done', [fault]);
}
