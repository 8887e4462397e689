// operations -> the OpenAPI document: what programs, and the page for people, know of the API. Pure.

import type {
  ApiDocument,
  DocumentAnswer,
  DocumentOperation,
  DocumentParameter,
  DocumentPath,
} from '../pages/api-document.ts';
import type { Site } from '../site.ts';
import { type Components, openComponents } from './components.ts';
import { FAULT, fault } from './faults.ts';
import { JSON_TYPE } from './media.ts';
import { webhooksOf } from './openapi-webhooks.ts';
import { type Answer, type Operation, type Parameter, TAGS, type Tag } from './operations.ts';

/** Of what is described here, not of drawbell: the first number changes with what breaks a client. */
const VERSION = '1.0.0';

const ABOUT = {
  served:
    'Draws of Express Entry, as drawbell read them off the official page. Reading needs no key and is allowed from any origin. What is not known is null, never 0 or an empty text. Fields may be added: ignore those you do not know. Information, not advice; not affiliated with the Government of Canada.',
  static:
    'Draws of Express Entry, as drawbell read them off the official page, in files. What is not known is null, never 0 or an empty text. Fields may be added: ignore those you do not know. Information, not advice; not affiliated with the Government of Canada.',
} as const;

const ABOUT_TAG: Record<Tag, string> = {
  draws: 'Draws, and what is known of them.',
  check: 'What draws would have meant for somebody.',
  endpoints: 'The webhooks of a team, by its key.',
};

/** Of a static site, only what stands there as a file. */
export function openApiOf(
  { kind, origin }: Pick<Site, 'kind' | 'origin'>,
  operations: readonly Operation[],
): ApiDocument {
  const components = openComponents();
  const there = kind === 'served' ? operations : operations.flatMap(asFile);
  const paths: Record<string, DocumentPath> = {};
  for (const operation of there) {
    const { path, method } = operation;
    paths[path] = { ...paths[path], [method]: documentOf(operation, components) };
  }
  const webhooks = kind === 'served' ? { webhooks: webhooksOf(components) } : {};
  const secured = there.some((operation) => operation.secured);
  return {
    openapi: '3.1.0',
    info: {
      title: 'drawbell',
      version: VERSION,
      description: ABOUT[kind],
      license: { name: 'MIT', identifier: 'MIT' },
    },
    // Relative to where the document stands, wherever that is.
    servers: [{ url: origin ?? '..' }],
    tags: TAGS.filter((tag) => there.some((operation) => operation.tag === tag)).map((name) => ({
      name,
      description: ABOUT_TAG[name],
    })),
    paths,
    ...webhooks,
    components: { schemas: components.all(), ...(secured ? { securitySchemes: { key: KEY } } : {}) },
  };
}

const KEY = {
  type: 'http',
  scheme: 'bearer',
  description: 'A key that the operator made with `drawbell keys add`.',
};

/** A file takes no query, and has no faults to tell of. */
function asFile({ file, parameters = [], answers, shared: _, ...rest }: Operation): Operation[] {
  if (file === undefined || !answers[200]) return [];
  return [
    {
      ...rest,
      file,
      path: file,
      parameters: parameters.filter((one) => one.in === 'path'),
      answers: { 200: answers[200] },
    },
  ];
}

function documentOf(operation: Operation, components: Components): DocumentOperation {
  const { id, tag, summary, description, secured, parameters = [], body, file } = operation;
  const alsoAs =
    file === undefined || file === operation.path ? [] : [`Also a file, \`${file}\`, without a query.`];
  const about = [...(description === undefined ? [] : [description]), ...alsoAs].join(' ');
  return {
    operationId: id,
    tags: [tag],
    summary,
    ...(about === '' ? {} : { description: about }),
    ...(secured ? { security: [{ key: [] }] } : {}),
    ...(parameters.length === 0
      ? {}
      : { parameters: parameters.map((parameter) => parameterOf(parameter, components)) }),
    ...(body === undefined
      ? {}
      : {
          requestBody: {
            description: body.description,
            required: !body.optional,
            content: {
              [JSON_TYPE]: { schema: components.schemaOf(body.schema), example: body.example },
            },
          },
        }),
    responses: Object.fromEntries(
      answersOf(operation).map(([status, answer]) => [status, answerOf(answer, components)]),
    ),
  };
}

/** Those of its own, and those that follow from what it is. */
function answersOf({ answers, body, secured, shared, method, file, path }: Operation): [string, Answer][] {
  if (file === path && method === 'get') return Object.entries(answers);
  const all: Record<string, Answer> = {
    ...(shared ? { 304: { description: 'Not changed since the answer with that ETag.' } } : {}),
    ...(body ? { 400: FAULT.notJson, 413: FAULT.tooLarge, 415: FAULT.notTold, 422: FAULT.body } : {}),
    ...(secured ? { 401: FAULT.key } : {}),
    ...answers,
  };
  return [...Object.entries(all), ['default', fault('Any other error has the same shape.')]];
}

function parameterOf({ name, in: place, description, schema, example }: Parameter, components: Components) {
  const { description: own, ...json } = components.schemaOf(schema);
  const about = description ?? own;
  const parameter: DocumentParameter = {
    name,
    in: place,
    ...(typeof about === 'string' ? { description: about } : {}),
    required: place === 'path',
    schema: json,
    ...(example === undefined ? {} : { example }),
  };
  return parameter;
}

function answerOf({ description, schema, example }: Answer, components: Components): DocumentAnswer {
  if (schema === undefined) return { description };
  const media = { schema: components.schemaOf(schema), ...(example === undefined ? {} : { example }) };
  return { description, content: { [JSON_TYPE]: media } };
}
