// Feeds and the API: what programs can read here, and how. The part about the API is the OpenAPI document. Pure.

import { html } from 'hono/html';
import type { Archive } from '../archive.ts';
import { feedsOf } from '../feeds/list.ts';
import { FEED_FORMATS, PATHS } from '../paths.ts';
import type { View } from '../site.ts';
import { API_WORDS } from '../text/api.ts';
import type { ApiDocument } from './api-document.ts';
import { english, operationSection, PLACEHOLDER, summaryOf } from './api-operation.ts';
import { coded } from './coded.ts';
import { drawFeeds, FEEDS } from './feed-links.ts';
import type { Html, Page } from './frame.ts';

export function apiPage(view: View, archive: Archive, document: ApiDocument): Page {
  const { locale, site, to } = view;
  const words = API_WORDS[locale];
  const { reading } = words;
  return {
    title: words.title,
    description: words.description,
    room: 'api',
    inLanguage: PATHS.api,
    feeds: drawFeeds(locale),
    body: html`${contents(view, document)}${feedsSection(view, archive)}<section>
<h2 id="api">${reading.heading}</h2>
${reading[site.kind].map((line) => html`<p>${coded(line)}</p>\n`)}${
  site.origin === null ? html`<p>${coded(reading.placeholder(PLACEHOLDER))}</p>\n` : ''
}${words.note === null ? '' : html`<p>${words.note}</p>\n`}<p><a href="${to('/api/openapi.json')}">${reading.document}</a></p>
</section>
${document.tags.map(({ name }) => groupSection(view, name, document))}${webhooksSection(view, document)}`,
  };
}

/** Where the parts are: the page is long. */
function contents({ locale }: View, { tags, webhooks }: ApiDocument): Html {
  const words = API_WORDS[locale];
  const parts = [
    ['feeds', words.feeds.heading],
    ['api', words.reading.heading],
    ...tags.map(({ name }) => [name, words.groups[name]?.heading ?? name]),
    ...(webhooks === undefined ? [] : [['webhooks', words.webhooks.heading]]),
  ];
  return html`<nav class="contents" aria-label="${words.contents}">
<ul class="links">${parts.map(([id, text]) => html`<li><a href="#${id}">${text}</a></li>`)}</ul>
</nav>
`;
}

function feedsSection(view: View, archive: Archive): Html {
  const { locale, to } = view;
  const { feeds: words } = API_WORDS[locale];
  return html`<section>
<h2 id="feeds">${words.heading}</h2>
<p>${words.text}</p>
<dl class="feeds">${feedsOf(archive, locale).map(
    ({ of, name, draws }) =>
      html`<dt>${name ?? words.all}${draws.length === 0 ? html` <span class="quiet">(${words.noDraw})</span>` : ''}</dt><dd><ul class="links">${FEED_FORMATS.map(
        (format) =>
          html`<li><a href="${to(PATHS.feed(locale, format, of))}" aria-label="${FEEDS[format].name}, ${name ?? words.all}">${FEEDS[format].name}</a></li>`,
      )}</ul></dd>
`,
  )}</dl>
</section>
`;
}

function groupSection(view: View, tag: string, { paths, components }: ApiDocument): Html {
  const words = API_WORDS[view.locale].groups[tag];
  const operations = Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).flatMap(([method, operation]) =>
      operation.tags?.includes(tag) ? [{ method, path, operation }] : [],
    ),
  );
  const list = html`<ul class="operations">${operations.map(
    ({ method, path, operation }) =>
      html`<li><a href="#${operation.operationId ?? path}"><code>${method.toUpperCase()} ${path}</code></a> ${summaryOf(view, path, operation)}</li>
`,
  )}</ul>
`;
  return html`<section>
<h2 id="${tag}">${words?.heading ?? tag}</h2>
${words?.text ? html`<p>${coded(words.text)}</p>\n` : ''}${operations.length > 1 ? list : ''}${operations.map(
  ({ method, path, operation }) => operationSection(view, method, path, operation, components.schemas),
)}</section>
`;
}

function webhooksSection(view: View, { webhooks }: ApiDocument): Html {
  if (webhooks === undefined) return html``;
  const words = API_WORDS[view.locale].webhooks;
  return html`<section>
<h2 id="webhooks">${words.heading}</h2>
<p>${coded(words.text)}</p>
<table>
<caption>${words.caption}</caption>
<thead><tr><th scope="col">${words.event}</th><th scope="col">${words.when}</th></tr></thead>
<tbody>${Object.entries(webhooks).flatMap(([type, methods]) =>
    Object.values(methods).map(
      ({ summary }) =>
        html`<tr><th scope="row"><code>${type}</code></th><td>${english(view, summary)}</td></tr>
`,
    ),
  )}</tbody>
</table>
</section>
`;
}
