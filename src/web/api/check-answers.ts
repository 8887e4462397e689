// a profile -> what each draw would have meant for it, as `drawbell check --json`. Pure.

import { drawNamed, latestOfEachType } from '../../draw/choice.ts';
import type { Draw } from '../../draw/draw.ts';
import { type Fault, quote } from '../../errors.ts';
import { criteriaOf } from '../../match/criteria.ts';
import { type Standing, standingOf } from '../../match/standing.ts';
import { judge, type Verdict } from '../../match/verdict.ts';
import type { Archive } from '../archive.ts';
import type { Check } from './check-schemas.ts';

export type CheckAnswer = { verdicts: (Verdict & { standing: Standing | null })[] } | { faults: Fault[] };

/** `today`: `YYYY-MM-DD`; a draw that is still to come is judged only where it is named. */
export function checkAnswer(
  archive: Archive,
  { draws, latest, ...profile }: Check,
  today: string,
): CheckAnswer {
  const found = drawsFor(archive, { draws, latest }, today);
  if ('faults' in found) return found;
  return {
    verdicts: found.draws.map((draw) => ({
      ...judge(criteriaOf(draw, archive.reference), profile),
      standing: standingOf(draw, profile),
    })),
  };
}

/** Without names, those up to today, newest first. */
function drawsFor(
  { draws }: Archive,
  { draws: names, latest }: Pick<Check, 'draws' | 'latest'>,
  today: string,
): { draws: readonly Draw[] } | { faults: Fault[] } {
  if (names === undefined) {
    const past = draws.filter(({ date }) => date <= today);
    return { draws: latest ? latestOfEachType(past) : past };
  }
  const example = draws[0]?.id ?? 'ircc:297';
  const found = names.map((name) => drawNamed(draws, name));
  const faults = found.flatMap((draw, index) =>
    draw
      ? []
      : {
          where: `draws[${index}]`,
          expected: `the id of a draw such as ${example}`,
          found: quote(names[index], 40),
        },
  );
  return faults.length > 0 ? { faults } : { draws: found.filter((draw) => draw !== undefined) };
}
