// a draw and what happened about it -> everything known about it. Pure.

import { daysBetween } from '../draw/calendar.ts';
import { compareDraws, type Draw, type Program } from '../draw/draw.ts';
import type { DrawRecord } from '../draw/record.ts';
import { briefOf, type Change, type DrawBrief, type Event, type Special } from '../event/event.ts';
import { type Criteria, criteriaOf, programsOf } from './criteria.ts';
import type { Category, Reference } from './reference.ts';

/**
 * Part of the public contract: what `explain --json` prints and the API answers, in this order. Instants are RFC 3339.
 */
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

/** `criteria`: the same in the form that is put into words. */
export interface Explained {
  explanation: Explanation;
  criteria: Criteria;
}

/** `events`: those about this draw, oldest first. `draws`: at least those of its type, newest first, none withdrawn. */
export function explanationOf(
  { draw, revision, firstSeenAt, withdrawnAt, document }: DrawRecord,
  events: readonly Event[],
  draws: readonly Draw[],
  reference: Reference,
): Explained {
  const previous = draws.find((other) => isOfSameType(other, draw) && compareDraws(other, draw) < 0);
  const criteria = criteriaOf(draw, reference);
  const explanation: Explanation = {
    draw,
    special: events.flatMap(specialOf),
    previous: previous ? briefOf(previous) : null,
    daysSincePrevious: previous ? daysBetween(previous.date, draw.date) : null,
    audience: audienceOf(criteria),
    corrections: events.flatMap((event) =>
      event.type === 'draw.corrected' ? [{ at: event.at, changes: event.data.changes }] : [],
    ),
    withdrawnAt,
    document,
    firstSeenAt,
    revision,
  };
  return { explanation, criteria };
}

function isOfSameType(a: Draw, b: Draw): boolean {
  return a.source === b.source && a.type === b.type;
}

/** What the publication had in it, without the draw; nothing of other events. */
function specialOf(event: Event): Special[] {
  return event.type === 'draw.published' ? event.data.special : [];
}

function audienceOf({ audience, category }: Criteria): Explanation['audience'] {
  return { programs: audience && programsOf(audience), category: category && listOf(category) };
}

function listOf({ type, version, certainty, source, rule, occupations }: Category) {
  return { type, version, certainty, source, rule, occupations };
}
