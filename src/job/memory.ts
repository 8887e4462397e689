// The state on its branch <-> an installation in memory, for as long as a job runs.

import { randomInt } from 'node:crypto';
import { openSession, type Session, settleHistory } from '../cli/session.ts';
import { saveEntries } from '../cli/subscribers/entries.ts';
import type { Entry } from '../cli/subscribers/file.ts';
import { isMailto } from '../config.ts';
import { InputError, StateError } from '../errors.ts';
import type { Branch, Files } from '../git/branch.ts';
import { type CarriedIn, type Carrying, carryIn, carryOut, endpointId, readerKey } from '../journey/carry.ts';
import type { Consent } from '../match/profile.ts';
import { parseState, printState } from '../state/files.ts';
import { mergeStates } from '../state/merge.ts';
import type { State } from '../state/state.ts';
import { addEndpoint } from '../store/endpoints.ts';
import { LEASE } from '../store/lanes.ts';
import { openSeal, type Seal } from '../store/seal.ts';
import type { Inputs } from './inputs.ts';

export interface Memory {
  session: Session;
  carried: CarriedIn;
  /** Nothing was remembered before. */
  isFirst: boolean;
  /** Others have written meanwhile, or it is not known: what is here is not all there is. */
  isStale(): boolean;
  /**
   * Writes down what is known now, before anything that follows from it is done. Throws `StateError`: then it must not
   * be done.
   */
  writeAhead(): Promise<void>;
  /**
   * Writes down what was done, also where others have written meanwhile; nothing where it could not be written down
   * before anything was. Throws `StateError` when it cannot be, however often it is tried.
   */
  writeDone(): Promise<void>;
}

/** What a job is made with beyond its inputs. */
export interface World {
  branch: Branch;
  now(): Date;
  warn(message: string): void;
  /** Aborted when the job is to end. */
  signal: AbortSignal;
  /** Of each minute: when a patrol looks, so that not all of them do at once. */
  second: number;
  /** Resolves after so many milliseconds, or as soon as the job is to end. */
  pause(length: number): Promise<void>;
}

/** Of each state: a branch with other files alone is somebody's work, and its README would be written over. */
const ALWAYS_THERE = 'watch.json';
/** Where nobody is told anything, nothing is secret: what is hashed then is where a document was read. */
const NO_SECRET = 'nobody is told';
/**
 * Written ahead later than this, in milliseconds, nothing of it is handed over. For others it is due again after twice a
 * lease; what is given out is begun and ended within one. This leaves a minute for machines whose clocks differ.
 */
const LATEST = LEASE - 60_000;
const TOO_LATE = `The branch was written so late (after more than ${LATEST / 1_000} s) that nothing was sent: a later run does`;
/** What was done is tried to be written down so often, with pauses of these milliseconds in between. */
const PAUSES = [1_000, 3_000, 10_000, 30_000] as const;

/**
 * Reads the state and makes the installation of it, the inputs' recipients in it. `describe`: what has happened, in one
 * line. Throws `StateError`, `InputError`.
 */
export async function openMemory(
  inputs: Inputs,
  world: World,
  describe: () => Promise<string>,
): Promise<Memory> {
  const { branch, now, warn, signal } = world;
  const { config } = inputs;
  let written: Files = await branch.read();
  const isFirst = written.size === 0;
  if (!isFirst && !written.has(ALWAYS_THERE)) throw notOurs();
  let known: State = parseState(written);
  const session: Session = {
    ...openSession(config, now, warn),
    operatorMail: isMailto(config.operator) && config.smtpUrl !== null,
    signal,
    beforeHandOver: writeAhead,
  };
  const seal = openSeal(config.secret ?? NO_SECRET);
  const carrying: Carrying = { ...session, seal, operator: isMailto(config.operator) };
  await putRecipients(inputs, session, seal);
  const carried = await carryIn(known, carrying);
  await settleHistory(session);

  async function write(state: State): Promise<void> {
    const files = printState(state);
    if (isSame(files, written)) return;
    await branch.publish(files, await describe());
    [known, written] = [state, files];
  }

  /** Something may have been done that is not written down. */
  let begun = false;
  let stale = false;

  async function writeAhead(): Promise<void> {
    const claimed = now().getTime();
    try {
      await write(await carryOut(known, carrying));
      begun = true;
    } catch (error) {
      stale = true;
      throw error;
    }
    // By the clock, which goes on while the machine sleeps.
    if (now().getTime() - claimed > LATEST) throw new StateError('unreachable', TOO_LATE);
  }

  async function writeDone(): Promise<void> {
    // What another run was quicker with is left to it.
    if (stale && !begun) return;
    const done = await carryOut(known, carrying);
    for (let tries = 0; ; tries += 1) {
      try {
        return await write(stale ? await mergedWith(done) : done);
      } catch (error) {
        stale = true;
        const pause = PAUSES[tries];
        if (!(error instanceof StateError) || pause === undefined) throw error;
        await world.pause(pause);
      }
    }
  }

  /** With what is there by now. */
  async function mergedWith(done: State): Promise<State> {
    written = await branch.read();
    return mergeStates(parseState(written), done);
  }

  return { session, carried, isFirst, isStale: () => stale, writeAhead, writeDone };
}

function notOurs(): InputError {
  const fault = {
    where: 'state-branch',
    expected: 'a branch for the state alone',
    found: 'one with other files',
  };
  return new InputError('The branch cannot be used', [fault]);
}

/** Under names that are the same in each run: messages carry the same ids then. */
async function putRecipients({ subscribers, webhooks }: Inputs, session: Session, seal: Seal): Promise<void> {
  // In the order in which they are put in they are told, a few at a time: in each run another, so that the branch does
  // not show who of one draw is who of the next.
  const people = shuffled(subscribers).map((entry) => ({ ...entry, consent: consentOf(entry) }));
  await saveEntries(session, people, (address) => readerKey(seal, address));
  const at = session.now().toISOString();
  for (const webhook of shuffled(webhooks)) {
    const { events, sources, drawTypes, ...endpoint } = webhook;
    const wishes = { events, sources, drawTypes };
    await addEndpoint(session.db, { ...endpoint, ...wishes, id: endpointId(seal, webhook.url) }, at);
  }
}

/** The list is read anew in each run: when somebody agreed is known only where it says so. */
function consentOf({ consent }: Entry): Consent {
  return consent?.at === undefined ? { ...consent, how: 'list' } : consent;
}

function shuffled<Item>(items: readonly Item[]): Item[] {
  const places = items.map((item) => ({ item, place: randomInt(2 ** 47) }));
  return places.sort((a, b) => a.place - b.place).map(({ item }) => item);
}

function isSame(files: Files, others: Files): boolean {
  return [...files].every(([name, text]) => others.get(name) === text);
}
