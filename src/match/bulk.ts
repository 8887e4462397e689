// A million profiles as they are stored, judged by one draw: the verdicts of `judge`, most of them without
// reading a profile. Pure.

import { DAY, toDate, toInstant } from '../draw/calendar.ts';
import type { SpecialType } from '../event/event.ts';
import type { Criteria } from './criteria.ts';
import { wantsDraw, wantsWhatever } from './preference.ts';
import type { Profile } from './profile.ts';
import { judge, type Outcome, type Verdict } from './verdict.ts';

/** So many different sets of facts are remembered: the common ones come early. */
const REMEMBERED = 5_000;

const YES_OR_NO = '(?:true|false)';
/**
 * A profile that tells score and instant, as it is stored: score, its day and the instant, which differ from one
 * person to the next; then programmes and nomination, and what only some categories ask for.
 */
const STORED = new RegExp(
  `^{"crs":(\\d+)(?:,"crsAsOf":"([^"]+)")?,"profileSubmittedAt":"(\\d{4}-\\d\\d-\\d\\d(?:T\\d\\d:\\d\\d:\\d\\dZ)?)"` +
    `((?:,"programs":\\[[^\\]]*\\])?(?:,"nominated":${YES_OR_NO})?)` +
    `(?:,"frenchNclc7":(${YES_OR_NO}))?(?:,"experience":(\\[[^\\]]*\\]))?(?:,"militaryRecruit":(${YES_OR_NO}))?}$`,
);
/** Where it holds what the rule of a category asks for. */
const PLACES = { language: 5, experience: 6, military: 7 };

/**
 * What to tell the subscriber with this profile and these notices, both as they are stored (JSON): the verdict as
 * JSON, or `null` for nothing. Two short cuts, which a test holds against `judge` and `wantsDraw`: whose profile
 * denies what the draw asked for, and who wants to hear of no such draw, is not read; and of people with the same
 * facts, surely in the pool and on the same side of the cut-off, one is judged and the others differ in the score.
 */
export function judgeStored(
  criteria: Criteria,
  special: readonly { type: SpecialType }[],
): (profile: string, notify: string) => string | null {
  const denial = denialBy(criteria);
  const alike = likenessBy(criteria);
  const wishes = new Map<string, Wishes>();
  const remembered = new Map<string, Template>();

  return (profile, notify) => {
    let wish = wishes.get(notify);
    if (!wish) {
      wish = readWishes(notify, special);
      wishes.set(notify, wish);
    }
    if (!wish.whatever && denial?.test(profile)) return null;
    const like = alike(profile);
    if (!like) {
      const verdict = judge(criteria, JSON.parse(profile));
      return wantsDraw(wish.notify, verdict, special) ? JSON.stringify(verdict) : null;
    }
    let template = remembered.get(like.facts);
    if (!template) {
      template = makeTemplate(judge(criteria, JSON.parse(profile)));
      if (remembered.size < REMEMBERED) remembered.set(like.facts, template);
    }
    const { verdict, fill } = template;
    const { score, margin } = like;
    if (margin > 0) {
      // Above the cut-off nobody misses it narrowly: what is wanted depends on the outcome alone.
      wish.wants[verdict.outcome] ??= wantsDraw(wish.notify, verdict, special);
      if (!wish.wants[verdict.outcome]) return null;
    } else if (!wantsDraw(wish.notify, { ...verdict, margin }, special)) return null;
    return fill(margin, score);
  };
}

interface Wishes {
  notify: string[];
  whatever: boolean;
  /** Whether a verdict above the cut-off is wanted, by its outcome, once that was asked. */
  wants: Partial<Record<Outcome, boolean>>;
}

/** There are few lists of notices, however many subscribers. */
function readWishes(text: string, special: readonly { type: SpecialType }[]): Wishes {
  const notify = JSON.parse(text) as string[];
  return { notify, whatever: wantsWhatever(notify, special), wants: {} };
}

/**
 * What a profile says that is not what the draw asked for: then it was not invited, whatever else it says. `null`
 * where whom the draw was for is not known.
 */
function denialBy({ audience, contradiction, category }: Criteria): RegExp | null {
  if (audience === null || contradiction !== null) return null;
  const denials: string[] = [];
  const without = (field: keyof Profile, items: string) => `${field}":\\[(?![^\\]]*${items})`;
  if (!audience.nominees) denials.push(without('programs', `"(?:${audience.federal.join('|')})"`));
  if (audience.federal.length === 0) denials.push('nominated":false');
  if (category?.rule.kind === 'language') denials.push('frenchNclc7":false');
  if (category?.rule.kind === 'military') denials.push('militaryRecruit":false');
  if (category?.rule.kind === 'experience') {
    const listed = category.occupations.map(({ noc }) => noc).join('|');
    denials.push(without('experience', `"noc":"(?:${listed})"`));
  }
  return denials.length === 0 ? null : new RegExp(`"(?:${denials.join('|')})`);
}

/** Of a profile for which the score matters only by its side of the cut-off: that, and the facts that matter. */
interface Likeness {
  score: number;
  margin: number;
  facts: string;
}

/** At the cut-off, near an edge of the time in the pool, or with a change of the grid in between, nobody is like another. */
function likenessBy({ cutoff, held, validFrom, gridChanges, category }: Criteria) {
  const changed = gridChanges.reduce((latest, { on }) => (on > latest ? on : latest), '');
  const place = category ? PLACES[category.rule.kind] : null;
  // As they are written, days and instants in UTC are in the order of time.
  const instants = { from: toInstant(validFrom.to + 999), to: toInstant(held.from) };
  const days = { from: toDate(validFrom.to + 2 * DAY), to: toDate(held.from - 2 * DAY) };
  return (profile: string): Likeness | null => {
    const stored = cutoff === null ? null : STORED.exec(profile);
    if (!stored || cutoff === null) return null;
    const score = Number(stored[1]);
    const asOf = stored[2];
    const submittedAt = stored[3] as string;
    const surely = submittedAt.length === 10 ? days : instants;
    if (score === cutoff || submittedAt < surely.from || submittedAt > surely.to) return null;
    if (asOf !== undefined && asOf < changed) return null;
    const side = score > cutoff ? '+' : '-';
    return { score, margin: score - cutoff, facts: side + stored[4] + (place === null ? '' : stored[place]) };
  };
}

/** A verdict as JSON, to be filled with another score on the same side of the cut-off. */
interface Template {
  verdict: Verdict;
  fill(margin: number, score: number): string;
}

function makeTemplate(verdict: Verdict): Template {
  // Quoted as no text inside of JSON can be.
  const marked = verdict.reasons.map((reason) => ('score' in reason ? { ...reason, score: '@' } : reason));
  const [start, middle, end] = JSON.stringify({ ...verdict, margin: '@', reasons: marked }).split('"@"');
  const fill = (margin: number, score: number) =>
    end === undefined ? `${start}${margin}${middle}` : `${start}${margin}${middle}${score}${end}`;
  return { verdict, fill };
}
