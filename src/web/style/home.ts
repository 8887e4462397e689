// How the pages look: how the watch is doing, cards, and what stands out.

export const HOME = `
.watch { display: flex; align-items: baseline; gap: .6rem; margin-bottom: 1.5rem; color: var(--quiet); font-size: .9375rem }
.watch::before { content: ""; flex: none; width: .65rem; height: .65rem; border-radius: 50%; background: var(--yes-ink) }
.watch.care { color: var(--open-ink) }
.watch.care::before { border-radius: 0; background: var(--open-ink); transform: rotate(45deg) }
.news { margin: 0 0 1.5rem; padding: 1rem 1.25rem 1.125rem; background: var(--page); border-left: 4px solid var(--link); border-radius: .4rem }
.news h2 { margin: 0; color: var(--quiet); font-size: .9375rem; font-weight: 600 }
.news p { margin: .25rem 0 0 }
.lead { font-size: 1.1875rem; font-weight: 600; line-height: 1.35 }
.cards { display: grid; grid-template-columns: repeat(auto-fill, minmax(min(17rem, 100%), 1fr)); gap: 1rem; max-width: none; margin: 0 0 1rem; padding: 0; list-style: none }
.cards > * { margin: 0; padding: 1rem 1.125rem; border: 1px solid var(--line); border-radius: .5rem }
.cards h2, .cards h3 { margin: 0 0 .5rem; font-size: 1.0625rem }
.cards p { margin: .5rem 0 0 }
.figures { display: flex; flex-wrap: wrap; gap: .25rem 1.75rem; margin: 0; font-variant-numeric: tabular-nums }
.figures div { display: flex; flex-direction: column-reverse }
.figures dt { color: var(--quiet); font-size: .875rem }
.figures dd { margin: 0; font-size: 1.625rem; font-weight: 700; line-height: 1.2; letter-spacing: -.01em }
.figures .absent { font-size: 1.0625rem; font-weight: 400; line-height: 1.95rem }
.special { font-size: .9375rem }
.special strong { padding: .1rem .45rem; border-radius: .3rem; background: var(--open); color: var(--open-ink); font-weight: 600; -webkit-box-decoration-break: clone; box-decoration-break: clone }
.doors { grid-template-columns: repeat(auto-fit, minmax(min(20rem, 100%), 1fr)) }
.doors > * { display: flex; flex-direction: column }
.doors p:last-child { margin-top: auto; padding-top: .75rem }
.button { display: inline-block; min-height: 2.75rem; padding: .55rem 1.25rem; border: 2px solid var(--link); border-radius: .4rem; background: var(--link); color: var(--on-link); font-weight: 600; text-decoration: none }
.button:hover { text-decoration: underline }
.button.second { background: none; color: var(--link) }
`;
