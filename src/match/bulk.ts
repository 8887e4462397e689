// A million profiles as they are stored, judged by one draw: the verdicts of `judge`, most of them without
// reading a profile. Pure.

import { DAY, toDate, toInstant } from '../draw/calendar.ts';
import type { SpecialType } from '../event/event.ts';
import type { Criteria } from './criteria.ts';
import { wantsDraw, wantsWhatever } from './preference.ts';
import type { Profile } from './profile.ts';
import { judge, type Outcome, type Verdict } from './verdict.ts';

/** So many different sets of facts are remembered: the common ones come early. */
const REMEMBERED = 10_000;

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
const BASIC = 4;
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
  const { cutoff, category } = criteria;
  const place = category ? PLACES[category.rule.kind] : null;
  const wishes = new Map<string, Wishes>();
  const [above, below] = [new Map<string, Template>(), new Map<string, Template>()];

  return (profile, notify) => {
    let wish = wishes.get(notify);
    if (!wish) {
      wish = readWishes(notify, special);
      wishes.set(notify, wish);
    }
    if (!wish.whatever && denial?.test(profile)) return null;
    const stored = STORED.exec(profile);
    const score = Number(stored?.[1]);
    if (!stored || cutoff === null || !alike(score, stored)) {
      const verdict = judge(criteria, JSON.parse(profile));
      return wantsDraw(wish.notify, verdict, special) ? inAscii(JSON.stringify(verdict)) : null;
    }
    const side = score > cutoff ? above : below;
    const facts = place === null ? (stored[BASIC] as string) : `${stored[BASIC]}${stored[place]}`;
    let template = side.get(facts);
    if (!template) {
      template = makeTemplate(judge(criteria, JSON.parse(profile)));
      if (side.size < REMEMBERED) side.set(facts, template);
    }
    const { outcome } = template.verdict;
    const margin = score - cutoff;
    if (margin > 0) {
      // Above the cut-off nobody misses it narrowly: what is wanted depends on the outcome alone.
      wish.wants[outcome] ??= wantsDraw(wish.notify, template.verdict, special);
      if (!wish.wants[outcome]) return null;
    } else if (!wantsDraw(wish.notify, { ...template.verdict, margin }, special)) return null;
    return fill(template, margin, score);
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
  const without = (field: keyof Profile, items: string) => `${field}":\\[(?![^\\]]*?${items})`;
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

/**
 * Whether of a stored profile the score matters only by its side of the cut-off. At the cut-off, near an edge of
 * the time in the pool, or with a change of the grid in between, nobody is like another.
 */
function likenessBy({ cutoff, held, validFrom, gridChanges }: Criteria) {
  const changed = gridChanges.reduce((latest, { on }) => (on > latest ? on : latest), '');
  // As they are written, days and instants in UTC are in the order of time.
  const instants = { from: toInstant(validFrom.to + 999), to: toInstant(held.from) };
  const days = { from: toDate(validFrom.to + 2 * DAY), to: toDate(held.from - 2 * DAY) };
  return (score: number, [, , asOf, submittedAt = '']: RegExpExecArray): boolean => {
    const surely = submittedAt.length === 10 ? days : instants;
    if (score === cutoff || submittedAt < surely.from || submittedAt > surely.to) return false;
    return asOf === undefined || asOf >= changed;
  };
}

/** A verdict as JSON, to be filled with another score on the same side of the cut-off. */
interface Template {
  verdict: Verdict;
  start: string;
  /** Between margin and score; all of the rest where no reason speaks of the score. */
  middle: string;
  end: string | undefined;
}

function makeTemplate(verdict: Verdict): Template {
  // Quoted as no text inside of JSON can be.
  const marked = verdict.reasons.map((reason) => ('score' in reason ? { ...reason, score: '@' } : reason));
  const text = inAscii(JSON.stringify({ ...verdict, margin: '@', reasons: marked }));
  const [start = '', middle = '', end] = text.split('"@"');
  return { verdict, start, middle, end };
}

function fill({ start, middle, end }: Template, margin: number, score: number): string {
  return end === undefined ? `${start}${margin}${middle}` : `${start}${margin}${middle}${score}${end}`;
}

/** The same JSON without a letter beyond ASCII: titles have accents, and a text with one takes SQLite twice as long to be given. */
function inAscii(json: string): string {
  return json.replace(
    /[\u0080-\uffff]/g,
    (letter) => `\\u${letter.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}
