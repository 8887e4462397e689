// Whether somebody would have been invited, the slow way: try every way to fill in what is not known, and see
// whether the answer is always the same. Written from the rules of the field, with nothing of src/match in it.

import type { Draw, Program } from '../../src/draw/draw.ts';
import type { Profile } from '../../src/match/profile.ts';
import type { Outcome } from '../../src/match/verdict.ts';
import type { Work } from './profiles.ts';
import { reference } from './reference.ts';

const SECOND = 1000;
const HOUR = 3_600 * SECOND;
const NEWFOUNDLAND = 2.5 * HOUR;
const PACIFIC = 8 * HOUR;

/** A person and a round of whom everything is known. Instants are in milliseconds. */
interface World {
  score: number;
  submitted: number;
  programs: readonly string[];
  nominated: boolean;
  french: boolean;
  recruit: boolean;
  work: readonly Required<Work>[];
  cutoff: number;
  tieBreak: number;
  held: number;
  /** Where nobody knows whom the round was for: whether it was for this person. */
  forThem: boolean;
}

const SOME_PROGRAM = ['cec', 'fsw', 'fst'];

/** Whom a type is for; `null` where it is not known, and where what was published says something else. */
function audienceOf({ type, programs }: Draw): string[] | null {
  const audience = {
    general: [...SOME_PROGRAM, 'pnp'],
    cec: ['cec'],
    fsw: ['fsw'],
    fst: ['fst'],
    pnp: ['pnp'],
  };
  const invited = type.startsWith('other:')
    ? null
    : ((audience as Record<string, string[]>)[type] ?? SOME_PROGRAM);
  const agrees = programs === null || [...programs].sort().join() === [...(invited ?? [])].sort().join();
  return agrees ? invited : null;
}

function isProgramDraw({ type }: Draw): boolean {
  return ['general', 'cec', 'fsw', 'fst', 'pnp'].includes(type);
}

function listOf(draw: Draw) {
  return reference.categories.find(
    ({ type, inNames }) => type === draw.type && draw.version !== null && inNames.includes(draw.version),
  );
}

/** The two-valued rule, as the field would put it. */
function isInvited(draw: Draw, world: World): boolean {
  const plusTwelveMonths = (ms: number) => {
    const [year, rest] = [new Date(ms).getUTCFullYear(), new Date(ms).toISOString().slice(4)];
    return `${year + 1}${rest}`;
  };
  const inPool =
    world.submitted <= world.held && plusTwelveMonths(world.submitted) >= new Date(world.held).toISOString();
  const enough =
    world.score > world.cutoff || (world.score === world.cutoff && world.submitted <= world.tieBreak);
  return inPool && enough && isEligible(draw, world);
}

function isEligible(draw: Draw, world: World): boolean {
  const audience = audienceOf(draw);
  if (audience === null) return world.forThem;
  const has = world.nominated ? [...world.programs, 'pnp'] : world.programs;
  if (!has.some((program) => audience.includes(program as Program))) return false;
  return isProgramDraw(draw) || meetsCategory(draw, world);
}

function meetsCategory(draw: Draw, world: World): boolean {
  const list = listOf(draw);
  if (!list) return world.forThem;
  const { rule } = list;
  if (rule.kind === 'language') return world.french;
  if (rule.kind === 'military') return world.recruit;
  return list.occupations.some(({ noc }) => {
    const counted = world.work.filter(
      (one) => one.noc === noc && (rule.where === 'anywhere' || one.inCanada),
    );
    if (rule.continuous) return counted.some((one) => one.continuous && one.months >= rule.months);
    return counted.reduce((sum, { months }) => sum + months, 0) >= rule.months;
  });
}

/** Every world that agrees with what is told and published; of instants and scores those near an edge. */
export function possibleWorlds(draw: Draw, profile: Profile): World[] {
  const helds = heldAt(draw);
  const tieBreaks = draw.tieBreakAt === null ? [-Infinity, Infinity] : [Date.parse(draw.tieBreakAt)];
  const cutoffs = draw.cutoff === null ? [-Infinity, Infinity] : [draw.cutoff];
  const parts: { [Key in keyof World]: readonly World[Key][] } = {
    score: profile.crs === undefined ? [0, draw.cutoff ?? 500, 1200] : [profile.crs],
    submitted: submittedAt(profile.profileSubmittedAt, [...helds, ...tieBreaks]),
    programs: profile.programs ? [profile.programs] : subsetsOf(SOME_PROGRAM),
    nominated: eitherOr(profile.nominated),
    french: eitherOr(profile.frenchNclc7),
    recruit: eitherOr(profile.militaryRecruit),
    work: worksOf(draw, profile.experience),
    cutoff: cutoffs,
    tieBreak: tieBreaks,
    held: helds,
    forThem: [false, true],
  };
  let worlds: Partial<World>[] = [{}];
  for (const [key, values] of Object.entries(parts))
    worlds = worlds.flatMap((world) => values.map((value) => ({ ...world, [key]: value })));
  return worlds as World[];
}

/** What all worlds say; `cannot-tell` where they differ. */
export function outcomeByWorlds(draw: Draw, profile: Profile): Outcome {
  const answers = new Set(possibleWorlds(draw, profile).map((world) => isInvited(draw, world)));
  if (answers.size > 1) return 'cannot-tell';
  return answers.has(true) ? 'invited' : 'not-invited';
}

/** The time published, unless it is one of another day; then any time of that day. */
function heldAt({ date, issuedAt }: Draw): number[] {
  const start = Date.parse(`${date}T00:00:00Z`);
  const end = start + 24 * HOUR + PACIFIC - 1;
  const issued = issuedAt === null ? Number.NaN : Date.parse(issuedAt);
  return issued >= start && issued <= end ? [issued] : [start, end];
}

function submittedAt(told: string | undefined, edges: readonly number[]): number[] {
  const near = edges
    .filter(Number.isFinite)
    .flatMap((edge) => [
      edge,
      edge + SECOND,
      ...[-1, 0, 1].map((seconds) => yearBefore(edge) + seconds * SECOND),
    ]);
  const ages = [Math.min(...edges.filter(Number.isFinite)) - 1000 * 24 * HOUR];
  if (told === undefined) return [...near, ...ages];
  if (told.length > 10) return [Date.parse(told)];
  const start = Date.parse(`${told}T00:00:00Z`);
  const [first, last] = [start + NEWFOUNDLAND, start + 24 * HOUR + PACIFIC - 1];
  return [first, last, ...near.filter((ms) => ms > first && ms < last)];
}

function yearBefore(ms: number): number {
  const date = new Date(ms);
  return date.setUTCFullYear(date.getUTCFullYear() - 1);
}

/** Not told at all is anything from none to more than any list asks for. */
function worksOf(draw: Draw, experience: Profile['experience']): Required<Work>[][] {
  if (!experience) {
    const noc = listOf(draw)?.occupations[0]?.noc ?? '00000';
    return [[], [{ noc, months: 36, continuous: true, inCanada: true }]];
  }
  let works: Required<Work>[][] = [[]];
  for (const one of experience) {
    const filled = eitherOr(one.continuous).flatMap((continuous) =>
      eitherOr(one.inCanada).map((inCanada) => ({ ...one, continuous, inCanada })),
    );
    works = works.flatMap((work) => filled.map((more) => [...work, more]));
  }
  return works;
}

function eitherOr(told: boolean | undefined): boolean[] {
  return told === undefined ? [false, true] : [told];
}

function subsetsOf(all: readonly string[]): string[][] {
  return all.reduce<string[][]>((sets, one) => sets.flatMap((set) => [set, [...set, one]]), [[]]);
}
