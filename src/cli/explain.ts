// `drawbell explain`: everything known about a draw.

import { Command } from 'commander';
import type { DrawRecord } from '../draw/record.ts';
import { InputError, quote } from '../errors.ts';
import { type Explained, explanationOf } from '../match/explain.ts';
import { findDraws, listDraws } from '../store/draws.ts';
import { listEvents } from '../store/events.ts';
import { readReference } from '../store/reference.ts';
import type { DbOrTrx } from '../store/schema.ts';
import { formatExplanation } from './explanation.ts';
import { print, printJson } from './output.ts';
import { withSession } from './session.ts';

export function makeCommand(): Command {
  return new Command('explain')
    .argument('<draw>', "a draw's id or number, e.g. ircc:297 or 297")
    .option('--json', 'print one JSON document')
    .action(async (name: string, { json }: { json?: true }) => {
      const explained = await withSession(({ db }) => explain(db, name));
      if (json) printJson(explained.explanation);
      else print(formatExplanation(explained));
    });
}

async function explain(db: DbOrTrx, name: string): Promise<Explained> {
  const record = await findDraw(db, name);
  const { id, source, type } = record.draw;
  const events = (await listEvents(db, { draw: id })).toReversed();
  return explanationOf(record, events, await listDraws(db, { source, type }), await readReference());
}

/** By its id, or by its number where only one source has such a draw. */
async function findDraw(db: DbOrTrx, name: string): Promise<DrawRecord> {
  const [found, ...others] = await findDraws(db, name);
  if (found && others.length === 0) return found;
  const example = (await listDraws(db))[0]?.id ?? 'ircc:297';
  const expected = found
    ? `one of ${[found, ...others].map(({ draw }) => draw.id).join(', ')}`
    : `a draw's id such as ${example}, or its number ("drawbell draws" lists them)`;
  const what = found ? 'several draws have that number' : 'that draw is not known';
  throw new InputError(what, [{ where: 'draw', expected, found: quote(name) }]);
}
