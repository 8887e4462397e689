// `drawbell explain`: everything known about a draw.

import { Command } from 'commander';
import { daysBetween } from '../draw/calendar.ts';
import { compareDraws, type Draw, type Program } from '../draw/draw.ts';
import { InputError, quote } from '../errors.ts';
import type { Change, DrawBrief, Event, Special } from '../event/event.ts';
import { type Criteria, criteriaOf, programsOf } from '../match/criteria.ts';
import type { Category } from '../match/reference.ts';
import { type DrawRecord, findDraws, listDraws } from '../store/draws.ts';
import { listEvents } from '../store/events.ts';
import { readReference } from '../store/reference.ts';
import type { DbOrTrx } from '../store/schema.ts';
import { formatExplanation } from './explanation.ts';
import { print, printJson } from './output.ts';
import { withSession } from './session.ts';

/** Part of the public contract: what `explain --json` prints, in this order. Instants are RFC 3339. */
export interface Explanation {
  draw: Draw;
  /** As it was when the draw was first seen. */
  special: Special[];
  /** The last draw of its type before it. */
  previous: DrawBrief | null;
  daysSincePrevious: number | null;
  /** `programs`: whom its type is for; `null` for a type nobody taught us. `category`: the list in its name, where it is known. */
  audience: {
    programs: Program[] | null;
    category: Pick<Category, 'type' | 'version' | 'certainty' | 'source' | 'rule' | 'occupations'> | null;
  };
  /** Oldest first. */
  corrections: { at: string; changes: Change[] }[];
  withdrawnAt: string | null;
  document: DrawRecord['document'];
  firstSeenAt: string;
  revision: number;
}

export function makeCommand(): Command {
  return new Command('explain')
    .argument('<draw>', "a draw's id or number, e.g. ircc:297 or 297")
    .option('--json', 'print one JSON document')
    .action(async (name: string, { json }: { json?: true }) => {
      const { explanation, criteria } = await withSession(({ db }) => explain(db, name));
      if (json) printJson(explanation);
      else print(formatExplanation(explanation, criteria));
    });
}

async function explain(db: DbOrTrx, name: string): Promise<{ explanation: Explanation; criteria: Criteria }> {
  const { draw, ...record } = await findDraw(db, name);
  const events = (await listEvents(db, { draw: draw.id })).toReversed();
  const sameType = await listDraws(db, { source: draw.source, type: draw.type });
  const previous = sameType.find((other) => compareDraws(other, draw) < 0);
  const criteria = criteriaOf(draw, await readReference());
  const explanation = {
    draw,
    special: events.flatMap(specialOf),
    previous: previous ? briefOf(previous) : null,
    daysSincePrevious: previous ? daysBetween(previous.date, draw.date) : null,
    audience: audienceOf(criteria),
    corrections: events.flatMap((event) =>
      event.type === 'draw.corrected' ? [{ at: event.at, changes: event.data.changes }] : [],
    ),
    withdrawnAt: record.withdrawnAt,
    document: record.document,
    firstSeenAt: record.firstSeenAt,
    revision: record.revision,
  };
  return { explanation, criteria };
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

/** What the publication had in it, without the draw; nothing of other events. */
function specialOf(event: Event): Special[] {
  return event.type === 'draw.published' ? event.data.special : [];
}

function briefOf({ id, date, invitations, cutoff }: Draw): DrawBrief {
  return { id, date, invitations, cutoff };
}

function audienceOf({ audience, category }: Criteria): Explanation['audience'] {
  return { programs: audience && programsOf(audience), category: category && listOf(category) };
}

function listOf({ type, version, certainty, source, rule, occupations }: Category) {
  return { type, version, certainty, source, rule, occupations };
}
