// State <-> database: what is remembered from one run to the next where there is no database to remember it.

import { DAY } from '../draw/calendar.ts';
import { type Event, isOperatorEvent, type OperatorEvent } from '../event/event.ts';
import { isWaiting } from '../state/ledger.ts';
import type { State } from '../state/state.ts';
import { listEvents, saveEvents } from '../store/events.ts';
import { inTransaction } from '../store/open.ts';
import type { Db, DbOrTrx } from '../store/schema.ts';
import type { Seal } from '../store/seal.ts';
import { readSources, takeSource } from './carry/draws.ts';
import { rememberLedger } from './carry/known.ts';
import { takeLedger } from './carry/ledger-in.ts';
import { readLedger } from './carry/ledger-out.ts';
import { letterQueuedAt } from './carry/lines.ts';
import { readRecipientLines, readRecipients, takeRecipients } from './carry/recipients.ts';
import { readWatch, takeWatch, toStatedEvent } from './carry/watch.ts';
import type { Deps } from './deps.ts';

export { endpointId, readerKey } from './carry/names.ts';

export interface Carrying extends Pick<Deps, 'now' | 'addresses'> {
  db: Db;
  seal: Seal;
  /** Whether whoever runs this can be reached by mail. */
  operator: boolean;
}

export interface CarriedIn {
  /** Lines of the ledger that wait for somebody whom the database does not have, by why. */
  waiting: {
    /** Whoever they were for is not among the recipients any more. */
    unknown: number;
    /** They are keyed with another secret. */
    otherSecret: number;
  };
}

/** What the operator was told is remembered for so many days; what is still to be told, for as long as that takes. */
const OPERATOR_DAYS = 60;

/**
 * Takes a state into a database whose recipients are there already: what is known there stays known, what was told
 * stays told, all of it or nothing. Throws `InputError` for a state whose parts do not belong together, and whatever
 * `check` throws, which is asked at the end.
 */
export async function carryIn(
  state: State,
  carrying: Carrying,
  check: (carried: CarriedIn) => void = () => undefined,
): Promise<CarriedIn> {
  const now = carrying.now();
  const { isWhole, ...carried } = await inTransaction(carrying.db, async (trx) => {
    for (const [source, said] of Object.entries(state.draws)) await takeSource(trx, source, said);
    await saveEvents(trx, state.watch.events);
    await takeWatch(trx, state.watch, carrying);
    await takeRecipients(trx, state.recipients, await readRecipients(trx, carrying.operator), carrying);
    // As they are by now: some of them get nothing.
    const recipients = await readRecipients(trx, carrying.operator);
    const taken = await takeLedger(trx, state.ledger, eventsOf(state), recipients, carrying);
    check(taken);
    return taken;
  });
  if (isWhole) rememberLedger(carrying.db, state.ledger, now);
  return carried;
}

function eventsOf({ draws, watch }: State): Map<string, Event> {
  const events = [...Object.values(draws).flatMap((said) => said.events), ...watch.events];
  return new Map(events.map((event) => [event.id, event]));
}

/**
 * Everything in the database as a state; `known`: the state before, which was taken in, and whose lines about others
 * are kept. Where nothing has happened since, it is the same.
 */
export async function carryOut(known: State, carrying: Carrying): Promise<State> {
  // All of it as of one moment: what is handed over meanwhile must not be half in it.
  const now = carrying.now();
  const state = await inTransaction(carrying.db, (trx) => readState(trx, known, carrying));
  rememberLedger(carrying.db, state.ledger, now);
  return state;
}

async function readState(trx: DbOrTrx, known: State, carrying: Carrying): Promise<State> {
  const recipients = await readRecipients(trx, carrying.operator);
  const events = (await listEvents(trx)).reverse();
  const draws = await readSources(trx, events);
  const lines = await readLedger(trx, known.ledger, recipients, carrying);
  const told = events.filter(isOperatorEvent).filter(keeper(lines, carrying.now())).map(toStatedEvent);
  const watch = { ...(await readWatch(trx, known.watch, carrying)), events: told };
  const listed = eventsOf({ ...known, draws, watch });
  return {
    draws,
    watch,
    // What the operator was told long ago is forgotten, and that it was.
    ledger: lines.filter(({ event }) => listed.has(event) || letterQueuedAt(event) !== null),
    recipients: await readRecipientLines(trx, known.recipients, recipients, carrying),
  };
}

function keeper(lines: State['ledger'], now: Date) {
  const since = new Date(now.getTime() - OPERATOR_DAYS * DAY).toISOString();
  const open = new Set(lines.filter(isWaiting).map(({ event }) => event));
  return ({ id, at }: OperatorEvent): boolean => at >= since || open.has(id);
}
