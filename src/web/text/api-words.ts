// What the page about feeds and the API says, in every language. Backticks stand around names from programs.

export interface ApiWords {
  title: string;
  description: string;
  /** Names the list of links to the parts of the page. */
  contents: string;
  feeds: {
    heading: string;
    text: string;
    all: string;
    /** Behind the name of a type. */
    noDraw: string;
  };
  reading: {
    heading: string;
    served: readonly string[];
    static: readonly string[];
    /** Where the address of the site is not known: what stands for it, in code. */
    placeholder(code: string): string;
    /** Leads to the OpenAPI document. */
    document: string;
  };
  /** By tag. */
  groups: Readonly<Record<string, { heading: string; text: string | null }>>;
  /** What each operation does, by its id; what is left out is said as the document has it. */
  summaries: Readonly<Record<string, string>>;
  operation: {
    parameters: string;
    /** Said of a parameter that stands in the path. */
    required: string;
    key: string;
    body: string;
    example: string;
    answers: string;
    exampleAnswer: string;
  };
  values: {
    day: string;
    instant: string;
    text: string;
    list: string;
    flag: string;
    from(least: number): string;
    range(least: number, most: number): string;
  };
  webhooks: { heading: string; text: string; caption: string; event: string; when: string };
  /** Why parts are in another language; `null` where none is. */
  note: string | null;
}
