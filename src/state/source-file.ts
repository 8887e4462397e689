// What a publisher has said <-> `draws/<source>.json`, a line for each draw, state, document and event. Pure.

import { type Draw, sameFacts } from '../draw/draw.ts';
import { repeated } from '../errors.ts';
import { DRAW_EVENT_TYPES, type Event } from '../event/event.ts';
import { isObject } from '../is-object.ts';
import { drawOf, eventOf } from './facts.ts';
import {
  anyObject,
  inside,
  instant,
  listOf,
  numberFrom,
  objectOf,
  oneOf,
  orNull,
  type Reader,
  type Sheet,
  someText,
  wrong,
  wrongWith,
} from './read.ts';
import type { EarlierDraw, SourceDraws, StateDocument, StateDraw } from './state.ts';
import { spellOut, toLine } from './write.ts';

/** By id and revision. */
type States = ReadonlyMap<string, ReadonlyMap<number, Draw>>;

const LISTS = ['draws', 'earlier', 'documents', 'events'] as const;

const document = objectOf<StateDocument>({
  hash: someText,
  url: orNull(someText),
  status: numberFrom(100),
  fetchedAt: instant,
});

/** The file of what was read: by the same reader, so that nothing is written that could not be read again. */
export function printSource(source: string, said: SourceDraws): string {
  const states = statesOf(said);
  const lines = {
    draws: said.draws.map(toLine),
    earlier: said.earlier.map(toLine),
    documents: said.documents.map(toLine),
    events: said.events.map((event) => toLine(shorten(event, states))),
  };
  const lists = LISTS.map((list) =>
    [`"${list}": [`, lines[list].join(',\n'), ']'].filter(Boolean).join('\n'),
  );
  return `{\n${[spellOut(`"source": ${JSON.stringify(source)}`), ...lists].join(',\n')}\n}\n`;
}

/** Reads the file, or what it is to be made of. */
export function sourceDraws(source: string): Reader<SourceDraws> {
  const draw = drawOf(source);
  const fields = objectOf<SourceDraws & { source: string }>({
    source: oneOf([source]),
    draws: listOf(
      objectOf<StateDraw>({
        draw,
        revision: numberFrom(1),
        firstSeenAt: instant,
        changedAt: orNull(instant),
        withdrawnAt: orNull(instant),
        document: someText,
      }),
    ),
    earlier: listOf(
      objectOf<EarlierDraw>({ draw, revision: numberFrom(1), replacedAt: instant, document: someText }),
    ),
    documents: listOf(document),
    // When it is known what they name: below.
    events: (value) => value as Event[],
  });
  const event = eventOf<Event>({
    types: DRAW_EVENT_TYPES,
    source: oneOf([source]),
    draw: someText,
    data: anyObject,
  });
  return (value, sheet) => {
    const before = sheet.notes.length;
    const isRight = () => sheet.notes.length === before;
    const read = fields(value, sheet);
    if (isRight()) checkFacts(read, sheet);
    // Where a draw is wrong or missing, so would be every event of it.
    if (!isRight()) return read;
    const { source: _, ...said } = read;
    const states = statesOf(said);
    const events = listOf<Event>((item) => lengthen(event(item, sheet), states, draw, sheet));
    said.events = inside(sheet, 'events', said.events, events);
    if (isRight()) checkEvents(said, states, sheet);
    return said;
  };
}

function statesOf({ draws, earlier }: Pick<SourceDraws, 'draws' | 'earlier'>): States {
  const states = new Map<string, Map<number, Draw>>();
  for (const { draw, revision } of [...draws, ...earlier]) {
    const known = states.get(draw.id);
    if (known) known.set(revision, draw);
    else states.set(draw.id, new Map([[revision, draw]]));
  }
  return states;
}

/** An event with the number of a revision in the place of a draw that stands in the file anyway. */
function shorten({ data, ...event }: Event, states: States): object {
  const { draw } = data as { draw: Draw };
  for (const [revision, state] of states.get(event.draw ?? '') ?? []) {
    if (sameFacts(state, draw)) return { ...event, data: { ...data, draw: revision } };
  }
  return { ...event, data };
}

function lengthen(event: Event, states: States, draw: Reader<Draw>, sheet: Sheet): Event {
  const data: Record<string, unknown> | undefined = event?.data && { ...event.data };
  if (!data) return event;
  const state: Reader<Draw> = (value) =>
    isObject(value)
      ? draw(value, sheet)
      : (states.get(event.draw ?? '')?.get(value as number) ??
        wrong(sheet, `a draw, or a revision of ${event.draw} in this file`, value));
  data.draw = inside(sheet, 'data', data, () => inside(sheet, 'draw', data.draw, state));
  return { ...event, data } as unknown as Event;
}

/** A database would refuse what refers to nothing, or is there twice. */
function checkFacts({ draws, earlier, documents }: SourceDraws, sheet: Sheet): void {
  once(draws, 'draws', ({ draw }) => draw.id, sheet);
  once(earlier, 'earlier', ({ draw, revision }) => `${draw.id}, revision ${revision}`, sheet);
  once(documents, 'documents', ({ hash }) => hash, sheet);

  const hashes = new Set(documents.map(({ hash }) => hash));
  for (const [list, states] of Object.entries({ draws, earlier })) {
    for (const [index, { document }] of states.entries()) {
      if (!hashes.has(document))
        wrong(sheet, 'the hash of a document in this file', document, [list, index, 'document']);
    }
  }
  const present = new Map(draws.map(({ draw, revision }) => [draw.id, revision]));
  for (const [index, { draw, revision }] of earlier.entries()) {
    const last = present.get(draw.id);
    if (last === undefined) wrong(sheet, 'a state of one of the draws', draw.id, ['earlier', index]);
    else if (revision >= last)
      wrong(sheet, `one before ${last}, the present one`, revision, ['earlier', index, 'revision']);
  }
}

function checkEvents({ events }: SourceDraws, states: States, sheet: Sheet): void {
  once(events, 'events', ({ id }) => id, sheet);
  for (const [index, { draw }] of events.entries()) {
    if (!states.has(draw ?? '')) wrong(sheet, 'one of the draws', draw, ['events', index, 'draw']);
  }
}

/** Notes each item of a list that has a name which one before it had. */
function once<Item>(
  items: readonly Item[],
  list: string,
  nameOf: (item: Item) => string,
  sheet: Sheet,
): void {
  for (const { name, index } of repeated(items, nameOf))
    wrongWith(sheet, 'each of them once', `${name} again`, [list, index]);
}
