// `drawbell webhooks rotate`, `disable`, `enable` and `remove`: what may have to be done about an endpoint.

import { Command } from 'commander';
import { InputError } from '../../errors.ts';
import { countKept, disableEndpoint, enableEndpoint } from '../../store/endpoint-health.ts';
import { removeEndpoint, rotateSecret } from '../../store/endpoints.ts';
import { inTransaction } from '../../store/open.ts';
import { print, printJson, styled } from '../output.ts';
import { type Session, withSession } from '../session.ts';
import { isUrlSecret } from './describe.ts';
import { findEndpoint, ID, removedMeanwhile } from './find.ts';

interface Options {
  json?: true;
}

/** `rotate ID`: only for those who are signed for. */
export function rotateCommand(): Command {
  return new Command('rotate')
    .description('give an endpoint a new secret, shown this once; the old one signs beside it for 24 hours')
    .argument(...ID)
    .option('--json', 'print one JSON document')
    .action(async (id: string, { json }: Options) => {
      const { endpoint, rotated } = await withSession((session) => rotate(session, id));
      if (json) return printJson({ id: endpoint.id, ...rotated });
      print(`The new secret of ${styled('bold', endpoint.id)}, shown only now:\n\n  ${rotated.secret}\n`);
      print(`Until ${rotated.previousUntil} everything is signed with the one before it, too.`);
      if (endpoint.previousUntil !== null) print('The one before that does not sign any more.');
    });
}

async function rotate(session: Session, id: string) {
  const endpoint = await findEndpoint(session, id);
  if (isUrlSecret(endpoint.kind)) {
    const expected =
      'an endpoint of kind standard (of the others the URL is the secret: "webhooks set" changes it)';
    throw new InputError('there is no secret to change', [{ where: 'id', expected, found: endpoint.kind }]);
  }
  const rotated = await rotateSecret(session.db, endpoint.id, session.now());
  if (!rotated) throw removedMeanwhile();
  return { endpoint, rotated };
}

/** `disable ID`. */
export function disableCommand(): Command {
  return new Command('disable')
    .description('send an endpoint nothing any more; what happens is kept for it')
    .argument(...ID)
    .option('--json', 'print one JSON document')
    .action(async (text: string, { json }: Options) => {
      const { id, kept, already } = await withSession((session) => disable(session, text));
      if (json) return printJson({ disabled: id, kept });
      print(`${styled('bold', id)} is disabled${already ? ' already' : ''}. ${keptFor(kept)}`);
      print(`"drawbell webhooks replay ${id} --since DATE" enables it again and sends it that.`);
    });
}

async function disable(session: Session, text: string) {
  const { db, now } = session;
  const { id } = await findEndpoint(session, text);
  // What was waiting for it is kept in the same moment.
  const changed = await inTransaction(db, (trx) => disableEndpoint(trx, id, 'operator', now().toISOString()));
  return { id, already: !changed, kept: (await countKept(db)).get(id)?.count ?? 0 };
}

/** `enable ID`. */
export function enableCommand(): Command {
  return new Command('enable')
    .description(
      'send to an endpoint again, from now on; what was kept for it stays kept until it is replayed',
    )
    .argument(...ID)
    .option('--json', 'print one JSON document')
    .action(async (text: string, { json }: Options) => {
      const { id, kept } = await withSession(async (session) => {
        const endpoint = await findEndpoint(session, text);
        await enableEndpoint(session.db, endpoint.id);
        return { id: endpoint.id, kept: (await countKept(session.db)).get(endpoint.id) };
      });
      if (json) return printJson({ enabled: id, kept: kept?.count ?? 0, keptSince: kept?.since ?? null });
      print(`${styled('bold', id)} is enabled: it gets what happens from now on.`);
      if (kept)
        print(`${keptFor(kept.count)} "drawbell webhooks replay ${id} --since ${kept.since}" sends it.`);
    });
}

function keptFor(count: number): string {
  return `${count} ${count === 1 ? 'notice is' : 'notices are'} kept for it.`;
}

/** `remove ID`. */
export function removeCommand(): Command {
  return new Command('remove')
    .description('forget an endpoint, and whatever was still to be sent to it')
    .argument(...ID)
    .option('--json', 'print one JSON document')
    .action(async (text: string, { json }: Options) => {
      const removed = await withSession(async (session) => {
        const { id } = await findEndpoint(session, text);
        return removeEndpoint(session.db, id);
      });
      if (json) printJson({ removed });
      else print('Removed.');
    });
}
