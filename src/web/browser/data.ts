// archive -> what a browser needs of it to judge by: one file beside the page, and back. Pure.

import type { Draw } from '../../draw/draw.ts';
import type { Pool } from '../../draw/pool.ts';
import type { Reference } from '../../match/reference.ts';
import type { CheckMaterial } from '../pages/check-answer.ts';

/** Where it is, from the root of these pages: one for all languages. */
export const CHECK_DATA_PATH = '/check.json';

/** Counted up when what is in the file changes its form: a page kept by a browser must not misread a newer file. */
const FORMAT = 1;

/** Of a draw what verdicts and their words are made from; the page of the draw has the rest. */
type DrawData = Omit<Draw, 'source' | 'scoreSystem' | 'invitations' | 'url' | 'pool'> & {
  pool: PoolData | null;
};
/** The bands by their limits: lists are half as long as names and values. */
type PoolData = Omit<Pool, 'bands'> & { bands: [from: number, to: number, candidates: number][] };

export interface CheckData extends Reference {
  format: typeof FORMAT;
  /** Newest first. */
  draws: DrawData[];
  /** The codes of every occupation there is. */
  occupations: string[];
}

export function checkData({ draws, reference }: CheckMaterial, occupations: ReadonlySet<string>): CheckData {
  const { categories, gridChanges } = reference;
  return { format: FORMAT, draws: draws.map(packed), categories, gridChanges, occupations: [...occupations] };
}

/** What a file of ours says. Throws when it is another one, or of another version of these pages. */
export function readCheckData(data: unknown): CheckMaterial & { occupations: ReadonlySet<string> } {
  const { format, draws, categories, gridChanges, occupations } = data as Partial<CheckData>;
  if (format !== FORMAT || !draws || !categories || !gridChanges || !occupations)
    throw new TypeError('not the data of this page');
  return {
    draws: draws.map(unpacked),
    reference: { categories, gridChanges },
    occupations: new Set(occupations),
  };
}

function packed({ source: _, scoreSystem: __, invitations: ___, url: ____, pool, ...draw }: Draw): DrawData {
  const bands = pool?.bands.map(({ from, to, candidates }): [number, number, number] => [
    from,
    to,
    candidates,
  ]);
  return { ...draw, pool: pool === null ? null : { ...pool, bands: bands ?? [] } };
}

function unpacked({ pool, ...draw }: DrawData): Draw {
  const bands = pool?.bands.map(([from, to, candidates]) => ({ from, to, candidates }));
  return {
    ...draw,
    source: draw.id.slice(0, draw.id.indexOf(':')),
    scoreSystem: 'crs',
    invitations: null,
    url: null,
    pool: pool === null ? null : { ...pool, bands: bands ?? [] },
  };
}
