// A run with nothing to tell: its whole summary. Most runs come to that, and need none of the words that others do.

import { links } from './github-markdown.ts';
import type { JobReport } from './report.ts';

/** Whether there is nothing to say but that it looked. */
export function isQuiet(report: JobReport): boolean {
  const { dryRun, firstRun, raceLost, events, draws, sources, told, waiting, mailStopped, rehearsed } =
    report;
  const isPlain = !dryRun && !firstRun && !raceLost && mailStopped === null && rehearsed === null;
  const counts = [...Object.values(told).flatMap((one) => Object.values(one)), ...Object.values(waiting)];
  const asBefore = ({ status, draws: { quarantined } }: JobReport['sources'][number]) =>
    status === 'unchanged' && quarantined.length === 0;
  return (
    isPlain &&
    events.length + draws.length === 0 &&
    counts.every((count) => count === 0) &&
    sources.every(asBefore)
  );
}

/** Markdown. */
export function quietSummary(report: JobReport): string {
  const looked = report.sources.map(({ id }) => id);
  const said =
    looked.length === 0
      ? 'No source was looked at.'
      : `${looked.join(', ')} ${looked.length === 1 ? 'was' : 'were'} read.`;
  return [`Nothing new. ${said}`, footer(report)]
    .filter((block) => block !== null)
    .join('\n\n')
    .concat('\n');
}

/** Where everything else is; `null` where nobody can look. */
export function footer({ siteUrl, stateUrl }: Pick<JobReport, 'siteUrl' | 'stateUrl'>): string | null {
  const pages = siteUrl?.startsWith('https://') ? { text: 'All draws', href: siteUrl } : null;
  const state = stateUrl?.startsWith('https://') ? { text: 'What drawbell remembers', href: stateUrl } : null;
  return links([pages, state]);
}
