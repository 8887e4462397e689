// Source `ircc`, where only the page people read can be had: its table of rounds, and what it says of the newest.

import type { Cheerio, CheerioAPI } from 'cheerio';
// The parser without the repairs of a browser, which has made them already: they take for ever on hostile markup.
import { load } from 'cheerio/slim';
import { compareDraws, type Draw } from '../draw/draw.ts';
import { readDrawType } from '../draw/draw-type.ts';
import { readTypedDay } from '../draw/tie-break.ts';
import { type Fault, printable, quote } from '../errors.ts';
import { decodeText } from './decode.ts';
import { HIGHEST_SCORE, pageError, readCount, readCutoff, readNumber } from './ircc-list.ts';
import { LONGEST_NAME, officialUrl, onceEach, type ReadRound, readInstants } from './ircc-round.ts';
import type { Document, Reading } from './source.ts';

type Selection = ReturnType<CheerioAPI>;
type Node = Selection extends Cheerio<infer Element> ? Element : never;

/** The columns of the table, by their headings in any wording it may have. */
const COLUMNS = {
  number: /^(#|no\.?|(round|draw)( ?#| number| no\.?)?)$/i,
  date: /^(date( of (the )?(round|draw))?|(round|draw) date)$/i,
  label: /^((round|draw) (type|name)|type of (round|draw))$/i,
  invitations: /^(number of )?invitations issued$/i,
  cutoff: /^(crs )?score of (the )?lowest[- ]ranked candidate( invited)?$/i,
} as const;
type Column = keyof typeof COLUMNS;

/** What the page says of the newest round, by where its script takes it from and by the label before it. */
const NEWEST = {
  number: { key: 'drawNumber', label: /^(round|draw) number$/i },
  invitations: { key: 'drawSize', label: /^number of invitations issued$/i },
  cutoff: { key: 'drawCRS', label: /^crs score of (the )?lowest[- ]ranked candidate invited$/i },
  issuedAt: { key: 'drawDateTime', label: /^date and time of (the )?round$/i },
  tieBreakAt: { key: 'drawCutOff', label: /^tie[- ]break(ing)? rule$/i },
} as const;
type Said = Record<keyof typeof NEWEST, string>;

/** What stands beside a value and is no part of it: footnote marks, words for screen readers, sorting keys. */
const ASIDES =
  'sup, .wb-inv, .sr-only, span.hidden, span[hidden], span[style*="display:none"], span[style*="display: none"]';
/** What nobody sees. */
const UNSEEN = new Set(['script', 'style', 'template', 'noscript']);
/** What stands in the middle of a line. Everything else begins a new one. */
const INLINE = new Set('a abbr b bdi button cite data em font i mark small span strong time u'.split(' '));
/** Ten times those of the page with all its rounds: more could hold us for long. */
const MOST_TAGS = 60_000;
/** Twice as deep as a browser nests what it reads. Looking for something takes the longer the deeper a page is. */
const DEEPEST = 1_000;

/**
 * Reads the page as a browser shows it. It lists only some of the rounds, and says less of them than the feed.
 * Throws `PageError` when it has no table of rounds.
 */
export function parsePage(document: Document): Reading {
  const text = decodeText(document);
  const tags = text.split(/<[a-z]/i, MOST_TAGS + 2).length - 1;
  if (tags > MOST_TAGS)
    throw pageError(
      'shape',
      document,
      'a page with the table of rounds',
      `one with more than ${MOST_TAGS} tags`,
    );
  const $ = load(text);
  if (depthOf($.root().get(0)) > DEEPEST)
    throw pageError('shape', document, 'a page with the table of rounds', 'one nested too deeply to read');
  return readPage(document, $);
}

function readPage(document: Document, $: CheerioAPI): Reading {
  const page = pageOf($);
  const rows = readRows(document, page);
  const readings = rows.map((row, index) => readRow(row, rows.length - index));
  const { draws, unreadable } = onceEach(readings, 'number');

  const doubts: Fault[] = [];
  const said = readNewest(page);
  const subject = newestOf([...draws.values()], unreadable.size === 0, said);
  if (subject) {
    const contradictions = contradictionsOf(subject, said);
    if (contradictions.length > 0) {
      draws.delete(subject.id);
      unreadable.set(subject.id, { id: subject.id, faults: contradictions });
    } else if (agrees(said)) {
      const {
        issuedAt,
        tieBreakAt,
        inferred,
        doubts: own,
      } = readInstants(subject.id, subject.date, {
        issuedAt: { field: 'issuedAt', text: said.issuedAt },
        tieBreakAt: { field: 'tieBreakAt', text: said.tieBreakAt },
      });
      const mark: Pick<Draw, 'inferred'> = inferred ? { inferred: ['tieBreakAt'] } : {};
      draws.set(subject.id, { ...subject, issuedAt, tieBreakAt, ...mark });
      doubts.push(...own);
    }
  }
  if (draws.size === 0)
    throw pageError(
      'shape',
      document,
      'a table with rounds that can be read',
      `${unreadable.size} that cannot`,
    );
  const sorted = [...draws.values()].sort(compareDraws);
  return {
    draws: sorted,
    unreadable: [...unreadable.values()],
    doubts,
    says: Object.fromEntries(sorted.map((draw) => [draw.id, fieldsSaid(draw)])),
  };
}

/** One row of the table. */
interface Row {
  texts: Record<Column, string>;
  /** Where its number, or its name, links to. */
  href: string | undefined;
  /** How many cells it has too many or too few; then its texts are not to be believed. */
  shape: string | null;
}

function readRows(document: Document, page: Page): Row[] {
  const expected = `a table with the headings ${Object.keys(COLUMNS).join(', ')}`;
  const rows: Row[] = [];
  const tables = new Map<Node | undefined, { columns: Record<Column, number>; width: number }>();
  for (const element of page.elements.filter('tr').toArray()) {
    const table = page.$(element).closest('table').get(0);
    const cells = cellsOf(page, page.$(element));
    const columns = columnsOf(cells);
    const known = tables.get(table);
    if (columns) tables.set(table, { columns, width: cells.length });
    else if (known && !isBlank(cells)) rows.push(rowOf(cells, known.columns, known.width));
  }
  if (tables.size === 0) throw pageError('shape', document, expected, gistOf(page));
  if (rows.length === 0) throw pageError('empty', document, 'at least one round in the table', 'none');
  return rows;
}

interface Cell {
  lines: string[];
  href: string | undefined;
  /** Whether it is the first of the columns it spans. */
  first: boolean;
}

/** The cells of a row by column: one that spans two is there twice. */
function cellsOf({ $, asides }: Page, row: Selection): Cell[] {
  return row
    .children('th, td')
    .toArray()
    .flatMap((cell) => {
      const span = Math.min(Math.max(Number($(cell).attr('colspan')) || 1, 1), 20);
      const links = $(elementsBelow(cell)).filter('a[href]');
      const own = { lines: linesOf(cell, asides), href: links.first().attr('href') };
      return Array.from({ length: span }, (_, index) => ({ ...own, first: index === 0 }));
    });
}

/** Where each column is; `null` when these are not the headings, or two of them might be the same one. */
function columnsOf(cells: readonly Cell[]): Record<Column, number> | null {
  const texts = cells.map(({ lines }) => lines.join(' '));
  const places: [string, number][] = [];
  for (const [column, pattern] of Object.entries(COLUMNS)) {
    const matching = texts.flatMap((text, index) => (pattern.test(text) ? [index] : []));
    const [place] = matching;
    if (place === undefined || matching.length > 1) return null;
    places.push([column, place]);
  }
  return Object.fromEntries(places) as Record<Column, number>;
}

/** Nothing, or one remark across the whole table: that there is nothing to show, for one. */
function isBlank(cells: readonly Cell[]): boolean {
  return cells.filter(({ first }) => first).length <= 1 || cells.every(({ lines }) => lines.length === 0);
}

function rowOf(cells: readonly Cell[], columns: Record<Column, number>, width: number): Row {
  const at = (column: Column) => cells[columns[column]];
  // A name may be broken into lines; two lines of a number are two numbers.
  const textOf = (column: Column) => at(column)?.lines.join(column === 'label' ? ' ' : ' / ') ?? '';
  const texts = Object.keys(COLUMNS).map((column) => [column, textOf(column as Column)]);
  const whole = cells.length === width && cells.every(({ first }) => first);
  return {
    texts: Object.fromEntries(texts),
    href: at('number')?.href ?? at('label')?.href,
    shape: whole ? null : `${cells.filter(({ first }) => first).length} cells across ${cells.length} columns`,
  };
}

function readRow({ texts, href, shape }: Row, place: number): ReadRound {
  const number = readNumber(texts.number.replace(/^#\s*/, ''));
  const id = `ircc:${number ?? `?${place}`}`;
  if (shape !== null) {
    const fault = { where: `${id} row`, expected: 'a cell for each heading', found: shape };
    return { id, draw: null, faults: [fault] };
  }
  const faults: Fault[] = [];
  const fault = (column: Column, expected: string) =>
    faults.push({ where: `${id} ${column}`, expected, found: quote(texts[column]) });
  if (number === null) fault('number', 'a number such as 297 or 91a');
  const date = readTypedDay(texts.date);
  if (date === null) fault('date', 'a day');
  const label = texts.label;
  if (label === '' || label.length > LONGEST_NAME) fault('label', 'the name of the draw');
  const invitations = readCount(texts.invitations);
  if (!invitations) fault('invitations', 'the number of invitations');
  const cutoff = readCutoff(texts.cutoff);
  if (cutoff === null) fault('cutoff', `the cut-off score, 1 to ${HIGHEST_SCORE}`);
  if (number === null || date === null || faults.length > 0) return { id, draw: null, faults };
  const draw: Draw = {
    id,
    source: 'ircc',
    number,
    date,
    issuedAt: null,
    label,
    ...readDrawType(label),
    programs: null,
    invitations,
    scoreSystem: 'crs',
    cutoff,
    tieBreakAt: null,
    pool: null,
    url: officialUrl(href),
  };
  return { id, draw, faults };
}

/** What the page says of its newest round besides the table. "" is not said, or said in two ways. */
function readNewest({ $, elements, asides }: Page): Said {
  const lines = linesOf($.root().get(0), asides, 'table');
  const said = Object.entries(NEWEST).map(([field, { key, label }]) => {
    const spans = spansOf(elements, asides, key);
    const values = new Set(spans.length > 0 ? spans : labelled(lines, label));
    return [field, values.size === 1 ? [...values][0] : ''];
  });
  return Object.fromEntries(said);
}

/** What the page's script fills in, by the path that it takes it from: `.../rounds/0/drawCRS`. */
function spansOf(elements: Selection, asides: Page['asides'], key: string): string[] {
  return elements
    .filter(`[data-json-replace$="/rounds/0/${key}"]`)
    .toArray()
    .map((span) => linesOf(span, asides).join(' / '))
    .filter((text) => text !== '');
}

/** What stands behind a label, or in the line after it: `Tie-breaking rule: March 19, 2024 at 18:58:58 UTC`. */
function labelled(lines: readonly string[], label: RegExp): string[] {
  return lines.flatMap((line, index) => {
    const [, name = line, value = ''] = /^([^:]{1,80}):(.*)$/.exec(line) ?? [];
    if (!label.test(name.trim())) return [];
    const next = lines[index + 1] ?? '';
    // Another label instead of a value; in an instant, a digit follows the colon.
    const text = value.trim() || (/^[^:]{1,80}:(\s|$)/.test(next) ? '' : next);
    return text === '' ? [] : [text];
  });
}

/** The draw that is meant: the one that is named, else the newest, where nothing stands above it unread. */
function newestOf(draws: readonly Draw[], all: boolean, said: Said): Draw | undefined {
  if (said.number !== '') return draws.find(({ number }) => number === readNumber(said.number));
  return all ? [...draws].sort(compareDraws).at(-1) : undefined;
}

/** Both must be said, and be what the table says: else nobody knows which round is meant. */
function agrees(said: Said): boolean {
  return readCount(said.invitations) !== null && readCutoff(said.cutoff) !== null;
}

function contradictionsOf(draw: Draw, said: Said): Fault[] {
  const faults: Fault[] = [];
  for (const field of ['invitations', 'cutoff'] as const) {
    const value = readCount(said[field]);
    if (value === null || value === draw[field]) continue;
    const found = `${draw[field]} in the table and ${value} above it`;
    faults.push({ where: `${draw.id} ${field}`, expected: 'the same everywhere on the page', found });
  }
  return faults;
}

/** What is not known is not said: it stays as the feed last said it. */
function fieldsSaid(draw: Draw): (keyof Draw)[] {
  const certain: (keyof Draw)[] = ['date', 'label', 'type', 'version', 'invitations', 'cutoff'];
  const perhaps = ['issuedAt', 'tieBreakAt', 'url', 'inferred'] as const;
  return [...certain, ...perhaps.filter((field) => draw[field] !== null && draw[field] !== undefined)];
}

/** What of a page is there to be seen. */
interface Page {
  $: CheerioAPI;
  /** In the order of the page. */
  elements: Selection;
  asides: ReadonlySet<Node>;
}

/** Selectors are only asked about one element each: to search with them takes for ever on a hostile page. */
function pageOf($: CheerioAPI): Page {
  const elements = $(elementsBelow($.root().get(0)));
  return { $, elements, asides: new Set(elements.filter(ASIDES).toArray()) };
}

function elementsBelow(top: Node | undefined): Node[] {
  const elements: Node[] = [];
  const stack = [top];
  while (stack.length > 0) {
    const node = stack.pop();
    if (!node || !('children' in node) || ('name' in node && UNSEEN.has(node.name))) continue;
    if ('name' in node) elements.push(node);
    for (const child of node.children.toReversed()) stack.push(child);
  }
  return elements;
}

/** The text below a node as lines, as people see them. Without recursion, as above. */
function linesOf(top: Node | undefined, asides: Page['asides'], except = ''): string[] {
  const lines = [''];
  const stack: (Node | 'line' | undefined)[] = [top];
  while (stack.length > 0) {
    const node = stack.pop();
    if (node === 'line') lines.push('');
    else if (node?.type === 'text') lines[lines.length - 1] += node.data;
    else if (node && 'children' in node && !asides.has(node)) {
      const name = 'name' in node ? node.name : '';
      if (UNSEEN.has(name) || (except !== '' && name === except)) continue;
      const inline = INLINE.has(name);
      if (!inline) lines.push('');
      if (!inline) stack.push('line');
      for (const child of node.children.toReversed()) stack.push(child);
    }
  }
  return lines.map((line) => printable(line.toWellFormed())).filter((line) => line !== '');
}

/** How deep a tree is below a node. */
function depthOf(top: Node | undefined): number {
  let depth = 0;
  for (let level = top ? [top] : []; level.length > 0; depth += 1)
    level = level.flatMap((node) => ('children' in node ? node.children : []));
  return depth;
}

function gistOf({ elements, asides }: Page): string {
  const tables = elements.filter('table').length;
  const title = linesOf(elements.filter('title').get(0), asides).join(' ');
  return `${tables === 0 ? 'no table' : `${tables} without them`} on ${title === '' ? 'a page without a title' : quote(title)}`;
}
