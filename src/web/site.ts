// What a page knows beyond its own data: where it stands, in which language, and on what kind of site.

import type { Locale } from '../match/notice.ts';
import { relative } from './paths.ts';

/** The installation, as its pages speak of it. */
export interface Site {
  /** `served`: by drawbell itself, forms are answered. `static`: files, which know nothing of who reads them. */
  kind: 'served' | 'static';
  /** Where the world finds these pages, without a slash at its end; `null`: not known. */
  origin: string | null;
  /** Name, postal address and contact of whoever sends the mails; `null` where the operator gave none. */
  sender: string | null;
  /** `mailto:` or `https:` of whoever runs this. */
  operator: string | null;
}

/** What programs read, the same whether it is served or a file; `path` from the root of these pages. */
export interface PublicFile {
  path: string;
  body: string;
  type: string;
}

/** A page about to be written. */
export interface View {
  locale: Locale;
  /** Where it stands, from the root of these pages, such as `/en/history/`. */
  at: string;
  site: Site;
  /** A link from there to another of these pages. */
  to(path: string): string;
}

export function viewOf(site: Site, locale: Locale, at: string): View {
  return { locale, at, site, to: (path) => relative(at, path) };
}
