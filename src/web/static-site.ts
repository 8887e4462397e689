// archive -> every page, feed and document of a site of files, by the same functions that answer requests.

import { drawsCsv, drawsJson } from '../draw/export.ts';
import type { Status } from '../journey/status.ts';
import type { Locale } from '../match/notice.ts';
import { apiDocument, staticApi } from './api/static.ts';
import type { Archive } from './archive.ts';
import { CHECK_DATA_PATH, checkData } from './browser/data.ts';
import { type Bundle, bundleChecker } from './bundle.ts';
import { allFeeds } from './feeds/index.ts';
import { aboutPage } from './pages/about.ts';
import { apiPage } from './pages/api.ts';
import { checkPage } from './pages/check.ts';
import { openForm } from './pages/check-answer.ts';
import { drawPage } from './pages/draw.ts';
import { type Page, writePage } from './pages/frame.ts';
import { historyPage } from './pages/history.ts';
import { homePage } from './pages/home.ts';
import { languagesPage } from './pages/languages.ts';
import { messagePage } from './pages/message.ts';
import { typePage } from './pages/type.ts';
import { typesPage } from './pages/types.ts';
import { watchLine } from './pages/watch.ts';
import { PATHS } from './paths.ts';
import { presentAt } from './present.ts';
import { folderOf, selectDraws, staticSelections } from './selection.ts';
import { basePath } from './send.ts';
import { type Site, type View, viewOf } from './site.ts';
import { ICON, STYLE, STYLE_PATH } from './style/index.ts';
import { LOCALES, PAGE_WORDS } from './text/index.ts';
import { watchOf } from './watching.ts';
import type { SiteFile } from './write-site.ts';

export interface SiteMaterial {
  site: Site;
  archive: Archive;
  status: Status;
  now: Date;
}

export interface StaticSite {
  /** Each is made when it is asked for: all of them at once are many megabytes. */
  files: Iterable<SiteFile>;
  /** What answers the checker's form, in each language. */
  checkers: Record<Locale, Bundle>;
}

/** The same material makes the same bytes. */
export async function makeStaticSite(material: SiteMaterial): Promise<StaticSite> {
  const { archive, now } = material;
  const [{ occupations }, en, fr] = await Promise.all([
    presentAt(now),
    bundleChecker('en'),
    bundleChecker('fr'),
  ]);
  const checkers = { en, fr };
  const data = { path: CHECK_DATA_PATH, body: JSON.stringify(checkData(archive, occupations)) };
  return { files: filesOf(material, checkers, data), checkers };
}

function* filesOf(
  material: SiteMaterial,
  checkers: StaticSite['checkers'],
  data: SiteFile,
): Generator<SiteFile> {
  const { site, archive } = material;
  yield* assets(site);
  for (const locale of LOCALES) {
    const { path, code } = checkers[locale];
    yield* pagesIn(locale, material, checkers[locale]);
    yield { path, body: code };
  }
  yield data;
  yield* allFeeds(archive, site);
  yield* staticApi(archive, site);
}

function* pagesIn(
  locale: Locale,
  { site, archive, status, now }: SiteMaterial,
  checker: Bundle,
): Generator<SiteFile> {
  const page = (path: string, write: (view: View) => Page): SiteFile => {
    const view = viewOf(site, locale, path);
    return { path, body: writePage(view, write(view)) };
  };
  const watch = watchOf(status);
  yield page(PATHS.home(locale), (view) => homePage(view, archive, watchLine(view, watch, now.getTime())));
  yield* historyIn(locale, archive, page);
  for (const record of archive.records.values())
    yield page(PATHS.draw(locale, record.draw.id), (view) => drawPage(view, archive, record));
  yield page(PATHS.types(locale), (view) => typesPage(view, archive, null));
  for (const history of archive.types.values())
    yield page(PATHS.type(locale, history.type), (view) => typePage(view, archive, history, null));
  yield page(PATHS.check(locale), (view) => checkPage(view, archive, openForm(archive, null), checker.path));
  yield page(PATHS.about(locale), (view) => aboutPage(view));
  yield page(PATHS.api(locale), (view) => apiPage(view, archive, apiDocument(site)));
}

/** A page for each selection, and its draws for programs beside the first page of each. */
function* historyIn(
  locale: Locale,
  archive: Archive,
  page: (path: string, write: (view: View) => Page) => SiteFile,
): Generator<SiteFile> {
  for (const selection of staticSelections(archive)) {
    const path = PATHS.history(locale, selection);
    const draws = selectDraws(archive, selection);
    yield page(path, (view) => historyPage(view, archive, selection, draws));
    if (PATHS.history(locale, folderOf(selection)) !== path) continue;
    yield { path: `${path}draws.csv`, body: drawsCsv(draws) };
    yield { path: `${path}draws.json`, body: drawsJson(draws) };
  }
}

function* assets(site: Site): Generator<SiteFile> {
  yield { path: STYLE_PATH, body: STYLE };
  yield { path: '/icon.svg', body: ICON };
  // Else a host that makes sites of its own would leave out what begins with a dot or an underscore.
  yield { path: '/.nojekyll', body: '' };
  const first = viewOf(site, 'en', '/');
  yield { path: '/', body: writePage(first, languagesPage(first)) };
  // Shown at any address, so that its links cannot be relative.
  const base = basePath(site.origin);
  const lost = { ...first, to: (path: string) => `${base}${path}` };
  yield { path: '/404.html', body: writePage(lost, messagePage(PAGE_WORDS.en.notFound)) };
}
