// a reader's token -> the way to end the messages, as a mail program and as a person can use it.

import { printable } from '../../errors.ts';

/** `page`: over https, where one click is enough. Else a mail to `address` with this subject. */
export type WayOut = { page: string } | { address: string; subject: string };

/** By a page of drawbell's own where it has any over https: only those may stand for one click (RFC 8058). */
export function wayOut(publicUrl: string | null, address: string, token: string): WayOut {
  const page = pageLink(publicUrl, 'unsubscribe', token);
  return page === null ? { address, subject: `unsubscribe ${printable(token)}` } : { page };
}

/** A page of drawbell's own for one reader; `null` where there is none over https. */
export function pageLink(
  publicUrl: string | null,
  page: 'unsubscribe' | 'confirm' | 'manage',
  token: string,
): string | null {
  const base = publicUrl === null ? null : URL.parse(publicUrl);
  if (base?.protocol !== 'https:') return null;
  base.search = '';
  base.hash = '';
  return `${base.href.replace(/\/+$/, '')}/${page}/${encodeURIComponent(token)}`;
}

/** What a link leads to: `https:` or `mailto:`. It names the reader by the token, never by the address. */
export function wayOutLink(out: WayOut): string {
  if ('page' in out) return out.page;
  const address = encodeURIComponent(out.address).replace('%40', '@');
  return `mailto:${address}?subject=${encodeURIComponent(out.subject)}`;
}

/** The headers that let a mail program end the messages for its reader. */
export function wayOutHeaders(out: WayOut): Record<string, string> {
  return {
    'List-Unsubscribe': `<${wayOutLink(out)}>`,
    ...('page' in out ? { 'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click' } : {}),
  };
}
