// draws -> files for spreadsheets and programs: the same from the command line and from the pages.

import { printable } from '../errors.ts';
import type { Draw } from './draw.ts';

const COLUMNS = [
  'id',
  'source',
  'number',
  'date',
  'issuedAt',
  'label',
  'type',
  'version',
  'programs',
  'invitations',
  'scoreSystem',
  'cutoff',
  'tieBreakAt',
  'poolAsOf',
  'poolTotal',
  'url',
] as const;

type Cell = string | number | null;

/** RFC 4180 with a line of names, each line ended; a cell that a spreadsheet would take for a formula is marked as text. */
export function drawsCsv(draws: readonly Draw[]): string {
  const rows = draws.map((draw) => {
    const cells = cellsOf(draw);
    return COLUMNS.map((column) => cells[column]);
  });
  return [COLUMNS, ...rows].map((cells) => `${cells.map(formatCell).join(',')}\r\n`).join('');
}

/** The public contract: `{ "draws": [Draw, ...] }`, in one line. */
export function drawsJson(draws: readonly Draw[]): string {
  return `${JSON.stringify({ draws })}\n`;
}

function cellsOf({ programs, pool, ...draw }: Draw): Record<(typeof COLUMNS)[number], Cell> {
  return {
    ...draw,
    programs: programs?.join(' ') ?? null,
    poolAsOf: pool?.asOf ?? null,
    poolTotal: pool?.total ?? null,
  };
}

function formatCell(value: Cell): string {
  const text =
    typeof value === 'string' ? printable(value).replace(/^(?=[=+\-@＝＋－＠])/, "'") : String(value ?? '');
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
