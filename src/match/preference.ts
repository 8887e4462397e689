// Which notices a subscriber or an endpoint asked for.

import type { DrawType } from '../draw/draw-type.ts';
import {
  DRAW_EVENT_TYPES,
  type Event,
  type EventType,
  isOperatorEvent,
  SERVICE,
  type SpecialType,
} from '../event/event.ts';
import type { ReasonCode } from './reason.ts';
import type { Verdict } from './verdict.ts';

/** How the notice begins that ends with the most points one may be short. */
export const NEAR_MISS = 'near-miss:';

/** News about a draw's type, as `draw-type` in a subscriber's `notify` means it. */
const TYPE_NEWS: Record<SpecialType, boolean> = {
  'draw_type.new': true,
  'draw_type.returned': true,
  'category.revised': true,
  'record.set': false,
};

/** Whether a subscriber with these preferences wants to hear of a published draw with this verdict. */
export function wantsDraw(
  notify: readonly string[],
  verdict: Verdict,
  special: readonly { type: SpecialType }[],
): boolean {
  return (
    wantsWhatever(notify, special) ||
    (notify.includes('invited') && verdict.outcome === 'invited') ||
    (notify.includes('cannot-tell') && verdict.outcome === 'cannot-tell') ||
    (isNearMiss(verdict) && shortfall(verdict) <= farthestMiss(notify))
  );
}

/** Whether a subscriber with these preferences wants to hear of a published draw whatever the verdict. */
export function wantsWhatever(notify: readonly string[], special: readonly { type: SpecialType }[]): boolean {
  return whateverNotices(special).some((kind) => notify.includes(kind));
}

/** The notices by which one wants to hear of a published draw whatever the verdict. */
export function whateverNotices(special: readonly { type: SpecialType }[]): string[] {
  return special.some(({ type }) => TYPE_NEWS[type]) ? ['every-draw', 'draw-type'] : ['every-draw'];
}

/** Not invited, and nothing but the score or the tie-break stood against it. */
export function isNearMiss({ outcome, reasons }: Verdict): boolean {
  return outcome === 'not-invited' && reasons.every(({ code }) => MISSES.has(code));
}

/** How many points a verdict was short of the cut-off; none for who missed the tie-break only. */
export function shortfall({ margin }: Verdict): number {
  return Math.max(0, -(margin ?? 0));
}

const MISSES: ReadonlySet<ReasonCode> = new Set(['below-cutoff', 'tie-break-missed']);

/** Points; less than none where no near miss was asked for. */
function farthestMiss(notify: readonly string[]): number {
  const wanted = notify.find((kind) => kind.startsWith(NEAR_MISS));
  return wanted === undefined ? -1 : Number(wanted.slice(NEAR_MISS.length));
}

/** Whether a subscriber with these preferences wants to hear that a correction changed the verdict. */
export function wantsCorrection(notify: readonly string[], before: Verdict, after: Verdict): boolean {
  return notify.includes('correction') && before.outcome !== after.outcome;
}

/** What an endpoint asked for; `null`: nothing in particular. */
export interface EndpointWishes {
  events: readonly EventType[] | null;
  /** Ids of sources. */
  sources: readonly string[] | null;
  drawTypes: readonly DrawType[] | null;
}

/**
 * Whether an endpoint gets an event. What is for the operator goes only to those who asked for its type by name, and
 * is of no draw type; a source that was asked for narrows what is about sources and draws, not what is about telling.
 */
export function wantsEvent({ events, sources, drawTypes }: EndpointWishes, event: Event): boolean {
  const wanted: readonly EventType[] = events ?? DRAW_EVENT_TYPES;
  if (!wanted.includes(event.type)) return false;
  if (sources !== null && event.source !== SERVICE && !sources.includes(event.source)) return false;
  return drawTypes === null || isOperatorEvent(event) || drawTypes.includes(event.data.draw.type);
}
