// A recorded copy of the official feed -> data/draws/ircc.json, the history the program ships.
// Usage: node scripts/make-history.ts YYYY-MM-DD.json data/draws/ircc.json

import { readFileSync, writeFileSync } from 'node:fs';
import { basename } from 'node:path';
import type { Draw } from '../src/draw/draw.ts';
import { ircc } from '../src/sources/ircc.ts';

const [capture, out] = process.argv.slice(2);
const asOf = /^(\d{4}-\d{2}-\d{2})\.json$/.exec(basename(capture ?? ''))?.[1];
if (capture === undefined || out === undefined || asOf === undefined) {
  process.stderr.write('usage: node scripts/make-history.ts YYYY-MM-DD.json OUT.json\n');
  process.exit(2);
}

const { draws, unreadable, doubts } = ircc.parse({
  source: ircc.id,
  url: ircc.documentUrl,
  status: 200,
  headers: {},
  bytes: readFileSync(capture),
  hash: '',
  fetchedAt: `${asOf}T00:00:00Z`,
});
// History is what nobody will ask about again: it must not begin with a gap.
if (unreadable.length > 0 || doubts.length > 0) {
  process.stderr.write(`${JSON.stringify({ unreadable, doubts }, null, 2)}\n`);
  process.exit(3);
}
writeFileSync(out, history(draws, asOf));
process.stdout.write(`${out}: ${draws.length} draws as of ${asOf}\n`);

/** One draw a line, oldest first, so that a new draw is one new line in a diff. */
function history(draws: readonly Draw[], asOf: string): string {
  const about = [
    `Express Entry rounds of invitations as of ${asOf}: the facts of each round, normalized.`,
    `Read from the data behind "Express Entry rounds of invitations" by ${ircc.publisher}, ${ircc.pageUrl}.`,
    'The copy was neither made nor endorsed by the Government of Canada; where the two differ, the official page is right.',
  ].join(' ');
  const lines = draws.map((draw) => JSON.stringify(draw)).join(',\n');
  return `{\n"about": ${JSON.stringify(about)},\n"asOf": "${asOf}",\n"draws": [\n${lines}\n]\n}\n`;
}
