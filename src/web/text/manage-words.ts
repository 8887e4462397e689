// What a reader's own page says, in every language.

import type { Text } from './words.ts';

/** What was just done there. */
export type Done = 'save' | 'pause' | 'resume';

export interface ManageWords {
  title: string;
  goesTo(address: string): string;
  paused: string;
  done: Record<Done, string>;
  save: string;
  pause: { heading: string; text: string; button: string };
  resume: { heading: string; text: string; button: string };
  export: { heading: string; text: string; link: string };
  leave: { heading: string; sure: string; notSure: string; button: string };
  /** The link is too old; a button asks for another. */
  expired: Text;
  sendAnother: string;
  another: Text;
  unknownLink: Text;
  /** The link is right, and there is nobody it leads to. */
  nobody: Text;
  notUnderstood: string;
}
