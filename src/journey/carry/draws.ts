// What publishers have said: state <-> draws, documents and events of the database.

import { InputError, quote } from '../../errors.ts';
import { type Event, isOperatorEvent } from '../../event/event.ts';
import { publicAddress } from '../../sources/public-address.ts';
import type { SourceDraws, State, StateDocument } from '../../state/state.ts';
import {
  carriedDocuments,
  carriedDraws,
  carriedRevisions,
  noteTold,
  takeDraws,
  takeRevision,
} from '../../store/carried-draws.ts';
import { type DocumentInName, noteDocument } from '../../store/documents.ts';
import { saveEvents } from '../../store/events.ts';
import type { DbOrTrx } from '../../store/schema.ts';

/** Stands for the address of a document that is not told: an address of nothing. */
const UNTOLD = 'about:blank';
/** The draws that came with the program are no publisher's, and no secret. */
const SHIPPED = /^data\/draws\/[\w-]+\.json$/;

/** Takes in the draws of a source with all that was noted of them. Throws `InputError` for what refers to nothing. */
export async function takeSource(trx: DbOrTrx, source: string, said: SourceDraws): Promise<void> {
  const documents = new Map<string, number>();
  for (const document of said.documents)
    documents.set(document.hash, await noteDocument(trx, toDocument(source, document)));
  const rowOf = (hash: string) => {
    const row = documents.get(hash);
    if (row === undefined) throw strayed(source, 'the hash of a document that is listed', hash);
    return row;
  };
  const draws = said.draws.map((found) => ({ found, documentId: rowOf(found.document) }));
  const taken = await takeDraws(trx, draws);
  for (const earlier of said.earlier)
    if (taken.has(earlier.draw.id)) await takeRevision(trx, earlier, rowOf(earlier.document));
  const listed = new Set(said.draws.map(({ draw }) => draw.id));
  for (const { draw } of said.events)
    if (draw === null || !listed.has(draw)) throw strayed(source, 'a draw that is listed', draw);
  await saveEvents(trx, said.events);
  await noteTold(trx, said.events);
}

function strayed(source: string, expected: string, found: string | null): InputError {
  const fault = { where: `draws/${source}.json`, expected, found: quote(found) };
  return new InputError('the state cannot be used', [fault]);
}

/** By source. `events`: all there are, in the order of detection. */
export async function readSources(db: DbOrTrx, events: readonly Event[]): Promise<State['draws']> {
  const sources: State['draws'] = {};
  const of = (source: string) => {
    sources[source] ??= { draws: [], earlier: [], documents: [], events: [] };
    return sources[source];
  };
  for (const draw of await carriedDraws(db)) of(draw.draw.source).draws.push(draw);
  for (const earlier of await carriedRevisions(db)) of(earlier.draw.source).earlier.push(earlier);
  for (const document of await carriedDocuments(db)) of(document.source).documents.push(toStated(document));
  for (const event of events) if (!isOperatorEvent(event)) of(event.source).events.push(event);
  return sources;
}

function toStated({ hash, url, status, fetchedAt }: DocumentInName): StateDocument {
  return { hash, url: SHIPPED.test(url) ? url : publicAddress(url), status, fetchedAt };
}

function toDocument(source: string, { url, ...document }: StateDocument): DocumentInName {
  const told = url !== null && (SHIPPED.test(url) || publicAddress(url) !== null);
  return { source, url: told ? url : UNTOLD, ...document };
}
