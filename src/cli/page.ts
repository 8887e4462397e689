// An answer that is longer than a table: sections under headings, each left out where it is empty.

import { formatTable } from './output.ts';

/** Sentences under a heading, each on a line of its own, wrapped to the terminal. */
export function formatSentences(heading: string, sentences: readonly string[]): string[] {
  if (sentences.length === 0) return [];
  return [formatTable(sentences, [{ title: heading, value: (sentence) => sentence }])];
}

/** Names and values under a heading; those without a value (`null`) are left out. */
export function formatFacts(
  heading: string,
  facts: readonly (readonly [name: string, value: string | null])[],
): string[] {
  const known = facts.filter(([, value]) => value !== null);
  if (known.length === 0) return [];
  return [
    formatTable(known, [
      { title: heading, value: ([name]) => name },
      { title: '', value: ([, value]) => value },
    ]),
  ];
}

/** The sections of a page, a line between them. */
export function formatPage(sections: readonly (readonly string[])[]): string {
  return sections.flat().join('\n\n');
}
