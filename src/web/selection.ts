// which draws, in which order: a path says it, and so does a form. Pure.

import { compareDraws, type Draw } from '../draw/draw.ts';
import type { DrawType } from '../draw/draw-type.ts';
import type { Archive } from './archive.ts';
import { segmentsOf, slugOf } from './paths.ts';

/** The first is the order draws are in unless another is asked for. */
export const SORTS = ['newest', 'oldest', 'lowest', 'highest', 'largest', 'smallest'] as const;
export type Sort = (typeof SORTS)[number];

export interface Selection {
  /** `null`: of all types. */
  type: DrawType | null;
  /** `null`: of all years. */
  year: string | null;
  sort: Sort;
  /** Of the table; from 1. */
  page: number;
}

export const ALL_DRAWS: Selection = { type: null, year: null, sort: 'newest', page: 1 };

/** How many rows a page has: its size stays the same, however many draws there will be. */
export const PAGE_ROWS = 100;

/** What a path selects; `null` where a part is not known, out of its place, or says what goes without saying. */
export function readSegments(archive: Archive, segments: readonly string[]): Selection | null {
  const rest = [...segments];
  const take = <Value>(read: (segment: string) => Value | undefined): Value | undefined => {
    const value = rest[0] === undefined ? undefined : read(rest[0]);
    if (value !== undefined) rest.shift();
    return value;
  };
  const type = take((segment) => archive.types.get(segment)?.type) ?? null;
  const year = take((segment) => archive.years.find((one) => one === segment)) ?? null;
  const sort = take((segment) => SORTS.slice(1).find((one) => one === segment)) ?? SORTS[0];
  const page = Number(take((segment) => /^page-([1-9]\d{0,5})$/.exec(segment)?.[1]) ?? 1);
  const selection = { type, year, sort, page };
  // Each page has one path: what was read must be written the same.
  return segmentsOf(selection).join('/') === segments.join('/') ? selection : null;
}

/** What a form asks for; each field is nothing or empty where it does not matter. `null`: a value there is not. */
export function readQuery(
  archive: Archive,
  query: Readonly<Record<'type' | 'year' | 'sort', string | undefined>>,
): Selection | null {
  const type = query.type ? archive.types.get(slugOf(query.type))?.type : null;
  const year = query.year ? archive.years.find((one) => one === query.year) : null;
  const sort = query.sort ? SORTS.find((one) => one === query.sort) : SORTS[0];
  return type === undefined || year === undefined || sort === undefined
    ? null
    : { type, year, sort, page: 1 };
}

/** All draws selected, on whichever page; in their order. */
export function selectDraws(archive: Archive, { type, year, sort }: Selection): readonly Draw[] {
  const ofType = type === null ? archive.draws : (archive.types.get(slugOf(type))?.draws ?? []);
  const selected = year === null ? ofType : ofType.filter(({ date }) => date.startsWith(year));
  return sort === SORTS[0] ? selected : [...selected].sort(ORDERS[sort]);
}

/** Newest first where nothing else decides, and what was not published at the end. */
const ORDERS: Record<Sort, (a: Draw, b: Draw) => number> = {
  newest: (a, b) => compareDraws(b, a),
  oldest: compareDraws,
  lowest: (a, b) => compareFigures(a.cutoff, b.cutoff, 1) || compareDraws(b, a),
  highest: (a, b) => compareFigures(a.cutoff, b.cutoff, -1) || compareDraws(b, a),
  largest: (a, b) => compareFigures(a.invitations, b.invitations, -1) || compareDraws(b, a),
  smallest: (a, b) => compareFigures(a.invitations, b.invitations, 1) || compareDraws(b, a),
};

function compareFigures(a: number | null, b: number | null, direction: 1 | -1): number {
  if (a === null || b === null) return Number(a === null) - Number(b === null);
  return direction * (a - b);
}

/** How many pages the table of so many draws has. */
export function pagesOf(draws: number): number {
  return Math.max(1, Math.ceil(draws / PAGE_ROWS));
}

/** The draws of its page. */
export function pageOf(draws: readonly Draw[], { page }: Selection): readonly Draw[] {
  return draws.slice((page - 1) * PAGE_ROWS, page * PAGE_ROWS);
}

/**
 * What a site of files has a page for: all draws, those of each type and those of each year, in every order. Of the
 * draws of one type in one year there would be hundreds.
 */
export function staticSelections(archive: Archive): Selection[] {
  const groups = [
    ALL_DRAWS,
    ...[...archive.types.values()].map(({ type }) => ({ ...ALL_DRAWS, type })),
    ...archive.years.map((year) => ({ ...ALL_DRAWS, year })),
  ];
  return groups.flatMap((group) => {
    const pages = pagesOf(selectDraws(archive, group).length);
    return SORTS.flatMap((sort) =>
      Array.from({ length: pages }, (_, index) => ({ ...group, sort, page: index + 1 })),
    );
  });
}

/** The folder that holds these draws as files: those of the whole selection, newest first. */
export function folderOf(selection: Selection): Selection {
  return { ...selection, sort: SORTS[0], page: 1 };
}
