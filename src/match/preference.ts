// Which notices a subscriber or an endpoint asked for.

import { DRAW_EVENT_TYPES, type EventType, type SpecialType } from '../event/event.ts';
import type { Verdict } from './verdict.ts';

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
  const nearMiss = notify.find((kind) => kind.startsWith('near-miss:'));
  const short = verdict.margin === null ? null : -verdict.margin;
  return (
    notify.includes('every-draw') ||
    (notify.includes('invited') && verdict.outcome === 'invited') ||
    (notify.includes('cannot-tell') && verdict.outcome === 'cannot-tell') ||
    (notify.includes('draw-type') && special.some(({ type }) => TYPE_NEWS[type])) ||
    (nearMiss !== undefined &&
      short !== null &&
      short > 0 &&
      short <= Number(nearMiss.slice('near-miss:'.length)))
  );
}

/** Whether a subscriber with these preferences wants to hear that a correction changed the verdict. */
export function wantsCorrection(notify: readonly string[], before: Verdict, after: Verdict): boolean {
  return notify.includes('correction') && before.outcome !== after.outcome;
}

/**
 * Whether an endpoint that asked for these types (`null`: it named none) gets an event of this type. What is
 * about a source is for the operator, so it goes only to those who asked for it by name.
 */
export function wantsEvent(events: readonly EventType[] | null, type: EventType): boolean {
  return events === null ? (DRAW_EVENT_TYPES as readonly EventType[]).includes(type) : events.includes(type);
}
