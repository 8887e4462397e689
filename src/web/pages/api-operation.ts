// One operation of the API, as the OpenAPI document has it: how to ask, and what is answered. Pure.

import { html } from 'hono/html';
import type { View } from '../site.ts';
import { API_WORDS } from '../text/api.ts';
import type { ApiWords } from '../text/api-words.ts';
import type { DocumentOperation, DocumentParameter, JsonSchema } from './api-document.ts';
import { coded } from './coded.ts';
import type { Html } from './frame.ts';

/** Stands for the address of a site that does not know its own. */
export const PLACEHOLDER = '$DRAWBELL';

/** `schemas`: those that have a name. */
export function operationSection(
  view: View,
  method: string,
  path: string,
  operation: DocumentOperation,
  schemas: Readonly<Record<string, JsonSchema>>,
): Html {
  const words = API_WORDS[view.locale];
  const { operationId = path, description, security, parameters = [], requestBody } = operation;
  const body = requestBody?.content['application/json'];
  const fields = body === undefined ? [] : fieldsOf(body.schema, schemas);
  return html`<section class="operation">
<h3 id="${operationId}"><code>${method.toUpperCase()} ${path}</code></h3>
<p>${summaryOf(view, path, operation)}. ${security === undefined ? '' : html`<strong>${words.operation.key}</strong>`}</p>
${description === undefined ? '' : html`<p>${english(view, description)}</p>\n`}${parameters.length === 0 ? '' : fieldList(view, words.operation.parameters, parameters)}${fields.length === 0 ? '' : fieldList(view, words.operation.body, fields)}<h4>${words.operation.example}</h4>
<pre tabindex="0"><code>${curl(view, method, path, operation, body?.example)}</code></pre>
${answersList(view, operation)}</section>
`;
}

/** What it is for, in a few words without a full stop. */
export function summaryOf(
  view: View,
  path: string,
  { operationId = path, summary }: DocumentOperation,
): Html | string {
  return API_WORDS[view.locale].summaries[operationId] ?? english(view, summary);
}

/** What the document says is in English, whatever the page is in. */
export function english({ locale }: View, text: string): Html {
  return locale === 'en' ? coded(text) : html`<span lang="en">${coded(text)}</span>`;
}

type Field = Pick<DocumentParameter, 'name' | 'schema' | 'description'> & { in?: DocumentParameter['in'] };

/** Of a body that is an object, what it may hold. */
function fieldsOf(schema: JsonSchema, schemas: Readonly<Record<string, JsonSchema>>): Field[] {
  const [, name = ''] = /^#\/components\/schemas\/(.+)$/.exec(String(schema.$ref)) ?? [];
  const { properties } = schemas[name] ?? schema;
  return Object.entries((properties ?? {}) as Record<string, JsonSchema>).map(([field, own]) => ({
    name: field,
    schema: own,
    description: String(own.description ?? ''),
  }));
}

function fieldList(view: View, heading: string, fields: readonly Field[]): Html {
  const { operation: words, values } = API_WORDS[view.locale];
  return html`<h4>${heading}</h4>
<dl class="facts">${fields.map(
    ({ name, in: place, schema, description = '' }) =>
      html`<dt><code>${name}</code></dt><dd>${takes(schema, values)}${place === 'path' ? ` (${words.required})` : ''}. ${english(view, description)}</dd>
`,
  )}</dl>
`;
}

function takes(schema: JsonSchema, values: ApiWords['values']): Html {
  const { type, format, minimum, maximum } = schema;
  const choices = choicesOf(schema);
  if (choices.length > 0)
    return html`${choices.map((choice, index) => html`${index === 0 ? '' : ', '}<code>${choice}</code>`)}`;
  if (format === 'date') return html`${values.day}`;
  if (format === 'date-time') return html`${values.instant}`;
  if (type === 'boolean') return html`${values.flag}`;
  if (type === 'array') return html`${values.list}`;
  if (type !== 'integer' || typeof minimum !== 'number') return html`${values.text}`;
  return html`${typeof maximum === 'number' ? values.range(minimum, maximum) : values.from(minimum)}`;
}

/** Texts that are taken; of those that only begin alike, the beginning. */
function choicesOf({ enum: choices, anyOf, pattern }: JsonSchema): string[] {
  if (Array.isArray(choices)) return choices.map(String);
  if (Array.isArray(anyOf)) return anyOf.flatMap((one: JsonSchema) => choicesOf(one));
  const [, beginning] = /^\^([\w-]+:)/.exec(String(pattern)) ?? [];
  return beginning === undefined ? [] : [`${beginning}…`];
}

/** A command that can be tried as it is. */
function curl(
  { site }: View,
  method: string,
  path: string,
  { parameters = [], security }: DocumentOperation,
  body: unknown,
): string {
  const given = parameters.filter(({ example }) => example !== undefined);
  const inPath = given.reduce(
    (made, { name, in: place, example }) =>
      place === 'path' ? made.replace(`{${name}}`, String(example)) : made,
    path,
  );
  const query = given
    .filter(({ in: place }) => place === 'query')
    .map(({ name, example }) => `${name}=${encodeURIComponent(String(example))}`)
    .join('&');
  return [
    'curl',
    method === 'get' ? '' : ` -X ${method.toUpperCase()}`,
    security === undefined ? '' : ' -H "Authorization: Bearer $KEY"',
    body === undefined ? '' : ` -H 'Content-Type: application/json' \\\n  -d '${JSON.stringify(body)}' \\\n `,
    ` "${site.origin ?? PLACEHOLDER}${inPath}${query === '' ? '' : `?${query}`}"`,
  ].join('');
}

function answersList(view: View, { responses }: DocumentOperation): Html {
  const { operation: words } = API_WORDS[view.locale];
  const examples = Object.values(responses).flatMap(
    ({ content }) => content?.['application/json']?.example ?? [],
  );
  return html`<h4>${words.answers}</h4>
<dl class="facts">${Object.entries(responses).map(
    ([status, { description }]) =>
      html`<dt><code>${status}</code></dt><dd>${english(view, description)}</dd>
`,
  )}</dl>
${examples.map(
  (example) => html`<details>
<summary>${words.exampleAnswer}</summary>
<pre tabindex="0"><code>${shortened(example)}</code></pre>
</details>
`,
)}`;
}

/** What would fill a page tells no more than its beginning. */
const MOST_ITEMS = 2;

function shortened(example: unknown): string {
  return JSON.stringify(
    example,
    (_, value: unknown) =>
      Array.isArray(value) && value.length > MOST_ITEMS && typeof value[0] === 'object'
        ? [...value.slice(0, MOST_ITEMS), '…']
        : value,
    2,
  );
}
