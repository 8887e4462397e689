// `drawbell draws`: the draws known, newest first.

import { Command } from 'commander';
import type { Draw } from '../draw/draw.ts';
import { drawsCsv } from '../draw/export.ts';
import { type DrawFilter, listDraws } from '../store/draws.ts';
import { describeType } from './describe.ts';
import { countOption, dayOption } from './options.ts';
import { type Column, formatList, print, printJson } from './output.ts';
import { withSession } from './session.ts';

const COLUMNS: readonly Column<Draw>[] = [
  { title: 'Draw', value: (draw) => draw.id, right: true },
  { title: 'Date', value: (draw) => draw.date },
  { title: 'Type', value: describeType },
  { title: 'Invited', value: (draw) => draw.invitations, right: true },
  { title: 'Cut-off', value: (draw) => draw.cutoff, right: true, style: () => 'bold' },
  { title: 'Tie-break', value: (draw) => draw.tieBreakAt },
  { title: 'Published as', value: (draw) => draw.label },
];

type Options = DrawFilter & { limit?: number; json?: true; csv?: true };

export function makeCommand(): Command {
  return new Command('draws')
    .option('--type <type>', 'only this draw type, e.g. cec or french')
    .option('--since <day>', 'only from this day on', dayOption)
    .option('--until <day>', 'only up to this day', dayOption)
    .option('--source <id>', 'only from this source')
    .option('--limit <count>', 'only the newest so many', countOption)
    .option('--json', 'print one JSON document')
    .option('--csv', 'print comma-separated values')
    .action(async ({ limit, json, csv, ...filter }: Options) => {
      const draws = await withSession((session) => listDraws(session.db, filter));
      const wanted = draws.slice(0, limit ?? draws.length);
      if (json) printJson({ draws: wanted });
      else if (csv) process.stdout.write(drawsCsv(wanted));
      else print(wanted.length === 0 ? 'No draw matches.' : formatList(wanted, COLUMNS, limit));
    });
}
