// What the page about these pages says, in every language.

/** A part of the page: paragraphs, and perhaps a list between the first of them and the rest. */
export interface AboutPart {
  heading: string;
  lines: readonly string[];
  items?: readonly string[];
}

export interface AboutWords {
  title: string;
  description: string;
  what: AboutPart;
  figures: AboutPart;
  /** Leads to the publisher's own page. */
  official: string;
  /** What an answer is and is not. */
  verdict: AboutPart;
  /** What is kept about whoever signs up, where one can; `unconfirmedDays`: how long a sign-up waits. */
  subscribers(unconfirmedDays: number): AboutPart;
  /** What is known of whoever reads. */
  visitors: AboutPart;
  visitorsOfFiles: AboutPart;
  who: {
    heading: string;
    /** Name, postal address and contact, as its operator gives them. */
    sender(sender: string): string;
    contact: string;
    unknown: string;
    program: string;
  };
}
