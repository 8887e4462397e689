// Which draws to show, as a form; on a site of files, which answers none, as links. Pure.

import { html } from 'hono/html';
import { drawTypeName } from '../../notify/text/describe.ts';
import { LANGUAGES } from '../../notify/text/languages.ts';
import type { Archive } from '../archive.ts';
import { PATHS, slugOf } from '../paths.ts';
import { ALL_DRAWS, type Selection, SORTS } from '../selection.ts';
import type { View } from '../site.ts';
import { HISTORY_WORDS } from '../text/history.ts';
import type { Html } from './frame.ts';

interface Choice {
  value: string;
  text: string;
  /** What is selected by choosing it alone. */
  selection: Selection;
  chosen: boolean;
}

interface Field {
  name: 'type' | 'year' | 'sort';
  label: string;
  choices: readonly Choice[];
}

export function historyFilter(view: View, archive: Archive, selection: Selection): Html {
  const fields = fieldsOf(view, archive, selection);
  return view.site.kind === 'served' ? form(view, fields) : links(view, fields);
}

/** What it asks for is answered with the path of the page. */
function form({ locale, to }: View, fields: readonly Field[]): Html {
  const { filter } = HISTORY_WORDS[locale];
  return html`<form class="filter" method="get" action="${to(PATHS.history(locale))}" role="search" aria-label="${filter.name}">
${fields.map(
  ({ name, label, choices }) => html`<div><label for="filter-${name}">${label}</label>
<select id="filter-${name}" name="${name}">${choices.map(
    ({ value, text, chosen }) =>
      html`<option value="${value}"${chosen ? html` selected` : ''}>${text}</option>`,
  )}</select></div>
`,
)}<button>${filter.show}</button>
</form>
`;
}

function links({ locale, to }: View, fields: readonly Field[]): Html {
  const { filter } = HISTORY_WORDS[locale];
  return html`<nav class="filter" aria-label="${filter.name}"><dl class="facts">
${fields.map(
  ({ label, choices }) => html`<dt>${label}</dt><dd>${choices.map(
    ({ text, selection, chosen }) =>
      html`<a href="${to(PATHS.history(locale, selection))}"${chosen ? html` aria-current="true"` : ''}>${text}</a> `,
  )}</dd>
`,
)}</dl></nav>
`;
}

/** Choosing a type by its link lets go of the year, and the other way round: of both there is no page of files. */
function fieldsOf({ locale }: View, archive: Archive, selection: Selection): Field[] {
  const { filter, sorts } = HISTORY_WORDS[locale];
  const all = { ...ALL_DRAWS, sort: selection.sort };
  const types = [...archive.types.values()].map(({ type, draws }) => ({
    value: slugOf(type),
    text: drawTypeName(LANGUAGES[locale], draws[0]).short,
    selection: { ...all, type },
    chosen: type === selection.type,
  }));
  const years = archive.years.map((year) => ({
    value: year,
    text: year,
    selection: { ...all, year },
    chosen: year === selection.year,
  }));
  return [
    {
      name: 'type',
      label: filter.type,
      choices: [
        { value: '', text: filter.allTypes, selection: all, chosen: selection.type === null },
        ...types,
      ],
    },
    {
      name: 'year',
      label: filter.year,
      choices: [
        { value: '', text: filter.allYears, selection: all, chosen: selection.year === null },
        ...years,
      ],
    },
    {
      name: 'sort',
      label: filter.order,
      choices: SORTS.map((sort) => ({
        value: sort,
        text: sorts[sort],
        selection: { ...selection, sort, page: 1 },
        chosen: sort === selection.sort,
      })),
    },
  ];
}
