// What was special about a draw when it came, as far as it still holds. Pure.

import type { Draw } from '../../draw/draw.ts';
import type { Special } from '../../event/event.ts';
import { byImportance } from '../../notify/text/describe.ts';
import type { Archive } from '../archive.ts';

/** The most important first. What a correction has made untrue is left out. */
export function specialsOf({ events }: Archive, draw: Draw): Special[] {
  const published = events.get(draw.id)?.find((event) => event.type === 'draw.published');
  return byImportance(published?.data.special ?? []).filter((special) => holds(special, draw));
}

function holds(special: Special, draw: Draw): boolean {
  if (special.drawType !== draw.type) return false;
  if (special.type === 'category.revised') return special.version === draw.version;
  if (special.type !== 'record.set') return true;
  return special.value === (special.record === 'largest-round' ? draw.invitations : draw.cutoff);
}
