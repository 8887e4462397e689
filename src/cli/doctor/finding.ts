// What the doctor finds: one line for each thing that can be wrong.

/** Part of the public contract: `doctor --json` lists these. */
export interface Finding {
  name: string;
  /** A warning is for the operator to know; what is wrong keeps drawbell from its work. */
  status: 'ok' | 'warning' | 'wrong';
  found: string;
  /** One sentence; `null` where there is nothing to mend. */
  mend: string | null;
}

export function ok(name: string, found: string): Finding {
  return { name, status: 'ok', found, mend: null };
}

export function warning(name: string, found: string, mend: string): Finding {
  return { name, status: 'warning', found, mend };
}

export function wrong(name: string, found: string, mend: string): Finding {
  return { name, status: 'wrong', found, mend };
}

/** A check that fails itself is a finding too: the others go on. */
export async function guarded(
  name: string,
  check: () => Promise<Finding> | Finding,
  judge: typeof warning = wrong,
): Promise<Finding> {
  try {
    return await check();
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    return judge(name, `could not be checked: ${message}`, 'Mend what the message names, and ask again.');
  }
}

/** `3 minutes`, `2 days`: the largest unit of which there are two, for people. */
export function formatSpan(milliseconds: number): string {
  const seconds = Math.round(Math.abs(milliseconds) / 1000);
  for (const [unit, length] of [
    ['day', 86_400],
    ['hour', 3_600],
    ['minute', 60],
  ] as const) {
    if (seconds >= 2 * length) return `${Math.floor(seconds / length)} ${unit}s`;
  }
  return seconds === 1 ? '1 second' : `${seconds} seconds`;
}

/** Safe to be copied into a shell. */
export function shellWord(text: string): string {
  return /^[\w./:@-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`;
}
