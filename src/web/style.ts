// How the pages look: one small style sheet that stands in each of them, so that no path can miss it.

import { createHash } from 'node:crypto';

export const STYLE = `
:root { color-scheme: light dark; --page: #eef0f3; --card: #fff; --ink: #1f2733; --quiet: #566070; --link: #0b57b7; --on-link: #fff }
@media (prefers-color-scheme: dark) {
  :root { --page: #14171c; --card: #1e232b; --ink: #e6e9ee; --quiet: #a9b2c0; --link: #8ab8ff; --on-link: #14171c }
}
* { box-sizing: border-box }
body { margin: 0; background: var(--page); color: var(--ink); font: 1.0625rem/1.55 system-ui, sans-serif; overflow-wrap: anywhere }
header, main, footer { max-width: 38rem; margin: 0 auto; padding: 1rem 1.25rem }
header { color: var(--quiet); font-weight: 600 }
main { background: var(--card); border-radius: .5rem }
h1 { margin: .25rem 0 1rem; font-size: 1.5rem; line-height: 1.25 }
button { min-height: 2.75rem; margin: .5rem 0 1rem; padding: .6rem 1.25rem; border: 2px solid transparent; border-radius: .4rem; background: var(--link); color: var(--on-link); font: inherit; font-weight: 600; cursor: pointer }
button:focus-visible { outline: 3px solid var(--ink); outline-offset: 3px }
footer { color: var(--quiet); font-size: .875rem }
`;

/** The one style that `Content-Security-Policy` lets through. */
export const STYLE_HASH = `'sha256-${createHash('sha256').update(STYLE).digest('base64')}'`;
