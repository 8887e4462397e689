// The OpenAPI document: valid, complete, and true of what is really answered.

import { Validator } from '@seriousme/openapi-schema-validator';
import { Ajv2020 } from 'ajv/dist/2020.js';
import formats from 'ajv-formats';
import { describe, expect, it } from 'vitest';
import { EVENT_TYPES } from '../../src/event/event.ts';
import { exampleEvents } from '../../src/event/examples.ts';
import { webhookSchema } from '../../src/event/schema.ts';
import { writePost } from '../../src/notify/formats/index.ts';
import { ENDPOINT_OPERATIONS } from '../../src/web/api/endpoint-operations.ts';
import { EVENTS_QUERY } from '../../src/web/api/query.ts';
import { READ_OPERATIONS } from '../../src/web/api/read-operations.ts';
import { apiDocument, staticApi } from '../../src/web/api/static.ts';
import type { DocumentMedia, DocumentOperation } from '../../src/web/pages/api-document.ts';
import { shippedDraws } from '../draw/history.ts';
import { endpoint } from '../notify/formats/samples.ts';
import { openArchiveWorld, shippedArchive } from './archive-world.ts';

const ORIGIN = 'https://draws.example.org';
const SERVED = apiDocument({ kind: 'served', origin: ORIGIN });
const STATIC = apiDocument({ kind: 'static', origin: null });

interface Named extends DocumentOperation {
  method: string;
  path: string;
}

function operationsOf(document: typeof SERVED): Named[] {
  return Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ ...operation, method, path })),
  );
}

const AJV = new Map([SERVED, STATIC].map((document) => [document, openAjv(document)]));

function openAjv({ components }: typeof SERVED): Ajv2020 {
  const ajv = new Ajv2020({ strict: true, allErrors: true, allowUnionTypes: true });
  formats.default(ajv);
  for (const [name, schema] of Object.entries(components.schemas))
    ajv.addSchema(schema, `#/components/schemas/${name}`);
  return ajv;
}

/** What is wrong with a value, by a schema of the document. */
function faultsOf(document: typeof SERVED, schema: unknown, value: unknown): unknown {
  const check = AJV.get(document)?.compile(schema as object);
  return check?.(value) ? null : (check?.errors ?? 'no such document');
}

function mediaOf({ responses }: DocumentOperation, status: number): DocumentMedia {
  const media = responses[status]?.content?.['application/json'];
  if (!media) throw new Error(`nothing is said of ${status}`);
  return media;
}

describe.each([
  ['served', SERVED],
  ['static', STATIC],
] as const)('the document of a %s site', (_, document) => {
  it('is valid OpenAPI 3.1', async () => {
    const validator = new Validator();

    const { valid, errors } = await validator.validate(JSON.stringify(document, null, 1));

    expect(errors).toBeUndefined();
    expect(valid).toBe(true);
    expect(validator.version).toBe('3.1');
  });

  it('names nothing that it does not hold, and holds nothing that it does not name', () => {
    const text = JSON.stringify(document);

    const named = new Set(text.match(/(?<="\$ref":"#\/components\/schemas\/)[^"]+/g));

    expect([...named].sort()).toEqual(Object.keys(document.components.schemas).sort());
    expect(text).not.toContain('$defs');
  });

  it('has examples that are what their schemas say', () => {
    const media = [...Object.values(document.paths), ...Object.values(document.webhooks ?? {})]
      .flatMap((methods) => Object.values(methods))
      .flatMap(({ requestBody, responses }) => [
        ...Object.values(requestBody?.content ?? {}),
        ...Object.values(responses).flatMap(({ content = {} }) => Object.values(content)),
      ])
      .filter(({ example }) => example !== undefined);

    const faults = media.flatMap(({ schema, example }) => faultsOf(document, schema, example) ?? []);

    expect(media.length).toBeGreaterThan(3);
    expect(faults).toEqual([]);
  });
});

