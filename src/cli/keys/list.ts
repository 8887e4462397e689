// `drawbell keys list`: who has keys, and whether they are used.

import { Command } from 'commander';
import { type ApiKey, listApiKeys } from '../../store/api-keys.ts';
import { type Column, formatTable, print, printJson } from '../output.ts';
import { withSession } from '../session.ts';

const COLUMNS: readonly Column<ApiKey>[] = [
  { title: 'Id', value: ({ id }) => id },
  { title: 'Team', value: ({ team }) => team },
  { title: 'Created', value: ({ createdAt }) => createdAt },
  { title: 'Last used', value: ({ usedAt }) => usedAt ?? 'never' },
];

/** `list`: no key in it, as none is kept. */
export function listCommand(): Command {
  return new Command('list')
    .description('every key: whose it is, and when it was last used (to the hour)')
    .option('--json', 'print one JSON document')
    .action(async ({ json }: { json?: true }) => {
      const keys = await withSession(({ db }) => listApiKeys(db));
      if (json) printJson({ keys });
      else print(keys.length === 0 ? 'No keys yet.' : formatTable(keys, COLUMNS));
    });
}
