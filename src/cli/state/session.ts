// What both ways need: the secret that the hashes are keyed with, and the database as it is.

import { isMailto, readConfig } from '../../config.ts';
import { InputError } from '../../errors.ts';
import type { Carrying } from '../../journey/carry.ts';
import { SOURCES } from '../../sources/index.ts';
import { isWaiting } from '../../state/ledger.ts';
import type { State } from '../../state/state.ts';
import { openSeal } from '../../store/seal.ts';
import { warn } from '../output.ts';
import { closeSession, openSession } from '../session.ts';

/** Opens the database, which is not filled from the shipped history: what is carried says what was known. */
export async function withCarrying<Result>(work: (carrying: Carrying) => Promise<Result>): Promise<Result> {
  const config = readConfig(process.env, SOURCES);
  if (config.secret === null) {
    const expected = 'the secret of the job: what is known of recipients is keyed with it';
    const fault = { where: 'DRAWBELL_SECRET', expected, found: 'nothing' };
    throw new InputError('a state cannot be carried', [fault]);
  }
  const session = openSession(config, () => new Date(), warn);
  try {
    return await work({ ...session, seal: openSeal(config.secret), operator: isMailto(config.operator) });
  } finally {
    await closeSession(session);
  }
}

/** What a state holds, in numbers. `waiting` and `settled` are notices. */
export function countState({ draws, watch, ledger, recipients }: State) {
  const sources = Object.values(draws);
  const sum = (count: (said: (typeof sources)[number]) => number) =>
    sources.reduce((total, said) => total + count(said), 0);
  const waiting = ledger.filter(isWaiting).length;
  return {
    draws: sum((said) => said.draws.length),
    events: sum((said) => said.events.length) + watch.events.length,
    notices: { waiting, settled: ledger.length - waiting },
    recipients: recipients.length,
  };
}

export function describeState(counts: ReturnType<typeof countState>): string {
  const { draws, events, notices, recipients } = counts;
  return (
    `${draws} draws and ${events} events; ${notices.waiting} notices that wait and ${notices.settled} that were told ` +
    `or given up; ${recipients} recipients of whom something has to be remembered`
  );
}
