// a program's request -> JSON about draws: the same for everybody, read from anywhere.

import type { Context, Hono } from 'hono';
import { quote } from '../../errors.ts';
import type { Archive } from '../archive.ts';
import type { WebContext } from '../context.ts';
import { SHARED_HEADERS } from '../headers.ts';
import { MINUTE } from '../limits.ts';
import { openNetworkLimiter } from '../network.ts';
import { recordsNamed } from '../pages/find-draw.ts';
import { openPrinter } from '../printed.ts';
import type { PublicFile } from '../site.ts';
import { drawsAnswer, eventsAnswer, poolAnswer } from './draw-answers.ts';
import { JSON_TYPE } from './media.ts';
import { DRAWS_QUERY, EVENTS_QUERY, MOST_EVENTS, POOL_QUERY, readQuery } from './query.ts';
import { sendError, sendTooMany } from './send-error.ts';
import { sharedWith } from './shared.ts';
import { apiFile, drawFile, FILE_PATHS, jsonOf } from './static.ts';

/** Of one network: each is made for whoever asks, in a few milliseconds of the machine that also watches. */
const FILTERED = { most: 300, per: MINUTE };

const PATHS_READ = ['/api/draws', '/api/draws/:id', '/api/types', '/api/pool', '/api/events', ...FILE_PATHS];

export function addReading(pages: Hono, web: WebContext): void {
  const { site, shelf, deps } = web;
  const send = sender(web, openNetworkLimiter(deps, FILTERED));
  for (const path of PATHS_READ) pages.use(path, sharedWith('GET'));

  for (const path of FILE_PATHS)
    pages.get(path, (c) => sendFile(c, web, path, (archive) => apiFile(path, archive, site)));
  const types = '/api/types.json';
  pages.get('/api/types', (c) => sendFile(c, web, types, (archive) => apiFile(types, archive, site)));

  pages.get('/api/draws', (c) => {
    const read = readQuery(DRAWS_QUERY, c.req.queries());
    return 'faults' in read
      ? refuse(c, read.faults)
      : send(c, '/api/draws', (archive) => drawsAnswer(archive, read.asked));
  });
  pages.get('/api/pool', (c) => {
    const read = readQuery(POOL_QUERY, c.req.queries());
    return 'faults' in read
      ? refuse(c, read.faults)
      : send(c, '/api/pool', (archive) => poolAnswer(archive, read.asked));
  });
  pages.get('/api/events', (c) => {
    const read = readQuery(EVENTS_QUERY, c.req.queries());
    if ('faults' in read) return refuse(c, read.faults);
    return send(c, '/api/events', (archive) => eventsAnswer(archive, { limit: MOST_EVENTS, ...read.asked }));
  });

  pages.get('/api/draws/:id', async (c) => {
    const name = c.req.param('id').replace(/\.json$/, '');
    const archive = await shelf.archive();
    const [record, ...others] = recordsNamed(archive, name);
    if (record && others.length === 0)
      return sendFile(c, web, `/api/draws/${record.draw.id}`, () => drawFile(archive, record));
    const expected = record
      ? `one of ${[record, ...others].map(({ draw }) => draw.id).join(', ')}`
      : `the id of a draw such as ${archive.draws[0]?.id ?? 'ircc:297'}, or its number`;
    const message = record ? 'several draws have that number' : 'that draw is not known';
    return sendError(c, 404, message, [{ where: 'id', expected, found: quote(name, 40) }]);
  });
}

/** Of each filter the answer is another, and none is kept: whoever asks for all of them must not fill the memory. */
function sender({ shelf, printer }: WebContext, filteredWait: (c: Context) => number | null) {
  return async (c: Context, name: string, answerOf: (archive: Archive) => unknown): Promise<Response> => {
    const filtered = Object.keys(c.req.queries()).length > 0;
    const wait = filtered ? filteredWait(c) : null;
    if (wait !== null) return sendTooMany(c, wait);
    const archive = await shelf.archive();
    const print = () => ({ type: JSON_TYPE, body: jsonOf(answerOf(archive)) });
    return (filtered ? openPrinter() : printer).answer(c, name, [archive], print, SHARED_HEADERS);
  };
}

/** What is a file too takes no parameter: one that was ignored would pass for a filter. */
async function sendFile(
  c: Context,
  web: WebContext,
  name: string,
  fileOf: (archive: Archive) => PublicFile,
): Promise<Response> {
  const read = readQuery({}, c.req.queries());
  if ('faults' in read) return refuse(c, read.faults);
  const archive = await web.shelf.archive();
  return web.printer.answer(c, name, [archive], () => fileOf(archive), SHARED_HEADERS);
}

function refuse(c: Context, faults: Parameters<typeof sendError>[3]): Response {
  return sendError(c, 422, 'the query cannot be used', faults);
}
