// `drawbell keys add`: lets the programs of a team in.

import { Command } from 'commander';
import { InputError } from '../../errors.ts';
import { addApiKey } from '../../store/api-keys.ts';
import { print, printJson, styled } from '../output.ts';
import { withSession } from '../session.ts';

const ABOUT =
  '\nWhoever has the key can add endpoints over the API and manage those of the same team, and no others. A team may have\n' +
  'several: to replace one, add another, give it out, and remove the first.';

/** `add TEAM`: prints the key. */
export function addCommand(): Command {
  return new Command('add')
    .description('make a key for a team; it is shown this once')
    .argument('<team>', 'its name, as "drawbell webhooks list" will show it')
    .addHelpText('after', ABOUT)
    .option('--json', 'print one JSON document')
    .action(async (text: string, { json }: { json?: true }) => {
      const team = readTeam(text);
      const added = await withSession(({ db, now }) => addApiKey(db, team, now().toISOString()));
      const { id, key } = added;
      if (json) return printJson({ id, team, key });
      print(`${styled('bold', id)} added. The key of ${team}, shown only now:\n\n  ${key}\n`);
      print('It is sent with each request, as in "Authorization: Bearer drawbell_...".');
    });
}

/** It stands in lists and in answers, and two keys with the same one share their endpoints. */
function readTeam(text: string): string {
  const team = text.normalize('NFC').trim().replace(/\s+/g, ' ');
  if (/^[\p{L}\p{N}][\p{L}\p{M}\p{N} ._&'’-]{0,59}$/u.test(team)) return team;
  // Somebody may have given a key.
  const expected = 'a name of 1 to 60 letters, digits and spaces; no address';
  throw new InputError('no key was made', [{ where: 'team', expected, found: 'something else' }]);
}
