// `drawbell subscribers suppress`, `suppressed` and `lift`: who gets nothing, whatever is asked for.

import { Command } from 'commander';
import * as z from 'zod';
import { cut, InputError, printable } from '../../errors.ts';
import { inTransaction } from '../../store/open.ts';
import { findSubscriber } from '../../store/subscribers.ts';
import { liftSuppression, listSuppressions, type Suppression, suppress } from '../../store/suppressions.ts';
import { EXIT } from '../exit.ts';
import { type Column, formatTable, print, printJson, warn } from '../output.ts';
import { withSession } from '../session.ts';
import { noSuchSubscriber } from './who.ts';

const COLUMNS: readonly Column<Suppression>[] = [
  { title: 'Id', value: ({ id }) => id },
  { title: 'Reason', value: ({ reason }) => reason, style: () => 'bold' },
  { title: 'Since', value: ({ at }) => at },
  { title: 'No.', value: ({ subscriber }) => (subscriber === null ? null : String(subscriber)), right: true },
  { title: 'Detail', value: ({ detail }) => detail },
];

export function suppressCommand(): Command {
  return new Command('suppress')
    .description('send nothing to this address any more, until it is lifted; what waits for it is dropped')
    .argument('<who>', 'the number the list shows, or an address, also one that is no subscriber')
    .option('--reason <text>', 'why, for whoever looks at it later')
    .option('--json', 'print one JSON document')
    .action(async (who: string, { reason, json }: { reason?: string; json?: true }) => {
      const detail = reason === undefined ? null : readReason(reason);
      const dropped = await withSession(({ db, now }) =>
        inTransaction(db, async (trx) => {
          const email = (await findSubscriber(trx, who))?.email ?? who.trim();
          if (!z.email().safeParse(email).success) throw noSuchSubscriber('nobody is suppressed', who);
          return suppress(trx, email, { reason: 'operator', detail }, now().toISOString());
        }),
      );
      if (json) printJson({ suppressed: true, dropped });
      else print(`Suppressed: nothing is sent there any more. ${dropped} waiting notices were dropped.`);
    });
}

/** It outlives the address, which must not be kept. */
function readReason(text: string): string {
  if (!text.includes('@')) return cut(printable(text), 200);
  const fault = { where: '--reason', expected: 'words without an address', found: 'an address, or an @' };
  throw new InputError('nobody is suppressed', [fault]);
}

export function suppressedCommand(): Command {
  return new Command('suppressed')
    .description('who gets nothing, and why; addresses are kept as keyed hashes only')
    .option('--json', 'print one JSON document')
    .action(async ({ json }: { json?: true }) => {
      const suppressions = await withSession(({ db }) => listSuppressions(db));
      if (json) printJson({ suppressed: suppressions.map(({ at: since, ...rest }) => ({ ...rest, since })) });
      else print(suppressions.length === 0 ? 'Nobody is suppressed.' : formatTable(suppressions, COLUMNS));
    });
}

export function liftCommand(): Command {
  return new Command('lift')
    .description('let messages be sent there again; what was dropped meanwhile stays so')
    .argument('<who>', 'the number the list shows, the address, or the id that `suppressed` shows')
    .option('--json', 'print one JSON document')
    .action(async (who: string, { json }: { json?: true }) => {
      const lifted = await withSession(({ db, now }) =>
        inTransaction(db, (trx) => liftSuppression(trx, who.trim(), now().toISOString())),
      );
      if (lifted === null) {
        warn('nothing is suppressed by this name: "drawbell subscribers suppressed" shows what is');
        process.exitCode = EXIT.usage;
      }
      if (json) printJson({ lifted: lifted !== null, subscriber: lifted?.subscriber ?? null });
      else if (lifted) print(describeLifted(lifted));
    });
}

function describeLifted({ reason, subscriber }: Suppression): string {
  if (subscriber !== null) return `Lifted (${reason}): subscriber ${subscriber} gets messages again.`;
  return `Lifted (${reason}): the address can be added again. Add it only when its owner asks for it.`;
}
