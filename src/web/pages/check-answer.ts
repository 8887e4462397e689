// a form -> verdicts: which draws it asks about, and what each means for the profile in it. Pure.

import { toDate } from '../../draw/calendar.ts';
import { drawNamed, latestOfEachType } from '../../draw/choice.ts';
import type { Draw } from '../../draw/draw.ts';
import { criteriaOf } from '../../match/criteria.ts';
import type { Present, Profile } from '../../match/profile.ts';
import { judge } from '../../match/verdict.ts';
import type { Judged } from '../../notify/text/judged.ts';
import type { Archive } from '../archive.ts';
import { type FormFaults, type RawForm, readProfileForm, textIn } from '../profile-form.ts';

/** What an answer is made from; draws newest first. */
export type CheckMaterial = Pick<Archive, 'draws' | 'reference'>;

/** Beside one draw by its id: what can be asked about. */
const SCOPES = ['latest', 'all'] as const;
type Scope = (typeof SCOPES)[number];

export interface CheckAnswer {
  asked: Scope | 'one';
  profile: Profile;
  /** Newest first. */
  judged: readonly Judged[];
}

/** A form as it came, and what came of it; `answer` is `null` where nothing was asked, or with faults. */
export interface CheckState {
  raw: RawForm;
  faults: FormFaults;
  answer: CheckAnswer | null;
}

/** The form before anything was filled in, perhaps with a draw chosen by a link; one that is not known is a fault. */
export function openForm({ draws }: CheckMaterial, asked: string | null): CheckState {
  if (asked === null || asked === '') return { raw: new Map(), faults: new Map(), answer: null };
  const draw = drawNamed(draws, asked);
  const raw = new Map([['draw', [draw?.id ?? asked]]]);
  return { raw, faults: new Map(draw || isScope(asked) ? [] : [['draw', 'unknown']]), answer: null };
}

/** What is filled in, answered. */
export function answerForm(raw: RawForm, material: CheckMaterial, present: Present): CheckState {
  const { profile, faults } = readProfileForm(raw, present);
  const asked = textIn(raw, 'draw') || 'latest';
  const scope = isScope(asked) ? asked : null;
  const chosen =
    scope === null ? [drawNamed(material.draws, asked)] : inScope(material.draws, scope, present.now);
  const draws = chosen.filter((draw) => draw !== undefined);
  if (scope === null && draws.length === 0)
    return { raw, faults: new Map([...faults, ['draw', 'unknown']]), answer: null };
  if (faults.size > 0) return { raw, faults, answer: null };
  const judged = draws.map((draw) => ({
    draw,
    verdict: judge(criteriaOf(draw, material.reference), profile),
  }));
  return { raw, faults, answer: { asked: scope ?? 'one', profile, judged } };
}

function isScope(text: string): text is Scope {
  return (SCOPES as readonly string[]).includes(text);
}

/** Of those that have been held. */
function inScope(draws: readonly Draw[], scope: Scope, now: Date): Draw[] {
  const today = toDate(now.getTime());
  const past = draws.filter(({ date }) => date <= today);
  return scope === 'all' ? past : latestOfEachType(past);
}
