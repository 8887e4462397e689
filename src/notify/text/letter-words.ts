// a letter -> words: what a language must provide.

/** `host`: of the pages. `when`: the moment at which it was asked for. */
export interface Asked {
  host: string;
  when: string;
}

interface Parts {
  subject: string;
  /** Above the title. */
  eyebrow: string;
  title: string;
  /** One sentence or two: why this comes. */
  why: string;
  button: string;
  what: { heading: string; lines: string[] };
}

export interface LetterWords {
  /** `until`: the moment until which the link works. */
  confirm(asked: Asked, until: string): Parts;
  manage(asked: Asked, until: string): Parts;
  /** `day`: when the score was noted; `null`: not known. */
  'renew-score'(score: string, day: string | null): Parts;
  /** Said to whoever it was not. */
  notYou: {
    heading: string;
    confirm: string;
    /** Leads to where the address can be kept from being signed up. */
    never: string;
    manage: string;
  };
  /** Why it comes, of a letter that asks for consent. */
  asksForConsent(asked: Asked): string;
  /** Said in the place of a button, where there are no pages. */
  answerThis: string;
}
