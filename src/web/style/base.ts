// How the pages look: colours, text, and the frame that every page stands in.

export const BASE = `
:root { color-scheme: light dark; --page: #eef0f3; --card: #fff; --ink: #1f2733; --quiet: #566070; --line: #d3d8e0; --link: #0b57b7; --on-link: #fff; --yes-ink: #0f5132; --yes: #e3f4e9; --no-ink: #374151; --no: #e8ebf0; --open-ink: #6b4300; --open: #fdf0d5; --bad: #a3161f }
@media (prefers-color-scheme: dark) {
  :root { --page: #14171c; --card: #1e232b; --ink: #e6e9ee; --quiet: #a9b2c0; --line: #3a424e; --link: #8ab8ff; --on-link: #14171c; --yes-ink: #a6e9c0; --yes: #12351f; --no-ink: #d5dbe5; --no: #2b323d; --open-ink: #f6d48f; --open: #3d2e0f; --bad: #ff9d96 }
}
* { box-sizing: border-box }
html { -webkit-text-size-adjust: 100%; text-size-adjust: 100% }
body { margin: 0; background: var(--page); color: var(--ink); font: 1.0625rem/1.55 system-ui, sans-serif; overflow-wrap: anywhere }
header { background: var(--card); border-bottom: 1px solid var(--line) }
.top, main, footer { max-width: 66rem; margin: 0 auto; padding: 0 1.25rem }
.top { display: flex; flex-wrap: wrap; align-items: center; column-gap: 1.75rem; padding-block: .25rem }
.brand { display: inline-flex; align-items: center; gap: .5rem; color: var(--ink); font-weight: 700; letter-spacing: -.01em; text-decoration: none }
.brand img { display: block }
nav ul { margin: 0; padding: 0; list-style: none }
.top nav { order: 1 }
.top ul { display: flex; flex-wrap: wrap; column-gap: 1.25rem }
.top li { margin: 0 }
.top a { min-height: 2.75rem; padding: .6rem 0 }
.top nav a, .language { display: inline-block; text-decoration: none }
.top a:hover { text-decoration: underline }
.top [aria-current] { color: var(--ink); font-weight: 600; box-shadow: inset 0 -3px var(--link) }
.language { margin-left: auto; order: 2 }
.skip { position: absolute; left: -99rem }
.skip:focus { left: .5rem; top: .5rem; z-index: 1; padding: .5rem 1rem; background: var(--card) }
main { margin-block: 1.5rem; padding-block: 1.5rem 2rem; background: var(--card); border: 1px solid var(--line); border-radius: .6rem }
main > p, main > ul, main > ol, main > form, section > p { max-width: 44rem }
h1 { max-width: 40rem; margin: 0 0 1rem; font-size: clamp(1.5rem, 1.2rem + 1.5vw, 2rem); line-height: 1.2; letter-spacing: -.015em; text-wrap: balance }
h2 { margin: 2.25rem 0 .75rem; font-size: 1.3rem; line-height: 1.3 }
h3 { margin: 1.5rem 0 .5rem; font-size: 1.0625rem; line-height: 1.35 }
p, ul, ol { margin: 0 0 1rem }
li { margin-bottom: .25rem }
a { color: var(--link); text-underline-offset: .15em }
:focus-visible { outline: 3px solid var(--ink); outline-offset: 3px; border-radius: .2rem }
:target { scroll-margin-top: 1rem }
code, pre { font: .9375em/1.5 ui-monospace, monospace }
pre { margin: 0 0 1rem; padding: .75rem 1rem; overflow-x: auto; background: var(--page); border-radius: .4rem }
summary { padding: .5rem 0; cursor: pointer }
.quiet, footer { color: var(--quiet) }
footer { padding-bottom: 2rem; font-size: .875rem }
footer p { max-width: 44rem; margin-bottom: .5rem }
footer a { color: inherit }
@media (max-width: 44rem) {
  .top { padding-bottom: .4rem }
  .top ul { column-gap: .875rem }
  .top nav a { min-height: 2.25rem; padding-block: .3rem; font-size: .9375rem }
  .language { order: 0 }
  main { margin: 0; border-width: 0 0 1px; border-radius: 0 }
  footer { padding-top: 1.25rem }
}
`;
