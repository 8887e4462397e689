// How the pages look on paper. Stands behind all other rules, to hold against them.

export const PRINT = `
@media print {
  :root { --page: #fff; --card: #fff; --ink: #000; --quiet: #333; --line: #999; --link: #000; --on-link: #fff; --yes-ink: #0f5132; --yes: #fff; --no-ink: #374151; --no: #fff; --open-ink: #6b4300; --open: #fff; --bad: #a3161f }
  nav, .skip, .language, form, main .filter, .doors, .button, footer a { display: none }
  main { margin: 0; padding-inline: 0; border: 0 }
  h2, h3, tr, li { break-inside: avoid }
  h2, h3 { break-after: avoid }
  .scroll { overflow: visible }
  .verdicts, .chart svg[role] { min-width: 0 }
  .verdict, .away, .special strong { border: 1px solid }
}
`;
