// What the home page says, in every language.

/** How long ago something was, at a time when the page is read: not on pages that age. */
export interface AgeWords {
  /** Less than a minute. */
  justNow: string;
  minutes(count: number): string;
  hours(count: number): string;
  /** Longer: `when` is a day and a time. */
  on(when: string): string;
}

export interface HomeWords {
  title: string;
  description: string;
  age: AgeWords;
  /** How the watch is doing, for visitors; `looked` is an age, `since` a day and a time. */
  watch: {
    watching(looked: string): string;
    /** Nobody stays, but somebody comes by. */
    looked(looked: string): string;
    late(looked: string): string;
    stopped(looked: string): string;
    /** `looked`: when it was last read; `null`: never. */
    failing(since: string, looked: string | null): string;
    /** Follows one of the others. */
    quiet: string;
    never: string;
  };
  newest: {
    heading: string;
    heldOn(day: string): string;
    noticedOn(when: string): string;
  };
  doors: {
    mail: { heading: string; text: string; link: string };
    feeds: { heading: string; text: string };
    check: { heading: string; text: string; textInBrowser: string; link: string };
  };
  latest: {
    heading: string;
    dormant: string;
    /** About types whose last draw is so many days older than the newest of all. */
    dormantNote(days: string): string;
    none: string;
    draw(number: string, day: string): string;
    nominees: string;
    /** Leads to the history. */
    all(draws: string, since: string): string;
  };
  feedTitle: string;
}
