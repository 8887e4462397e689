// archive -> what the API answers about types of draws. Pure.

import type { Draw } from '../../draw/draw.ts';
import type { DrawType } from '../../draw/draw-type.ts';
import { briefOf, type DrawBrief, type RecordKind } from '../../event/event.ts';
import { drawTypeName } from '../../notify/text/describe.ts';
import { LANGUAGES } from '../../notify/text/languages.ts';
import type { Archive, TypeHistory } from '../archive.ts';
import { specialsOf } from '../pages/special.ts';
import { recordMoves } from '../pages/type-records.ts';

interface TypeSummary {
  type: DrawType;
  name: { en: string; fr: string };
  draws: number;
  first: DrawBrief;
  latest: DrawBrief;
  /** Its latest return; `null`: it was never away for long. */
  returned: { draw: string; date: string; dormantDays: number } | null;
  /** The first draw that reached each; `null` where no draw has such a number. */
  records: Record<'lowestCutoff' | 'highestCutoff' | 'largestRound', DrawBrief | null>;
  /** Newest first. */
  versions: { version: string; draws: number; first: DrawBrief; latest: DrawBrief }[];
}

/** By their latest draw, newest first. */
export function typesAnswer(archive: Archive): { types: TypeSummary[] } {
  return { types: [...archive.types.values()].map((history) => summaryOf(archive, history)) };
}

function summaryOf(archive: Archive, { type, draws }: TypeHistory): TypeSummary {
  const [latest] = draws;
  const versions = Map.groupBy(
    draws.filter(({ version }) => version !== null),
    ({ version }) => version ?? '',
  );
  return {
    type,
    name: { en: drawTypeName(LANGUAGES.en, latest).name, fr: drawTypeName(LANGUAGES.fr, latest).name },
    ...spanOf(draws),
    returned: returnOf(archive, draws),
    records: {
      lowestCutoff: holderOf(draws, 'lowest-cutoff'),
      highestCutoff: holderOf(draws, 'highest-cutoff'),
      largestRound: holderOf(draws, 'largest-round'),
    },
    versions: [...versions].map(([version, of]) => ({ version, ...spanOf(of) })),
  };
}

/** `draws`: newest first, never empty. */
function spanOf(draws: readonly Draw[]): { draws: number; first: DrawBrief; latest: DrawBrief } {
  const [latest] = draws;
  const first = draws.at(-1);
  if (!latest || !first) throw new RangeError('a type or version without a draw');
  return { draws: draws.length, first: briefOf(first), latest: briefOf(latest) };
}

function returnOf(archive: Archive, draws: readonly Draw[]): TypeSummary['returned'] {
  for (const draw of draws) {
    const special = specialsOf(archive, draw).find(({ type }) => type === 'draw_type.returned');
    if (special?.type === 'draw_type.returned')
      return { draw: draw.id, date: draw.date, dormantDays: special.dormantDays };
  }
  return null;
}

function holderOf(draws: readonly Draw[], kind: RecordKind): DrawBrief | null {
  const last = recordMoves(draws, kind).at(-1);
  return last === undefined ? null : briefOf(last.draw);
}
