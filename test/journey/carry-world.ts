// Installations between which a state is carried: everything that can have happened to a notice has happened in one.

import { buildFeed, toRound, wrapRounds } from '../../src/demo/feed.ts';
import type { Draw } from '../../src/draw/draw.ts';
import { type Carrying, carryIn, carryOut } from '../../src/journey/carry.ts';
import { watchSource } from '../../src/journey.ts';
import type { Settlement } from '../../src/match/notice.ts';
import { ircc } from '../../src/sources/ircc.ts';
import type { State } from '../../src/state/state.ts';
import { claim } from '../../src/store/claims.ts';
import { disableEndpoint } from '../../src/store/endpoint-health.ts';
import { addEndpoint, listEndpoints } from '../../src/store/endpoints.ts';
import type { Lane } from '../../src/store/lanes.ts';
import { openSeal } from '../../src/store/seal.ts';
import { settle } from '../../src/store/settlements.ts';
import { suppress } from '../../src/store/suppressions.ts';
import { shippedDraws } from '../draw/history.ts';
import { type Installation, openInstallation, subscribe } from '../support/journey.ts';

export const HISTORY = shippedDraws();
export const BEFORE = HISTORY.filter((draw) => draw.date <= '2024-05-30');
export const AFTER = HISTORY.filter((draw) => draw.date <= '2024-05-31');
export const DAY = '2024-05-31T16:00:00.000Z';
export const PUBLISHED = 'draw.published/ircc:297';
export const SECRET = 'a secret of sixteen letters or more';
export const OPERATOR = 'mailto:operator@example.org';
export const TEAMS = ['https://hooks.example.net/first-path', 'https://hooks.example.net/second-path'];

export const NOTHING: State = {
  draws: {},
  watch: { sources: {}, mail: null, events: [] },
  ledger: [],
  recipients: [],
};

const FACTS = { programs: ['cec'], profileSubmittedAt: '2024-01-10T12:00:00Z' };
const NOTIFY = ['every-draw', 'correction'];

/** By address; the cut-off of #297 is 522. */
export const READERS: Record<string, Record<string, unknown>> = {
  'amina@example.org': { ...FACTS, crs: 540, notify: NOTIFY },
  'bruno@example.org': { ...FACTS, crs: 520, notify: NOTIFY },
  'chloe@example.org': { ...FACTS, crs: 511, notify: NOTIFY },
  'dario@example.org': { ...FACTS, crs: 533, notify: NOTIFY },
};

export const corrected = (changes: Partial<Draw>) =>
  AFTER.map((draw) => (draw.id === 'ircc:297' ? { ...draw, ...changes } : draw));

/** #297 as it is typed by hand, with other facts than it has. */
export const typed = (changes: Record<string, string>) => {
  const [newest, ...rest] = [...AFTER].reverse().map(toRound);
  return wrapRounds([{ ...newest, ...changes }, ...rest]);
};

/** An installation with these recipients, in this order, that knows nothing yet. */
export async function openPlace(
  instant = DAY,
  readers = READERS,
  teams: readonly string[] = TEAMS,
): Promise<Installation> {
  const place = await openInstallation(BEFORE, instant);
  for (const [email, facts] of Object.entries(readers)) await subscribe(place.db, email, facts);
  for (const url of teams) await addEndpoint(place.db, { url, kind: 'standard' }, '2024-05-01T00:00:00Z');
  return place;
}

/** The same, whose source is at the same address as that of another one. */
export async function openBeside(
  other: Installation,
  instant = DAY,
  readers = READERS,
  teams: readonly string[] = TEAMS,
): Promise<Installation> {
  return { ...(await openPlace(instant, readers, teams)), addresses: other.addresses };
}

function carryingOf(place: Installation, secret = SECRET): Carrying {
  return { ...place, seal: openSeal(secret), operator: true };
}

export function takeIn(place: Installation, state: State, secret?: string) {
  return carryIn(state, carryingOf(place, secret));
}

export function readOut(place: Installation, known = NOTHING, secret?: string): Promise<State> {
  return carryOut(known, carryingOf(place, secret));
}

export async function publish(place: Installation, feed: readonly Draw[] | string): Promise<void> {
  place.site.publish(typeof feed === 'string' ? feed : buildFeed(feed));
  await watchSource(ircc, place);
}

/** It has told nobody anything yet: four mails wait, and for each team that there was a draw, and that it was special. */
export async function openTelling(): Promise<Installation> {
  const place = await openPlace();
  await watchSource(ircc, place);
  await publish(place, AFTER);
  return place;
}

type Ending = 'sent' | 'failed' | 'again';

/** Ends what is claimed of a lane, one like this, the next like that; the others stay in hand. */
export async function end(place: Installation, lane: Lane, endings: readonly Ending[]): Promise<void> {
  const claimed = await claim(place.db, lane, endings.length, place.now());
  const at = place.now().toISOString();
  const again = new Date(place.now().getTime() + 300_000).toISOString();
  const settlementOf = (ending: Ending): Settlement => ({
    status: ending === 'again' ? 'queued' : ending,
    dueAt: ending === 'again' ? again : null,
    cause: null,
    delivery: {
      at,
      milliseconds: 7,
      outcome: ending === 'again' ? 'ambiguous' : ending,
      detail: 'so it was',
      status: null,
      answer: null,
    },
  });
  await settle(
    place.db,
    claimed.map((notice, index) => ({ notice, settlement: settlementOf(endings[index] as Ending) })),
  );
}

export const MAIL: Lane = { channel: 'email', failing: false };

/** Sent, to be tried again, given up, taken back, in hand, held; a correction; a failing endpoint; a bounce. */
export async function openEventful(): Promise<Installation> {
  const place = await openTelling();
  const [, second] = await listEndpoints(place.db, DAY);
  await end(place, MAIL, ['sent', 'again', 'failed']);
  await end(place, { channel: 'webhook', endpoint: 1, failing: false }, ['again']);
  await place.db
    .updateTable('endpoints')
    .set({ failing_since: DAY, resume_at: '2024-05-31T16:30:00.000Z' })
    .where('id', '=', 1)
    .execute();
  await disableEndpoint(place.db, second?.id ?? '', 'gone', DAY);
  place.setClock('2024-05-31T17:10:00.000Z');
  await publish(place, corrected({ cutoff: 515 }));
  await suppress(place.db, 'dario@example.org', { reason: 'bounced' }, '2024-05-31T17:20:00.000Z');
  await end(place, MAIL, ['sent']);
  place.setClock('2024-05-31T17:30:00.000Z');
  await publish(place, typed({ drawSize: '60,000' }));
  return place;
}
