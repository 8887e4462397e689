// words -> Markdown as GitHub reads it: text from elsewhere is shown as it is, and neither links nor calls anybody.

import { cut, printable } from '../errors.ts';
import { escapeMarkdown, markdownLink } from '../notify/formats/markdown.ts';

/** Longest text that is shown, in characters. */
const LONGEST = 600;

/**
 * What GitHub looks for in a text after its Markdown is read, so that no backslash helps: people, issues, formulas,
 * addresses and little pictures. Each gets a sign that looks alike and means nothing.
 */
const LOOKED_FOR: readonly (readonly [RegExp, string])[] = [
  [/@/g, '＠'],
  [/#/g, '＃'],
  [/\$/g, '＄'],
  [/:\/\//g, ':／／'],
  // Behind an underscore, too; and a point of ours may follow.
  [/www(?=\.|$)/gi, 'ｗww'],
  [/(gh)-(?=\d)/gi, '$1‑'],
  [/:(?=[a-z+-][\w+-]*:)/gi, '：'],
];

/** One line of text, also for a cell of a table; never empty. */
export function plain(text: string): string {
  let line = cut(printable(text.toWellFormed()), LONGEST);
  for (const [sign, alike] of LOOKED_FOR) line = line.replace(sign, alike);
  // A name for a sign, such as `&num;`, would be read as that sign.
  return line === '' ? '–' : escapeMarkdown(line).replaceAll('&', '\\&');
}

/** As `plain`, but that `#` stands before this number of ours: it names a draw. */
export function plainTitle(title: string, number: string): string {
  const line = plain(title);
  const place = /^\d{1,6}[a-z]?$/i.test(number) ? line.lastIndexOf(`＃${number}`) : -1;
  return place < 0 ? line : `${line.slice(0, place)}#${line.slice(place + 1)}`;
}

export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.map(plain).join(' | ')} |`;
  return [line(head), `|${' --- |'.repeat(head.length)}`, ...rows.map(line)].join('\n');
}

export function list(lines: readonly string[]): string {
  return lines.map((line) => `- ${line}`).join('\n');
}

/** Those that are there, on one line; `null` where none is. */
export function links(all: readonly ({ text: string; href: string } | null)[]): string | null {
  const there = all.flatMap((link) => (link === null ? [] : markdownLink(link)));
  return there.length === 0 ? null : there.join(' · ');
}

/** The end of a list that is cut. */
export function andMore(left: number): string[] {
  return left > 0 ? [`and ${left.toLocaleString('en-CA')} ${left === 1 ? 'other' : 'others'}`] : [];
}
