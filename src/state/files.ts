// State <-> files: plain text that can be read and compared line by line. Pure.
//
// Both ways go through the same readers: nothing is written that could not be read again, or that must not be there.

import { InputError, repeated } from '../errors.ts';
import { isObject } from '../is-object.ts';
import { SOURCE_ID } from './facts.ts';
import { lineOfBreak } from './json-places.ts';
import { ledgerLine, nameOfLine } from './ledger.ts';
import { type Note, openSheet, type Reader, type Sheet, toFaults, wrongWith } from './read.ts';
import { README } from './readme.ts';
import { nameOfRecipient, recipientLine } from './recipients.ts';
import { printSource, sourceDraws } from './source-file.ts';
import type { SourceDraws, State } from './state.ts';
import { FORMAT, watchFile } from './watch-file.ts';
import { toLine, toPage } from './write.ts';

export { mergeLedger } from './ledger.ts';

/** Text by file name, as `draws/ircc.json`. */
export type Files = ReadonlyMap<string, string>;

type Notes = Note[];

/** The lines of a file of lines: by which of them nothing may stand there twice, and how one is read. */
interface Lines<Line> {
  file: string;
  reader: Reader<Line>;
  nameOf(line: Line): string;
}

const LEDGER: Lines<State['ledger'][number]> = {
  file: 'ledger.ndjson',
  reader: ledgerLine,
  nameOf: nameOfLine,
};
const RECIPIENTS: Lines<State['recipients'][number]> = {
  file: 'recipients.ndjson',
  reader: recipientLine,
  nameOf: nameOfRecipient,
};

const WATCH = 'watch.json';

/** The files of a state; the same state gives the same bytes. Throws `InputError` for what must not be written. */
export function printState({ draws, watch, ledger, recipients }: State): Files {
  const notes: Notes = [];
  const files = new Map([['README.md', README]]);
  for (const source of Object.keys(draws).sort()) {
    const file = `draws/${source}.json`;
    const sheet = openSheet(file, notes);
    if (!SOURCE_ID.test(source)) wrongWith(sheet, 'the id of a source', 'another word');
    const said = sourceDraws(source)({ source, ...draws[source] }, sheet);
    if (notes.length === 0) files.set(file, printSource(source, said));
  }
  files.set(WATCH, toPage(watchFile({ format: FORMAT, ...watch }, openSheet(WATCH, notes))));
  files.set(LEDGER.file, printLines(LEDGER, ledger, notes));
  files.set(RECIPIENTS.file, printLines(RECIPIENTS, recipients, notes));
  if (notes.length > 0) throw new InputError('the state must not be written', toFaults(notes));
  return files;
}

/** The state in these files; other files are none of its business. An empty one where there are none. Throws `InputError`. */
export function parseState(files: Files): State {
  const notes: Notes = [];
  const watch = parseWatch(files.get(WATCH), notes);
  const draws: Record<string, SourceDraws> = {};
  for (const [file, text] of files) {
    const source = /^draws\/(.*)\.json$/.exec(file)?.[1] ?? '';
    if (SOURCE_ID.test(source)) draws[source] = parseJson(file, text, sourceDraws(source), notes);
  }
  const ledger = parseLines(LEDGER, files.get(LEDGER.file), notes);
  const recipients = parseLines(RECIPIENTS, files.get(RECIPIENTS.file), notes);
  if (notes.length > 0) throw new InputError('the state cannot be used', toFaults(notes));
  return { draws, watch, ledger, recipients };
}

function parseWatch(text: string | undefined, notes: Notes): State['watch'] {
  if (text === undefined) return { sources: {}, mail: null, events: [] };
  const reader: typeof watchFile = (value, sheet) => {
    if (isObject(value) && typeof value.format === 'number' && value.format > FORMAT)
      refuseNewer(value.format, sheet);
    return watchFile(value, sheet);
  };
  const { format: _, ...watch } = parseJson(WATCH, text, reader, notes) ?? {};
  return watch as State['watch'];
}

/** Before anything else is said of it: all of it may have another form. */
function refuseNewer(format: number, sheet: Sheet): never {
  const notes: Notes = [];
  const expected = `${FORMAT}, the newest that this drawbell knows`;
  wrongWith({ ...sheet, notes }, expected, `${format}, of a newer drawbell: update this one`, ['format']);
  throw new InputError('the state cannot be used', toFaults(notes));
}

function parseJson<Value>(file: string, text: string, reader: Reader<Value>, notes: Notes): Value {
  const json = withoutMark(text);
  const sheet = openSheet(file, notes, { text: json });
  const value = readJson(sheet, json);
  return value === undefined ? (undefined as Value) : reader(value, sheet);
}

/** Blank lines, as an editor leaves them, are none. */
function parseLines<Line>(
  { file, reader, nameOf }: Lines<Line>,
  text: string | undefined,
  notes: Notes,
): Line[] {
  const read: Numbered<Line>[] = [];
  for (const [index, line] of withoutMark(text ?? '')
    .split('\n')
    .entries()) {
    if (line.trim() === '') continue;
    const sheet = sheetOfLine(file, index, notes);
    const value = readJson(sheet, line);
    if (value !== undefined) read.push({ line: reader(value, sheet), sheet });
  }
  if (notes.length === 0) noteRepeated(read, nameOf);
  return read.map(({ line }) => line);
}

function printLines<Line extends object>(
  { file, reader, nameOf }: Lines<Line>,
  lines: readonly Line[],
  notes: Notes,
): string {
  const read = lines.map((line, index) => {
    const sheet = sheetOfLine(file, index, notes);
    return { line: reader(line, sheet), sheet };
  });
  if (notes.length > 0) return '';
  noteRepeated(read, nameOf);
  return read.map(({ line }) => `${toLine(line)}\n`).join('');
}

function sheetOfLine(file: string, index: number, notes: Notes): Sheet {
  return openSheet(file, notes, { line: index + 1, shown: false });
}

interface Numbered<Line> {
  line: Line;
  sheet: Sheet;
}

function noteRepeated<Line>(lines: readonly Numbered<Line>[], nameOf: (line: Line) => string): void {
  for (const { item, first } of repeated(lines, ({ line }) => nameOf(line))) {
    const found = `what line ${first.item.sheet.line} is about`;
    wrongWith(item.sheet, 'a line about something else than those before', found);
  }
}

function withoutMark(text: string): string {
  return text.replace(/^\uFEFF/, '');
}

/** `undefined`, and a note, where it is none. */
function readJson(sheet: Sheet, text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    const marks = /^(<{7}|={7}|>{7})/m.exec(text);
    const line = sheet.line ?? (marks ? text.slice(0, marks.index).split('\n').length : lineOfBreak(text));
    const found = marks ? 'the marks of a merge that was not finished' : 'what is broken or cut off';
    return wrongWith({ ...sheet, line }, sheet.line === null ? 'JSON' : 'one JSON object', found);
  }
}
