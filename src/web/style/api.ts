// How the pages look: the feeds and the API.

export const API = `
.feeds { display: grid; grid-template-columns: minmax(0, 1fr) auto; margin: 0 }
.feeds > * { margin: 0; padding: .45rem 0; border-bottom: 1px solid var(--line) }
.feeds dt { padding-right: 1.25rem; font-weight: 600 }
.links { display: flex; flex-wrap: wrap; gap: 0 1.25rem; margin: 0; padding: 0; list-style: none }
.links li { margin: 0 }
.contents a, .operations a { display: inline-block; padding: .35rem 0 }
.operations { padding: 0; list-style: none }
.operation { margin-top: 1.5rem; border-top: 1px solid var(--line) }
.operation h3 code { font-size: 1em; font-weight: 700 }
h4 { margin: 1rem 0 .35rem; font-size: 1rem }
@media (max-width: 44rem) {
  .feeds { display: block }
  .feeds dt { padding-bottom: 0; border: 0 }
}
`;
