// How the pages look: forms.

export const FORMS = `
button { min-height: 2.75rem; margin: .5rem 0 1rem; padding: .6rem 1.25rem; border: 2px solid transparent; border-radius: .4rem; background: var(--link); color: var(--on-link); font: inherit; font-weight: 600; cursor: pointer }
.field { margin: 0 0 1.25rem }
.field > label, legend { display: block; padding: 0; font-weight: 600 }
.hint, .fault { margin: .1rem 0 .3rem; font-size: .9375rem }
.hint { color: var(--quiet) }
.fault { color: var(--bad); font-weight: 600 }
input, select { max-width: 100%; min-height: 2.75rem; padding: .4rem .6rem; border: 1px solid var(--quiet); border-radius: .35rem; background: var(--card); color: var(--ink); font: inherit }
input[type=text], input[type=email], input[type=date] { width: 22rem }
input[inputmode=numeric] { width: 8rem }
[aria-invalid=true], .tick [aria-invalid=true] { border-color: var(--bad); outline: 1px solid var(--bad) }
fieldset { min-width: 0; margin: 0 0 1.5rem; padding: 0; border: 0 }
fieldset.faulty, .field.faulty { padding-left: .75rem; border-left: 4px solid var(--bad) }
fieldset.row { display: flex; flex-wrap: wrap; gap: 0 1.25rem; margin: .5rem 0; padding: .5rem 1rem 0; border: 1px solid var(--line); border-radius: .4rem }
fieldset.row legend { padding: 0 .35rem }
fieldset.row .field { display: flex; flex-direction: column; flex: 1 1 9rem; justify-content: flex-end; margin-bottom: .75rem }
fieldset.row .field > * { flex: none; width: 100% }
.tick { display: flex; align-items: flex-start; gap: .6rem }
.tick input { flex: none; width: 1.5rem; height: 1.5rem; min-height: 0; margin: .55rem 0; accent-color: var(--link) }
.tick label { flex: 1; padding: .5rem 0 }
fieldset > .field { margin: 0 }
.faults { margin: 0 0 1.5rem; padding: .25rem 1.25rem; border: 3px solid var(--bad); border-radius: .4rem }
.faults h2 { margin: .75rem 0 }
.faults a { color: var(--bad); font-weight: 600 }
.answer { margin: 0 0 2.5rem }
.answer h2.verdict { margin-top: 0; padding: .35rem .9rem }
.answer li { margin-bottom: .35rem; max-width: 42rem }
.verdicts { min-width: 52rem }
.answer dl { margin-bottom: .75rem }
.verdicts td:nth-child(2) { white-space: nowrap }
.verdicts .why { min-width: 20rem }
.verdicts .verdict { white-space: nowrap }
.notice { padding: .6rem .9rem; border-radius: .3rem; background: var(--open); color: var(--open-ink) }
form details { margin: 0 0 1.5rem }
.inset { margin: 0 0 .75rem 2.1rem }
dl.facts ul { margin: 0; padding-left: 1.25rem }
.trap { position: absolute; left: -99rem }
`;