describe('the document', () => {
  it('has every operation that there is, each with a name of its own', () => {
    const all = operationsOf(SERVED);

    expect(all.map(({ method, path }) => `${method} ${path}`).sort()).toEqual(
      [...READ_OPERATIONS, ...ENDPOINT_OPERATIONS].map(({ method, path }) => `${method} ${path}`).sort(),
    );
    expect(new Set(all.map(({ operationId }) => operationId)).size).toBe(all.length);
  });

  it('asks for a key where one is needed, and nowhere else', () => {
    const secured = operationsOf(SERVED).filter(({ security }) => security !== undefined);

    expect(secured.map(({ path }) => path).every((path) => path.startsWith('/api/endpoints'))).toBe(true);
    expect(secured).toHaveLength(ENDPOINT_OPERATIONS.length);
    expect(secured.every(({ responses }) => responses[401] !== undefined)).toBe(true);
    expect(SERVED.components.securitySchemes).toMatchObject({ key: { type: 'http', scheme: 'bearer' } });
    expect(STATIC.components.securitySchemes).toBeUndefined();
  });

  it('says every error in one shape', () => {
    const errors = operationsOf(SERVED).flatMap(({ responses }) =>
      Object.entries(responses).flatMap(([status, { content }]) =>
        status === 'default' || Number(status) >= 400 ? [content?.['application/json']?.schema] : [],
      ),
    );

    expect(new Set(errors.map((schema) => JSON.stringify(schema)))).toEqual(
      new Set([JSON.stringify({ $ref: '#/components/schemas/Error' })]),
    );
  });

  it('holds the body of every webhook, as the program prints it', () => {
    const { $defs } = webhookSchema() as { $defs: object };

    const faults = exampleEvents().flatMap((event) => {
      const { schema } = SERVED.webhooks?.[event.type]?.post?.requestBody?.content['application/json'] ?? {};
      const body = JSON.parse(writePost(event, endpoint('standard')).body);
      return faultsOf(SERVED, schema, body) ?? [];
    });

    expect(Object.keys(SERVED.webhooks ?? {})).toEqual([...EVENT_TYPES]);
    expect(faults).toEqual([]);
    expect(Object.keys(SERVED.components.schemas)).toEqual(expect.arrayContaining(Object.keys($defs)));
  });

  it('of a static site has its files and nothing else', () => {
    const paths = Object.keys(STATIC.paths);

    expect(paths).toEqual(['/api/draws.json', '/api/draws/{id}.json', '/api/types.json', '/api/pool.json']);
    expect(
      operationsOf(STATIC).every(
        ({ method, parameters = [] }) => method === 'get' && parameters.every((one) => one.in === 'path'),
      ),
    ).toBe(true);
    expect(STATIC.webhooks).toBeUndefined();
    expect(STATIC.servers).toEqual([{ url: '..' }]);
    expect(SERVED.servers).toEqual([{ url: ORIGIN }]);
  });

  it('is the same each time', () => {
    expect(JSON.stringify(apiDocument({ kind: 'served', origin: ORIGIN }))).toBe(JSON.stringify(SERVED));
  });
});

describe('what is answered', () => {
  const READ = operationsOf(SERVED).filter(({ tags }) => tags?.includes('draws'));

  it.each(READ.map((operation) => [operation.operationId ?? '', operation] as const))(
    'by %s is what the document says, for its own example and for all there is',
    async (id, { path, parameters = [], ...operation }) => {
      const { app } = await openArchiveWorld();
      const query = parameters
        .filter((one) => one.in === 'query' && one.example !== undefined)
        .map(({ name, example }) => `${name}=${example}`)
        .join('&');
      const most = id === 'listEvents' ? '?limit=1000' : '';
      const draws = path.includes('{id}') ? ['ircc:297', 'ircc-91a', '426', '1', '208'] : ['none'];
      const asked = draws.flatMap((draw) => [
        `${path.replace('{id}', draw)}?${path.includes('{id}') ? '' : query}`,
        `${path.replace('{id}', draw)}${most}`,
      ]);

      const answers = await Promise.all(
        asked.map(async (one) => {
          const answer = await app.request(one);
          return answer.status === 200 ? answer.json() : `${answer.status} ${one}`;
        }),
      );

      const { schema } = mediaOf(operation, 200);
      expect(faultsOf(SERVED, { type: 'array', items: schema }, answers)).toBeNull();
    },
  );

  it.each([{ crs: 480 }, { latest: true }, { crs: 522, programs: ['cec'], draws: ['297', 'ircc:91a'] }, {}])(
    'by checkProfile to %j is what the document says',
    async (body) => {
      const { app } = await openArchiveWorld();
      const operation = SERVED.paths['/api/check']?.post;
      if (!operation) throw new Error('no such operation');

      const answer = await app.request('/api/check', {
        method: 'POST',
        body: JSON.stringify(body),
        headers: { 'Content-Type': 'application/json' },
      });

      expect(answer.status).toBe(200);
      expect(faultsOf(SERVED, mediaOf(operation, 200).schema, await answer.json())).toBeNull();
      expect(faultsOf(SERVED, operation.requestBody?.content['application/json']?.schema, body)).toBeNull();
    },
  );

  it('in files is what the document of a static site says', () => {
    const files = [
      ...staticApi(shippedArchive(), { kind: 'static', origin: null, sender: null, operator: null }),
    ];

    const faults = operationsOf(STATIC).flatMap(({ path, ...operation }) => {
      const own = path.includes('{id}')
        ? /^\/api\/draws\/.*\.json$/
        : new RegExp(`^${path.replace('.', '\\.')}$`);
      const bodies = files.filter((file) => own.test(file.path)).map(({ body }) => JSON.parse(body));
      const { schema } = mediaOf(operation, 200);
      return [faultsOf(STATIC, { type: 'array', items: schema, minItems: 1 }, bodies) ?? []].flat();
    });

    expect(files).toHaveLength(4 + shippedDraws().length);
    expect(faults).toEqual([]);
  });

  it('to a value that a parameter of the document does not take is 422', async () => {
    const { app } = await openArchiveWorld([]);

    const answers = await Promise.all(
      READ.flatMap(({ path, parameters = [] }) =>
        parameters
          .filter((one) => one.in === 'query' && !(path === '/api/events' && one.name === 'draw'))
          .map(async ({ name }) => (await app.request(`${path}?${name}=%00`)).status),
      ),
    );

    expect(answers.length).toBeGreaterThan(Object.keys(EVENTS_QUERY).length);
    expect(new Set(answers)).toEqual(new Set([422]));
  });
});
