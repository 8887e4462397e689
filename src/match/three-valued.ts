// Kleene's logic with reasons: yes, no, and not known.

import type { Reason } from './verdict.ts';

/** `null`: cannot be decided. The reasons say why it is what it is. */
export interface Finding {
  holds: boolean | null;
  reasons: Reason[];
}

/** Holds if all hold; fails if any fails, whatever is unknown. Only the reasons that decide are kept. */
export function all(findings: readonly Finding[]): Finding {
  const holds = findings.some((finding) => finding.holds === false)
    ? false
    : findings.some((finding) => finding.holds === null)
      ? null
      : true;
  return { holds, reasons: reasonsOf(findings, holds) };
}

/** Holds if any holds; fails only if all fail. */
export function any(findings: readonly Finding[]): Finding {
  const holds = findings.some((finding) => finding.holds === true)
    ? true
    : findings.some((finding) => finding.holds === null)
      ? null
      : false;
  return { holds, reasons: reasonsOf(findings, holds) };
}

function reasonsOf(findings: readonly Finding[], holds: boolean | null): Reason[] {
  const reasons = findings.filter((finding) => finding.holds === holds).flatMap((finding) => finding.reasons);
  const seen = new Set<string>();
  return reasons.filter(({ code, missing }) => {
    const key = `${code} ${missing}`;
    return seen.has(key) ? false : seen.add(key);
  });
}
