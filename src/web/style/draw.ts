// How the pages look: a draw, its pool, and the versions of a category.

export const DRAW = `
.banner { margin: 0 0 1.5rem; padding: 1rem 1.25rem; border: 2px solid var(--open-ink); border-radius: .4rem; background: var(--open); color: var(--open-ink) }
.banner h2 { margin: 0 0 .25rem; font-size: 1.0625rem }
.banner p { margin: 0 }
.acts { display: flex; flex-wrap: wrap; align-items: center; gap: .5rem 1.5rem; margin: 1.25rem 0 0 }
.pool { max-width: 44rem }
.pool th, .pool td { padding-block: .3rem }
.pool tbody th { font-weight: 400; white-space: nowrap }
.pool .bar { width: 30%; max-width: none; padding-right: 0; vertical-align: middle }
.pool svg { display: block; width: 100%; height: .8rem; fill: var(--quiet); opacity: .55 }
.pool .here > * { background: var(--open) }
.pool .here > :first-child { padding-left: .5rem; box-shadow: inset 4px 0 var(--open-ink) }
.pool .here strong, .pool .here td, .pool .here th { color: var(--open-ink) }
.pool .here svg { fill: var(--open-ink); opacity: 1 }
.pool strong { display: inline-block; padding-left: .35rem }
.around { margin-top: 2.25rem; border-top: 1px solid var(--line) }
.around ul { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(24rem, 100%), 1fr)); gap: 1rem 1.75rem; padding-top: 1rem }
.around a { padding: .25rem 0; text-decoration: underline }
.around li > * { display: block }
.occupations { margin: .25rem 0 1rem; padding: 0; list-style: none; columns: 22rem; column-gap: 2rem }
.occupations li { display: flex; gap: .75rem; break-inside: avoid }
.occupations b { flex: none; font-weight: 600; font-variant-numeric: tabular-nums }
@media (max-width: 36rem) { .pool { font-size: .9375rem } .pool .bar { display: none } .pool :is(th, td) { padding-right: .5rem } .pool td:nth-last-child(2) { padding-right: 0 } .pool strong { display: block; padding: 0 } }
.away { display: inline-block; padding: .05rem .5rem; border-radius: .3rem; background: var(--no); color: var(--no-ink); font-size: .875rem; font-weight: 400 }
.types { margin-bottom: 1rem }
.types th { font-weight: 600 }
.types thead th { white-space: nowrap }
.types td { white-space: nowrap }
@media (max-width: 40rem) { .types { font-size: .9375rem } .types td:nth-child(2) { white-space: normal } }
dl.above { margin: 1.25rem 0 1rem }
.records b { font-size: 1.375rem; font-variant-numeric: tabular-nums }
.records ol { padding-left: 1.5rem; font-size: .9375rem }
`;
