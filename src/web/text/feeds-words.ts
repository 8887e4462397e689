// What feeds say of themselves, in every language.

export interface FeedWords {
  /** `type`: what it is called; `null` for a feed of all draws. */
  title(type: string | null): string;
  description: string;
}
