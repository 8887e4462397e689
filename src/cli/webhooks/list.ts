// `drawbell webhooks list`: every endpoint, what it gets and how it fares.

import { Command } from 'commander';
import { countKept } from '../../store/endpoint-health.ts';
import { listEndpoints, type StoredEndpoint } from '../../store/endpoints.ts';
import { type Column, formatTable, print, printJson } from '../output.ts';
import { withSession } from '../session.ts';
import { describeState, describeWishes, shortUrl, shownEndpoint, stateOf } from './describe.ts';

type Row = StoredEndpoint & { kept: number };

const COLOURS = { well: 'green', failing: 'red', slowed: 'yellow', disabled: 'red' } as const;

const COLUMNS: readonly Column<Row>[] = [
  { title: 'Id', value: ({ id }) => id },
  { title: 'Kind', value: ({ kind }) => kind },
  { title: 'Team', value: ({ team }) => team },
  { title: 'URL', value: ({ url }) => shortUrl(url) },
  { title: 'Kept', value: ({ kept }) => kept, right: true },
  { title: 'State', value: describeState, style: (row) => COLOURS[stateOf(row)] },
  { title: 'Gets', value: describeWishes },
];

/** `list`: no secret in it. */
export function listCommand(): Command {
  return new Command('list')
    .description('every endpoint: what it gets, how it fares, and what is kept for it')
    .option('--json', 'print one JSON document')
    .action(async ({ json }: { json?: true }) => {
      const rows = await withSession(async ({ db, now }) => {
        const endpoints = await listEndpoints(db, now().toISOString());
        const kept = await countKept(db);
        return endpoints.map((endpoint) => ({ ...endpoint, kept: kept.get(endpoint.id)?.count ?? 0 }));
      });
      if (json) printJson({ endpoints: rows.map(({ kept, ...endpoint }) => shownEndpoint(endpoint, kept)) });
      else print(rows.length === 0 ? 'No endpoints yet.' : formatTable(rows, COLUMNS));
    });
}
