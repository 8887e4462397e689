// Standard output for answers (text for people, JSON for programs), standard error for everything else.

import { styleText } from 'node:util';
import { printable } from '../errors.ts';

type Style = Parameters<typeof styleText>[0];

export function print(text: string): void {
  process.stdout.write(`${text}\n`);
}

/** One JSON document and nothing else: for people to read on a terminal, for programs in one line. */
export function printJson(value: unknown): void {
  print(JSON.stringify(value, null, process.stdout.isTTY ? 2 : undefined));
}

/** One line to the operator. */
export function warn(message: string): void {
  process.stderr.write(`drawbell: ${message}\n`);
}

/** Colours only on a terminal (and as `NO_COLOR` and `FORCE_COLOR` wish). */
export function styled(style: Style, text: string): string {
  return styleText(style, text, { stream: process.stdout });
}

export interface Column<Row> {
  title: string;
  value(row: Row): string | number | null;
  /** Numbers stand to the right. */
  right?: boolean;
  style?(row: Row): Style | null;
}

/**
 * A table for people. Whatever comes from a page is made harmless here. The last column is wrapped to what
 * the terminal has left for it; where the output is no terminal, lines are as long as they are.
 */
export function formatTable<Row>(
  rows: readonly Row[],
  columns: readonly Column<Row>[],
  terminalWidth: number | undefined = process.stdout.columns,
): string {
  const cells = rows.map((row) => columns.map((column) => printable(formatCell(column.value(row)))));
  const widths = columns.map(({ title }, index) =>
    Math.max(title.length, ...cells.map((line) => lengthOf(line[index] as string))),
  );
  const indent = widths.slice(0, -1).reduce((sum, width) => sum + width + GAP.length, 0);
  const room = Math.max((terminalWidth ?? Number.POSITIVE_INFINITY) - indent, NARROWEST);

  const lines = [columns.map(({ title }) => title), ...cells].map((line, number) =>
    line
      .map((text, index) => {
        const column = columns[index] as Column<Row>;
        const style = number === 0 ? 'dim' : column.style?.(rows[number - 1] as Row);
        const paint = (part: string) => (style ? styled(style, part) : part);
        if (index === columns.length - 1)
          return wrap(text, room)
            .map(paint)
            .join(`\n${' '.repeat(indent)}`);
        const gap = ' '.repeat((widths[index] as number) - lengthOf(text));
        return paint(column.right ? gap + text : text + gap);
      })
      .join(GAP)
      .trimEnd(),
  );
  return lines.join('\n');
}

/** How many rows a person is shown without asking for more. */
export const SCREENFUL = 20;

/** The newest rows as a table, and how to see the older ones. */
export function formatList<Row>(
  rows: readonly Row[],
  columns: readonly Column<Row>[],
  limit: number | undefined,
): string {
  const table = formatTable(rows.slice(0, limit ?? SCREENFUL), columns);
  const hidden = rows.length - (limit ?? SCREENFUL);
  if (hidden <= 0) return table;
  return `${table}\n${styled('dim', `${hidden} older ones are not shown: --limit ${rows.length} shows all.`)}`;
}

const GAP = '  ';
/** The last column never gets narrower than this, whatever the terminal. */
const NARROWEST = 24;

function lengthOf(text: string): number {
  return [...text].length;
}

/** Breaks between words; a word that is longer than the room stays whole. */
function wrap(text: string, room: number): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ')) {
    if (line !== '' && lengthOf(line) + 1 + lengthOf(word) > room) {
      lines.push(line);
      line = word;
    } else line = line === '' ? word : `${line} ${word}`;
  }
  return [...lines, line];
}

function formatCell(value: string | number | null): string {
  if (value === null) return '-';
  return typeof value === 'number' ? value.toLocaleString('en-CA') : value;
}
