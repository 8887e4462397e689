// How the pages look: tables and lists of facts.

export const TABLES = `
.scroll { overflow-x: auto }
table { border-collapse: collapse; width: 100%; font-variant-numeric: tabular-nums }
caption { text-align: left; color: var(--quiet) }
.scroll caption { max-width: calc(100vw - 2.5rem) }
th, td { padding: .45rem .9rem .45rem 0; border-bottom: 1px solid var(--line); text-align: left; vertical-align: top; overflow-wrap: normal }
thead th { color: var(--quiet); font-weight: 600; vertical-align: bottom }
.number { text-align: right }
dl.facts { display: grid; grid-template-columns: minmax(8rem, max-content) 1fr; gap: .35rem 1.25rem; margin: 0 }
dl.facts dt { color: var(--quiet) }
dl.facts dd { margin: 0 }
@media (max-width: 30rem) { dl.facts { grid-template-columns: 1fr } dl.facts dd { margin-bottom: .5rem } }
main > .filter { display: flex; flex-wrap: wrap; align-items: end; gap: .75rem 1.25rem; max-width: none; margin: 1rem 0 }
.filter > div { max-width: 100% }
.filter label { display: block; color: var(--quiet) }
.filter button { margin: 0 }
.filter dt { padding: .6rem 0 }
.filter dd a { display: inline-block; margin-right: .75rem }
.filter [aria-current], .pages [aria-current] { color: var(--ink); font-weight: 600; text-decoration: none }
.draws { font-size: 1rem }
.draws th, .draws td { padding-right: .75rem }
.draws tr > :last-child { padding-right: 0 }
.draws thead th, .draws td:not(:nth-child(3)) { white-space: nowrap }
@media (max-width: 40rem) {
  .draws { font-size: .875rem }
  .draws th, .draws td { padding-right: .4rem }
  .draws td:nth-child(2) { min-width: 4.5rem; white-space: normal }
  .draws td:nth-child(3) { min-width: 5.5rem }
}
.draws tr > :first-child { position: sticky; left: 0; background: var(--card) }
.pages ul { display: flex; flex-wrap: wrap; gap: 0 1.25rem; margin: .5rem 0; padding: 0; list-style: none }
.pages li > * { display: inline-block; padding: .6rem 0 }
.verdict { display: inline-block; padding: .1rem .6rem; border-radius: .3rem }
.invited { background: var(--yes); color: var(--yes-ink) }
.not-invited { background: var(--no); color: var(--no-ink) }
.cannot-tell { background: var(--open); color: var(--open-ink) }
`;
