// What the pages of types say, in every language. Days and numbers come formatted where they are texts.

import type { RecordKind } from '../../event/event.ts';
import type { Text } from './words.ts';

export interface TypesWords {
  title: string;
  description: string;
  intro(types: number, draws: number): string;
  table: string;
  caption: string;
  /** Column headings and names of figures. */
  draws: string;
  latest: string;
  first: string;
  latestCutoff: string;
  latestInvitations: string;
  daysSince: string;
  dormant: string;
  /** What that means: away for more than so many days. */
  dormantNote(days: number): string;
  /** Categories with a list and without a draw. */
  undrawn(names: string): string;
  none: string;
  unknown: Text;
  toAll: string;
  type: TypePageWords;
}

export interface TypePageWords {
  /** Of the page of one type, for search engines. */
  description(type: string, draws: number, first: string, latest: string): string;
  /** Of the latest draw, against the newest of all. */
  dormant(days: number): string;
  /** Leads to the checker for the latest draw. */
  check: string;
  audience: string;
  chart: string;
  returns: string;
  records: { heading: string; names: Record<RecordKind, string>; moves(count: number): string };
  versions: {
    heading: string;
    version(name: string): string;
    /** `from` may be a month. */
    inForce(from: string, until: string | null): string;
    asNamed(names: string): string;
    draws(count: number): string;
    undrawn: string;
    added(count: number): string;
    removed(count: number): string;
    same: string;
    all(count: number): string;
    /** `YYYY-MM`. */
    month(text: string): string;
  };
  table: { heading: string; caption: string; version: string; gap: string };
  feeds: string;
}
