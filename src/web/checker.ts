// The one script of a static site: the browser's own page, clock and files, handed to what answers the form.

import type { Locale } from '../match/notice.ts';
import { startCheck } from './browser/check.ts';
import type { Browser } from './browser/page.ts';

declare const document: Browser['document'];
declare const location: { search: string };

/** Of a browser, which the types of Node know too, but without a form. */
const Fields = FormData as unknown as new (form: unknown) => Iterable<readonly [string, unknown]>;

export function startChecker(locale: Locale): void {
  startCheck(locale, {
    document,
    search: location.search,
    fieldsOf: (form) => new Fields(form),
    async load(path) {
      // Its name stays the same when there are new draws: it is asked whether it is still the newest.
      const answer = await fetch(path, { cache: 'no-cache' });
      return answer.json();
    },
    now: () => new Date(),
  });
}
