// An event and a profile -> the verdicts that a notice of it speaks of, made anew.

import { type Event, isOperatorEvent } from '../event/event.ts';
import { criteriaOf } from '../match/criteria.ts';
import type { Profile } from '../match/profile.ts';
import { judge, type Verdict } from '../match/verdict.ts';
import { readReference } from '../store/reference.ts';

/** As a notice to a reader has them; `verdictBefore` is the one that a correction changed. */
export interface Verdicts {
  verdict: Verdict;
  verdictBefore: Verdict | null;
}

/** `told`: what is still known of the verdicts that were to be told. */
export type JudgeAgain = (profile: Profile, told: Verdicts) => Verdicts;

/** What a profile means by this event. The reasons that were to be told are forgotten as soon as a notice is settled. */
export async function judgeBy(event: Event): Promise<JudgeAgain> {
  if (isOperatorEvent(event)) return asTold;
  const reference = await readReference();
  const { draw } = event.data;
  const criteria = criteriaOf(draw, reference);
  const is = (profile: Profile): Verdict => judge(criteria, profile);
  if (event.type === 'draw.published') return (profile) => ({ verdict: is(profile), verdictBefore: null });
  if (event.type !== 'draw.corrected') return asTold;
  const { changes } = event.data;
  // Of a draw that had been taken back nothing could be said before: that holds whatever the profile.
  if (changes.some(({ field }) => field === 'withdrawn'))
    return (profile, { verdictBefore }) => ({ verdict: is(profile), verdictBefore });
  const before = Object.fromEntries(changes.map(({ field, before }) => [field, before]));
  const criteriaBefore = criteriaOf({ ...draw, ...before }, reference);
  return (profile) => ({ verdict: is(profile), verdictBefore: judge(criteriaBefore, profile) });
}

/** What they were told of a draw that is taken back is what matters, not what would hold. */
function asTold(_profile: Profile, { verdict, verdictBefore }: Verdicts): Verdicts {
  return { verdict, verdictBefore };
}
