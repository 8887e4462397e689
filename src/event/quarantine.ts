// parsed draws -> draws to believe: what is implausible is kept apart, with its reason. Pure.
//
// Only what is new or different is questioned: what is stored already was believed once. Which faults keep
// one round apart and which refuse the whole document: docs/decisions/0008.

import { compareDraws, type Draw, sameFacts } from '../draw/draw.ts';
import { type Fault, PageError } from '../errors.ts';
import type { Habits, Opinion, Reading } from '../sources/source.ts';
import type { KnownDraw } from './detect.ts';
import { type Finding, HANDFUL, massChanges, questioner } from './plausibility.ts';

/** Why a round is kept apart, the gravest first. */
export const HOLD_REASONS = [
  /** Part of it cannot be read, or its number stands there twice. */
  'unreadable',
  /** Dated after today. */
  'future',
  /** New, and dated before what is known already. */
  'late',
  /** Its date moved past that of its neighbours. */
  'date-moved',
  /** More invitations than were ever sent at once. */
  'size',
  /** The facts of another round under this number. */
  'renumbered',
  /** The bands of its pool do not add up. */
  'pool',
  /** One of too many rounds that changed at once, or are new on one day. */
  'mass-change',
  /** Known, and no longer listed. */
  'vanished',
  /** The publisher's two documents disagree. */
  'second-opinion',
] as const;
export type HoldReason = (typeof HOLD_REASONS)[number];

/** A round that is kept apart: announced to nobody, and what is stored of it stays as it was. */
export interface HeldRound {
  /** `ircc:427`, as `UnreadableRound` names it. */
  id: string;
  reason: HoldReason;
  faults: Fault[];
  /** As it was read; `null` where it could not be, or is not there. */
  draw: Draw | null;
  /** RFC 3339: since when, for this reason. */
  since: string;
  /** Looks in a row at which this was so. */
  looks: number;
  /** `dropped`: the operator does not want to hear of it until it changes. */
  status: 'held' | 'dropped';
}

export interface SiftOptions {
  /** Whose document it is, and from where: for messages. */
  document: { source: string; url: string };
  /** RFC 3339: the moment of the look. */
  now: string;
  /** Nothing is known yet. */
  baseline: boolean;
  habits: Habits;
  /** What the publisher's second document says; `null` when it was not asked or did not answer. */
  opinions: readonly Opinion[] | null;
  /** The round that the operator believes as it is. */
  believed?: string;
  /** The same look judged once more: it does not count as another. */
  again?: boolean;
}

export interface Sifted {
  /** To be believed. Oldest first. */
  draws: Draw[];
  held: HeldRound[];
  /** Known draws that stayed away for long enough. */
  withdrawn: { id: string; missingSince: string }[];
}

/** A round that is gone for this many looks is withdrawn. */
const LOOKS_AWAY = 3;

/**
 * Parts what was read into what to believe and what to keep apart.
 * Throws `PageError` when too much is gone or implausible for any of it to be believed.
 */
