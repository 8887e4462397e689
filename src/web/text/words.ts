// What the pages say, in every language.

/** A page that has something to say: its heading, and a paragraph for each line. */
export interface Text {
  title: string;
  lines: readonly string[];
}

export interface PageWords {
  home: Text;
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
  fault: Text;
}
