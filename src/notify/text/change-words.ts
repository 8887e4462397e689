// corrections and withdrawals -> words: what a language must provide for them.

import type { CorrectableField } from '../../event/event.ts';
import type { Outcome } from '../../match/verdict.ts';
import type { Answer } from './words.ts';

export interface ChangeWords {
  /** What a correction makes of an outcome, by the one before and the one after it. */
  corrected: { [Before in Outcome]: Record<Exclude<Outcome, Before>, string> };
  withdrawn: {
    /** `type` is left out (`null`) where it would not fit. */
    subject(answer: Answer, type: string | null): string;
    /** The first line: the whole answer in a sentence. */
    lead(answer: Answer): string;
    verdict: string;
    /** What follows from it, for a layout that sets it apart. */
    consequence: string;
    since(when: string): string;
    accountDecides: string;
    officialPage: string;
  };
  /** Names of what a publisher may correct. */
  fields: Record<CorrectableField, string>;
  /** A value in the place of another. */
  became(before: string, after: string): string;
  /** A sentence that names the changes. */
  inBrief(changes: readonly string[]): string;
  /** Whether a draw stands on the official page. */
  listed: Record<'yes' | 'no', string>;
  none: Record<'version' | 'programs', string>;
  headings: Record<'changed' | 'forYou' | 'withdrawn' | 'told' | 'asPublished', string>;
  labels: Record<'before' | 'now' | 'told', string>;
}
