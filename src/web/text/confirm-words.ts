// What the page says on which a sign-up is confirmed, in every language.

import type { Text } from './words.ts';

export interface ConfirmWords {
  /** Before the button; what is confirmed stands below. */
  ask: Text;
  /** Above the same page, when what it showed before is no more what stands there. */
  changed: string;
  labels: Record<'address' | 'language' | 'score' | 'notices', string>;
  /** Of the score: `522, noted on May 1, 2024`. */
  noted(score: string, day: string): string;
  notTold: string;
  /** Behind the button. */
  notYou: string;
  button: string;
  done: Text;
  already: Text;
  /** The link is too old, or what it was for is gone. */
  over: Text;
  again: string;
  unknownLink: Text;
}
