// path -> draws, as a page or as a file; and what a form asks for -> its path.

import type { Context, Hono } from 'hono';
import type { Draw } from '../../draw/draw.ts';
import { drawsCsv, drawsJson } from '../../draw/export.ts';
import type { Locale } from '../../match/notice.ts';
import type { Archive } from '../archive.ts';
import type { WebContext } from '../context.ts';
import { SHARED_HEADERS } from '../headers.ts';
import { fileName, historyPage, noDrawsPage } from '../pages/history.ts';
import { PATHS } from '../paths.ts';
import { folderOf, pagesOf, readQuery, readSegments, type Selection, selectDraws } from '../selection.ts';
import { sendPage, sendPrinted, viewHere } from '../send.ts';
import type { View } from '../site.ts';

const FILES: ReadonlyMap<
  string,
  { format: 'csv' | 'json'; type: string; write(draws: readonly Draw[]): string }
> = new Map([
  ['draws.csv', { format: 'csv', type: 'text/csv; charset=utf-8; header=present', write: drawsCsv }],
  ['draws.json', { format: 'json', type: 'application/json', write: drawsJson }],
]);

export function addHistory(pages: Hono, web: WebContext): void {
  pages.get('/:locale{en|fr}/history/*', async (c) => {
    const locale = c.req.param('locale') as Locale;
    const archive = await web.shelf.archive();
    const view = viewHere(c, web, locale);
    const segments = view.at.split('/').slice(3);
    // Behind the last slash there is nothing, or the name of a file.
    const file = segments.pop();
    // To the router the folder is a path below itself; the links of its page hold only behind the slash.
    if (file === undefined) return c.notFound();
    const selection = readSegments(archive, segments);
    if (file) return sendFile(c, web, archive, selection, file);

    const query = { type: c.req.query('type'), year: c.req.query('year'), sort: c.req.query('sort') };
    const asked =
      view.at === PATHS.history(locale) && Object.values(query).some((value) => value !== undefined);
    if (!asked) return sendSelection(c, web, view, archive, selection);
    const wanted = readQuery(archive, query);
    if (wanted === null) return sendSelection(c, web, view, archive, null);
    return c.body(null, 302, { Location: view.to(PATHS.history(locale, wanted)) });
  });
}

function sendSelection(
  c: Context,
  web: WebContext,
  view: View,
  archive: Archive,
  selection: Selection | null,
): Response {
  // In whichever order: they are put into theirs when the page is printed.
  const draws = selection === null ? [] : selectDraws(archive, folderOf(selection));
  if (selection === null || draws.length === 0 || selection.page > pagesOf(draws.length))
    return sendPage(c, view, 404, noDrawsPage(view, archive, draws.length === 0 ? selection : null));
  return sendPrinted(c, web, view, [archive], () =>
    historyPage(view, archive, selection, selectDraws(archive, selection)),
  );
}

/** Where there is a page of a selection, its draws are there as files too: all of them, newest first. */
function sendFile(
  c: Context,
  web: WebContext,
  archive: Archive,
  selection: Selection | null,
  name: string,
): Response | Promise<Response> {
  const file = FILES.get(name);
  if (!file || selection === null) return c.notFound();
  const folder = folderOf(selection);
  const draws = selectDraws(archive, folder);
  if (draws.length === 0 || PATHS.history('en', folder) !== PATHS.history('en', selection))
    return c.notFound();
  const { type, format, write } = file;
  const path = `${PATHS.history('en', folder)}${name}`;
  return web.printer.answer(c, path, [archive], () => ({ type, body: write(draws) }), {
    ...SHARED_HEADERS,
    'Content-Disposition': `attachment; filename="${fileName(folder, format)}"`,
  });
}