export function sift(
  reading: Reading,
  known: readonly KnownDraw[],
  earlier: readonly HeldRound[],
  options: SiftOptions,
): Sifted {
  const before = new Map(earlier.map((round) => [round.id, round]));
  const current = new Map(known.map((entry) => [entry.draw.id, entry]));
  const draws = reading.draws.map((draw) => complete(draw, reading, current.get(draw.id)));

  const found = new Map<string, Finding>();
  for (const { id, faults } of reading.unreadable)
    found.set(id, { reason: 'unreadable', faults, draw: null });
  const read = new Set([...reading.draws, ...reading.unreadable].map(({ id }) => id));
  const question = questioner(known, before, draws, options);
  for (const draw of draws) {
    const doubts = draw.id === options.believed ? [] : question(draw);
    const [gravest] = doubts;
    if (gravest)
      found.set(draw.id, { reason: gravest.reason, faults: doubts.map(({ fault }) => fault), draw });
  }
  for (const [id, finding] of massChanges(draws, current, found, options)) found.set(id, finding);
  refuseIfImplausible(reading, found, options);

  const missing = reading.says ? [] : missingFrom(known, read);
  if (missing.length > HANDFUL) {
    const { source, url } = options.document;
    throw new PageError(
      'shrunken',
      `${source}: expected the ${known.length} rounds known from ${url}, found a list without ${missing.length} of them (${briefList(missing)})`,
    );
  }
  const withdrawn: Sifted['withdrawn'] = [];
  for (const id of missing) {
    const entry = before.get(id);
    const since = entry?.reason === 'vanished' ? entry : undefined;
    const looks = (since?.looks ?? 0) + (options.again ? 0 : 1);
    if (id === options.believed || (looks >= LOOKS_AWAY && since?.status !== 'dropped'))
      withdrawn.push({ id, missingSince: since?.since ?? options.now });
    else found.set(id, vanished(id));
  }

  const held = [...found].map(([id, finding]) => hold(id, finding, before.get(id), options));
  // A document that says less than usual says nothing of what it does not list.
  const unsaid = reading.says
    ? earlier.filter(({ id, reason }) => reason === 'vanished' && !found.has(id))
    : [];
  // In an order of their own, as that of the document may change.
  const apart = [...held, ...unsaid].sort((a, b) => (a.id < b.id ? -1 : 1));
  return { draws: draws.filter(({ id }) => !found.has(id)), held: apart, withdrawn };
}

/** Fills in from what is known whatever the document does not say. */
function complete(draw: Draw, { says }: Reading, known: KnownDraw | undefined): Draw {
  const fields = says?.[draw.id];
  if (!fields || !known) return draw;
  const said = fields.map((field) => [field, draw[field]]);
  return { ...known.draw, ...Object.fromEntries(said) };
}

/** A page most of whose rounds are implausible is not to be believed in the others either. */
function refuseIfImplausible(
  reading: Reading,
  found: ReadonlyMap<string, Finding>,
  { document: { source, url } }: SiftOptions,
): void {
  const total = reading.draws.length + reading.unreadable.length;
  if (found.size <= HANDFUL || found.size * 2 <= total) return;
  const [first] = found.values();
  const example = first?.faults[0];
  throw new PageError(
    'implausible',
    `${source}: expected rounds that can be believed from ${url}, found ${found.size} of ${total} that cannot${
      example ? `, such as ${example.where}: expected ${example.expected}, found ${example.found}` : ''
    }`,
  );
}

function missingFrom(known: readonly KnownDraw[], read: ReadonlySet<string>): string[] {
  return known
    .filter(({ draw, withdrawn }) => !withdrawn && !read.has(draw.id))
    .map(({ draw }) => draw)
    .sort(compareDraws)
    .map(({ id }) => id);
}

function vanished(id: string): Finding {
  const fault = { where: id, expected: 'a round that was listed before', found: 'it no longer listed' };
  return { reason: 'vanished', faults: [fault], draw: null };
}

function hold(
  id: string,
  finding: Finding,
  before: HeldRound | undefined,
  { now, again }: SiftOptions,
): HeldRound {
  if (before?.reason !== finding.reason) return { id, ...finding, since: now, looks: 1, status: 'held' };
  // The words of a fault may name today, or the newest round; what was read is what counts.
  const same =
    finding.draw === null ? sameFacts(before.faults, finding.faults) : sameFacts(before.draw, finding.draw);
  return {
    id,
    ...finding,
    since: before.since,
    looks: before.looks + (again ? 0 : 1),
    status: same ? before.status : 'held',
  };
}

/** Those of `now` that are not what they were before: what the operator has not heard of yet. */
export function newlyHeld(now: readonly HeldRound[], before: readonly HeldRound[]): HeldRound[] {
  const known = new Map(before.map((round) => [round.id, round]));
  return now.filter(({ id, reason, status }) => {
    const earlier = known.get(id);
    return status === 'held' && (earlier?.reason !== reason || earlier.status !== status);
  });
}

function briefList(ids: readonly string[]): string {
  return ids.length <= 3 ? ids.join(', ') : `${ids[0]} to ${ids.at(-1)}`;
}
