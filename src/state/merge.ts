// Two states that went apart -> the one that knows what both do: what was told stays told. Pure.

import { nameOfLine } from './ledger.ts';
import { nameOfRecipient } from './recipients.ts';
import type { LedgerLine, SourceDraws, State } from './state.ts';

/**
 * What `ours` knows beyond `theirs`, which others have written since we last did: how far notices have come, what was
 * noticed of recipients, what happened meanwhile. How the sources are is as they saw it last.
 */
export function mergeStates(theirs: State, ours: State): State {
  return {
    draws: mergeDraws(theirs.draws, ours.draws),
    watch: {
      ...theirs.watch,
      mail: ours.watch.mail ?? theirs.watch.mail,
      events: union(theirs.watch.events, ours.watch.events, ({ id }) => id),
    },
    ledger: union(theirs.ledger, ours.ledger, nameOfLine, further),
    recipients: union(theirs.recipients, ours.recipients, nameOfRecipient, (_, mine) => mine),
  };
}

function mergeDraws(theirs: State['draws'], ours: State['draws']): State['draws'] {
  const merged = { ...theirs };
  for (const [source, mine] of Object.entries(ours)) {
    const known = theirs[source];
    merged[source] = known ? mergeSource(known, mine) : mine;
  }
  return merged;
}

function mergeSource(theirs: SourceDraws, ours: SourceDraws): SourceDraws {
  return {
    draws: union(
      theirs.draws,
      ours.draws,
      ({ draw }) => draw.id,
      (a, b) => (b.revision > a.revision ? b : a),
    ),
    earlier: union(theirs.earlier, ours.earlier, ({ draw, revision }) => `${draw.id}/${revision}`),
    documents: union(theirs.documents, ours.documents, ({ hash }) => hash),
    events: union(theirs.events, ours.events, ({ id }) => id),
  };
}

/** How far a notice has come: what was sent, was sent, whoever else did not know. */
const FAR: Record<LedgerLine['status'], number> = { queued: 0, held: 1, failed: 2, dropped: 2, sent: 3 };

function further(theirs: LedgerLine, ours: LedgerLine): LedgerLine {
  if (FAR[theirs.status] !== FAR[ours.status]) return FAR[ours.status] > FAR[theirs.status] ? ours : theirs;
  return ours.attempts > theirs.attempts ? ours : theirs;
}

/** In the order of the first list, and what only the second has after that. */
function union<Item>(
  first: readonly Item[],
  second: readonly Item[],
  nameOf: (item: Item) => string,
  choose: (first: Item, second: Item) => Item = (known) => known,
): Item[] {
  const items = new Map(first.map((item) => [nameOf(item), item]));
  for (const item of second) {
    const known = items.get(nameOf(item));
    items.set(nameOf(item), known === undefined ? item : choose(known, item));
  }
  return [...items.values()];
}
