// The French feed of `ircc`: a second opinion on the facts that both languages tell.

import { dayStart } from '../draw/calendar.ts';
import { sameFacts } from '../draw/draw.ts';
import { readCount, readCutoff, readNumber, readRounds } from './ircc-list.ts';
import type { Document, Opinion } from './source.ts';

/** Takes what can be read and leaves the rest out. Throws `PageError` when the document is no feed. */
export function parseOpinions(document: Document): Opinion[] {
  const opinions = new Map<string, Opinion>();
  const contradicted = new Set<string>();
  for (const raw of readRounds(document)) {
    const opinion = readOpinion(raw);
    if (!opinion) continue;
    const { id } = opinion;
    const twin = opinions.get(id);
    if (twin && !sameFacts(twin, opinion)) contradicted.add(id);
    opinions.set(id, opinion);
  }
  return [...opinions.values()].filter(({ id }) => !contradicted.has(id));
}

function readOpinion(raw: Record<string, unknown>): Opinion | null {
  const number = readNumber(raw.drawNumber);
  if (number === null) return null;
  const date = typeof raw.drawDate === 'string' ? raw.drawDate.trim() : '';
  const invitations = readCount(raw.drawSize);
  const cutoff = readCutoff(raw.drawCRS);
  return {
    id: `ircc:${number}`,
    ...(dayStart(date) === null ? {} : { date }),
    ...(invitations ? { invitations } : {}),
    ...(cutoff ? { cutoff } : {}),
  };
}
