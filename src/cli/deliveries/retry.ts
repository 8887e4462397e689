// `drawbell deliveries retry`: notices that were given up or taken back wait again. It does not send.

import { Command } from 'commander';
import { InputError } from '../../errors.ts';
import { type Requeuing, requeue } from '../../journey/requeue.ts';
import { countTold, ENDED, statusesOf, type Which } from '../../store/retries.ts';
import type { Db } from '../../store/schema.ts';
import { print, printJson } from '../output.ts';
import { withSession } from '../session.ts';
import { collectNumbers, count, noSuchEvent, wrongNumbers } from './names.ts';

interface Options {
  event?: string;
  allFailed?: true;
  json?: true;
}

const WHAT = 'nothing can be queued again';

export function retryCommand(): Command {
  return new Command('retry')
    .description('queue notices again that were given up or dropped; the next run or watch sends them')
    .argument('[number...]', 'as the list shows them', collectNumbers)
    .option('--event <id>', 'all of this event that were given up or dropped')
    .option('--all-failed', 'all that were given up')
    .option('--json', 'print one JSON document')
    .action(async (ids: number[], { json, ...options }: Options) => {
      const which = readWhich(ids, options);
      const done = await withSession(async ({ db, now }) => {
        await refuseWrong(db, which);
        return requeue(db, which, now());
      });
      if (json) printJson(done);
      else print(describe(done));
    });
}

function readWhich(ids: readonly number[], { event, allFailed }: Options): Which {
  const given: Which[] = [];
  if (ids.length > 0) given.push({ ids });
  if (event !== undefined) given.push({ event });
  if (allFailed) given.push('failed');
  const [which] = given;
  if (which !== undefined && given.length === 1) return which;
  const expected = 'one of numbers, --event EVENT and --all-failed';
  const found = given.length === 0 ? 'none of them' : 'several of them';
  throw new InputError(WHAT, [{ where: 'retry', expected, found }]);
}

/** Numbers are typed by hand: with one that is wrong, nothing is done. */
async function refuseWrong(db: Db, which: Which): Promise<void> {
  if (which === 'failed') return;
  const faults =
    'event' in which
      ? (await countTold(db, which.event)) === undefined
        ? [noSuchEvent(which.event)]
        : []
      : wrongNumbers(which.ids, await statusesOf(db, which.ids), ENDED, ENDED.join(' or '));
  if (faults.length > 0) throw new InputError(WHAT, faults);
}

function describe({ queued, held, suppressed, inHand }: Requeuing): string {
  const lines = [
    queued > 0
      ? `${count(queued, 'notice')} queued: the next "drawbell run", or the watch, sends ${queued === 1 ? 'it' : 'them'}.`
      : 'Nothing is queued again.',
  ];
  if (held > 0)
    lines.push(`${count(held, 'notice')} held: the endpoint is disabled ("drawbell webhooks replay").`);
  if (suppressed > 0)
    lines.push(
      `${count(suppressed, 'notice')} left: the reader is suppressed ("drawbell subscribers suppressed").`,
    );
  if (inHand > 0)
    lines.push(`${count(inHand, 'notice')} left: another process has it in hand. Try again in two minutes.`);
  return lines.join('\n');
}
