// `drawbell keys remove`: lets nobody in with a key any more.

import { Command } from 'commander';
import { InputError } from '../../errors.ts';
import { listApiKeys, removeApiKey } from '../../store/api-keys.ts';
import { listTeamEndpoints } from '../../store/endpoints.ts';
import { print, printJson } from '../output.ts';
import { type Session, withSession } from '../session.ts';

/** `remove ID`. */
export function removeCommand(): Command {
  return new Command('remove')
    .description("let nobody in with this key any more; the team's endpoints stay")
    .argument('<id>', 'as "drawbell keys list" shows it: the middle part of the key')
    .option('--json', 'print one JSON document')
    .action(async (id: string, { json }: { json?: true }) => {
      const { team, keys, endpoints } = await withSession((session) => remove(session, id));
      if (json) return printJson({ removed: id });
      const others = keys === 0 ? 'no other key' : `${keys} other ${keys === 1 ? 'key' : 'keys'}`;
      print(
        `Removed. ${team} has ${others}, and ${endpoints} ${endpoints === 1 ? 'endpoint' : 'endpoints'}.`,
      );
    });
}

async function remove({ db, now }: Session, id: string) {
  const removed = await removeApiKey(db, id);
  if (!removed) {
    // Somebody may have given the key itself, which is nobody else's business.
    const fault = { where: 'id', expected: 'an id that "drawbell keys list" shows', found: 'something else' };
    throw new InputError('no key was removed', [fault]);
  }
  const { team } = removed;
  const keys = (await listApiKeys(db)).filter((key) => key.team === team).length;
  return { team, keys, endpoints: (await listTeamEndpoints(db, team, now().toISOString())).length };
}
