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

/** A table for people. Whatever comes from a page is made harmless here. */
export function formatTable<Row>(rows: readonly Row[], columns: readonly Column<Row>[]): string {
  const cells = rows.map((row) => columns.map((column) => printable(formatCell(column.value(row)))));
  const widths = columns.map(({ title }, index) =>
    Math.max(title.length, ...cells.map((line) => [...(line[index] as string)].length)),
  );
  const pad = (text: string, index: number) => {
    const gap = ' '.repeat((widths[index] as number) - [...text].length);
    return columns[index]?.right ? gap + text : text + gap;
  };
  const head = columns.map(({ title }, index) => styled('dim', pad(title, index)));
  const body = cells.map((line, row) =>
    line.map((text, index) => {
      const style = columns[index]?.style?.(rows[row] as Row);
      return style ? styled(style, pad(text, index)) : pad(text, index);
    }),
  );
  return [head, ...body].map((line) => line.join('  ').trimEnd()).join('\n');
}

function formatCell(value: string | number | null): string {
  if (value === null) return '-';
  return typeof value === 'number' ? value.toLocaleString('en-CA') : value;
}

/** RFC 4180, each line ended; a cell that a spreadsheet would take for a formula is marked as text. */
export function formatCsv(
  rows: readonly Record<string, string | number | null>[],
  columns: readonly string[],
): string {
  const line = (values: readonly (string | number | null)[]) => `${values.map(csvCell).join(',')}\r\n`;
  return [line(columns), ...rows.map((row) => line(columns.map((column) => row[column] ?? null)))].join('');
}

function csvCell(value: string | number | null): string {
  const text =
    typeof value === 'string' ? printable(value).replace(/^(?=[=+\-@＝＋－＠])/, "'") : String(value ?? '');
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
