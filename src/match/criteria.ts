// draw -> what it asks of a profile, worked out once however many profiles are judged by it. Pure.

import { canadianDay, dayStart, instantMs, type Span } from '../draw/calendar.ts';
import type { Draw, Program } from '../draw/draw.ts';
import { isKnownDrawType, type KnownDrawType } from '../draw/draw-type.ts';
import { type Category, categoryOf, type GridChange, type Reference } from './reference.ts';

export type FederalProgram = Exclude<Program, 'pnp'>;
const FEDERAL: readonly FederalProgram[] = ['fsw', 'cec', 'fst'];

interface Audience {
  /** One of these; nominees may come beside them. */
  federal: readonly FederalProgram[];
  nominees: boolean;
  /** A category asks for something beyond the programme. */
  category: boolean;
}

const ANY_PROGRAM: Audience = { federal: FEDERAL, nominees: false, category: true };
const only = (program: FederalProgram): Audience => ({
  federal: [program],
  nominees: false,
  category: false,
});

/** Whom each draw type invites. */
const AUDIENCES: Record<KnownDrawType, Audience> = {
  general: { federal: FEDERAL, nominees: true, category: false },
  cec: only('cec'),
  fsw: only('fsw'),
  fst: only('fst'),
  pnp: { federal: [], nominees: true, category: false },
  french: ANY_PROGRAM,
  healthcare: ANY_PROGRAM,
  stem: ANY_PROGRAM,
  trades: ANY_PROGRAM,
  transport: ANY_PROGRAM,
  agriculture: ANY_PROGRAM,
  education: ANY_PROGRAM,
  physicians: ANY_PROGRAM,
  'senior-managers': ANY_PROGRAM,
  researchers: ANY_PROGRAM,
  military: ANY_PROGRAM,
};

/** All that a verdict depends on, of a draw. */
export interface Criteria {
  /** The draw's id. */
  draw: string;
  cutoff: number | null;
  tieBreakAt: string | null;
  /** When it was held, as exactly as that is known. */
  held: Span;
  /** Twelve months earlier: a profile from before that was no longer valid. */
  validFrom: Span;
  /** `null`: nobody taught us whom this type is for. */
  audience: Audience | null;
  /** The programmes published, where they contradict the type. */
  contradiction: Program[] | null;
  /** The version in the name, and the list that goes with it; `null` when it is not known, or none is asked for. */
  version: string | null;
  category: Category | null;
  /** The changes of the points grid up to its day. */
  gridChanges: readonly GridChange[];
}

export function criteriaOf(draw: Draw, { categories, gridChanges }: Reference): Criteria {
  const audience = isKnownDrawType(draw.type) ? AUDIENCES[draw.type] : null;
  const held = heldSpan(draw);
  return {
    draw: draw.id,
    cutoff: draw.cutoff,
    tieBreakAt: draw.tieBreakAt,
    held,
    validFrom: { from: twelveMonthsBefore(held.from), to: twelveMonthsBefore(held.to) },
    audience,
    contradiction: contradicts(draw.programs, audience) ? draw.programs : null,
    version: audience?.category ? draw.version : null,
    category: audience?.category ? categoryOf(categories, draw) : null,
    gridChanges: gridChanges.filter(({ on }) => on <= draw.date),
  };
}

/** Which programmes an audience is of, in the words of a draw. */
export function programsOf({ federal, nominees }: Audience): Program[] {
  return nominees ? [...federal, 'pnp'] : [...federal];
}

function contradicts(published: readonly Program[] | null, audience: Audience | null): boolean {
  if (published === null || audience === null) return false;
  const expected = programsOf(audience);
  return expected.length !== published.length || !expected.every((program) => published.includes(program));
}

/** The published instant where it agrees with the published day (it is typed by hand), else the whole day. */
function heldSpan(draw: Draw): Span {
  const start = dayStart(draw.date);
  if (start === null) throw new RangeError(`${draw.id}: not a day: ${draw.date}`);
  const day = { from: start, to: canadianDay(draw.date).to };
  const issued = draw.issuedAt === null ? null : instantMs(draw.issuedAt);
  return issued !== null && issued >= day.from && issued <= day.to ? { from: issued, to: issued } : day;
}

/** Of 29 February, that is the start of 1 March: a profile of 28 February before was no longer valid. */
function twelveMonthsBefore(ms: number): number {
  const date = new Date(ms);
  const month = date.getUTCMonth();
  date.setUTCFullYear(date.getUTCFullYear() - 1);
  return date.getUTCMonth() === month ? date.getTime() : date.setUTCHours(0, 0, 0, 0);
}
