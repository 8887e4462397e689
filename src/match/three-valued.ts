// Kleene's logic with reasons: yes, no, and not known.

import type { Reason } from './reason.ts';

/** `null`: cannot be decided. The reasons say why it is what it is. */
export interface Finding {
  holds: boolean | null;
  reasons: readonly Reason[];
}

/** Holds without a word: nothing was asked. */
export const HOLDS: Finding = { holds: true, reasons: [] };

export function yes(reason: Reason): Finding {
  return { holds: true, reasons: [reason] };
}

export function no(reason: Reason): Finding {
  return { holds: false, reasons: [reason] };
}

export function unknown(reason: Reason): Finding {
  return { holds: null, reasons: [reason] };
}

/** Holds if all hold; fails if any fails, whatever is unknown. Only the reasons that decide are kept. */
export function all(findings: readonly Finding[]): Finding {
  return decided(findings, false);
}

/** Holds if any holds; fails only if all fail. */
export function any(findings: readonly Finding[]): Finding {
  return decided(findings, true);
}

/** One finding of the decisive kind settles it; without one, it takes the other kind of all of them. */
function decided(findings: readonly Finding[], decisive: boolean): Finding {
  let holds: boolean | null = !decisive;
  for (const finding of findings) {
    if (finding.holds === decisive) {
      holds = decisive;
      break;
    }
    if (finding.holds === null) holds = null;
  }
  const reasons: Reason[] = [];
  for (const finding of findings) if (finding.holds === holds) reasons.push(...finding.reasons);
  return { holds, reasons };
}
