// What the pages say, in every language.

import type { Room } from '../pages/frame.ts';

/** A page that has something to say: its heading, and a paragraph for each line. */
export interface Text {
  title: string;
  lines: readonly string[];
}

export interface PageWords {
  frame: {
    /** The name of this language, in it. */
    language: string;
    skip: string;
    /** What the main navigation is called to whoever cannot see it. */
    rooms: string;
    names: Record<Room, string>;
    about: string;
  };
  unsubscribe: {
    /** What the button does, before it is pressed. */
    ask: Text;
    button: string;
    /** Said again to whoever is gone already. */
    done: Text;
    /** The token is nobody's. */
    unknownLink: Text;
    /** Something else was sent than the button sends; the button stands below. */
    notUnderstood: Text;
  };
  notFound: Text;
  notAllowed: Text;
  tooLarge: Text;
  /** A form came from another site. */
  foreign: Text;
  fault: Text;
}
