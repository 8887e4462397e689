// `drawbell deliveries drop` and `stop`: notices that are not to be told after all. What was sent stays recorded.

import { Command } from 'commander';
import { InputError } from '../../errors.ts';
import { inTransaction } from '../../store/open.ts';
import { countTold, dropNotices, OPEN, statusesOf } from '../../store/retries.ts';
import { print, printJson } from '../output.ts';
import { withSession } from '../session.ts';
import { collectNumbers, count, noSuchEvent, wrongNumbers } from './names.ts';

export function dropCommand(): Command {
  return new Command('drop')
    .description('take notices back that were not handed over; all of these, or none when one is wrong')
    .argument('<number...>', 'as the list shows them', collectNumbers)
    .option('--json', 'print one JSON document')
    .action(async (ids: number[], { json }: { json?: true }) => {
      const done = await withSession(({ db, now }) =>
        inTransaction(db, async (trx) => {
          const faults = wrongNumbers(ids, await statusesOf(trx, ids), OPEN, OPEN.join(', '));
          if (faults.length > 0) throw new InputError('nothing is dropped', faults);
          return dropNotices(trx, { ids }, now().toISOString());
        }),
      );
      if (json) printJson(done);
      else print([`${count(done.dropped, 'notice')} dropped.`, ...describeInHand(done)].join('\n'));
    });
}

export function stopCommand(): Command {
  return new Command('stop')
    .description('tell nobody more of an event: whatever of it was not handed over is dropped')
    .argument('<event>', 'e.g. draw.published/ircc:297')
    .option('--json', 'print one JSON document')
    .action(async (event: string, { json }: { json?: true }) => {
      const done = await withSession(({ db, now }) =>
        inTransaction(db, async (trx) => {
          const told = await countTold(trx, event);
          if (told === undefined) throw new InputError('nothing is stopped', [noSuchEvent(event)]);
          return { told, ...(await dropNotices(trx, { event }, now().toISOString())) };
        }),
      );
      if (json) return printJson(done);
      const { told, dropped } = done;
      print(
        [
          `${count(told, 'recipient')} told already, ${count(dropped, 'notice')} dropped.`,
          ...describeInHand(done),
        ].join('\n'),
      );
      if (dropped > 0) print(`"drawbell deliveries retry --event ${event}" queues them again.`);
    });
}

function describeInHand({ inHand }: { inHand: number }): string[] {
  if (inHand === 0) return [];
  return [
    `Of these, ${inHand} are being handed over now: each arrives and counts as sent, or is not tried again.`,
  ];
}
