// What an operation of the API is, as the OpenAPI document and the page about it are made of them. Pure.

import type * as z from 'zod';

/**
 * One method of one path. Whoever answers it declares it beside its schemas, in a list such as
 *
 *     export const ENDPOINT_OPERATIONS: readonly Operation[] = [
 *       { method: 'get', path: '/api/endpoints/{id}', id: 'getEndpoint', tag: 'endpoints', secured: true,
 *         summary: 'One endpoint', parameters: [{ name: 'id', in: 'path', schema: EndpointId, example: 'ep_1' }],
 *         answers: { 200: { description: 'The endpoint.', schema: EndpointSchema, example }, 404: FAULT.unknown } },
 *     ];
 *
 * and the document, its schemas and the readable page have it. A schema with `.meta({ id: 'Name' })` is written once,
 * as a component of that name; one without stands where it is used. Examples are checked against their schemas by a
 * test. An error is told with `sendError` (send-error.ts); its answer is one of `FAULT`, or made with `fault` (faults.ts).
 */
export interface Operation {
  method: 'get' | 'post' | 'put' | 'patch' | 'delete';
  /** From the root of these pages, with parameters in braces: `/api/draws/{id}`. */
  path: string;
  /** Its name in clients that are generated: a verb and a noun, `listDraws`. */
  id: string;
  tag: Tag;
  /** A few words, without a full stop. */
  summary: string;
  /** Sentences; of Markdown nothing but backticks. */
  description?: string;
  /** Only with a key: `Authorization: Bearer ...`. 401 is then among its answers by itself. */
  secured?: true;
  /** The same for everybody: kept by its ETag, and read from any origin. 304 is then among its answers by itself. */
  shared?: true;
  /** Its path as a file, which both kinds of site have; without the parameters of the query. */
  file?: string;
  parameters?: readonly Parameter[];
  /** JSON, at most 64 KB; 400, 413, 415 and 422 are then among its answers by themselves. */
  body?: { description: string; schema: z.ZodType; example: unknown; optional?: true };
  /** By status. */
  answers: Readonly<Record<number, Answer>>;
}

/** What operations are grouped by. */
export const TAGS = ['draws', 'check', 'endpoints'] as const;
export type Tag = (typeof TAGS)[number];

export interface Parameter {
  name: string;
  /** One in the path is always required, one of the query never. */
  in: 'path' | 'query';
  /** Unless the schema describes itself. */
  description?: string;
  schema: z.ZodType;
  example?: unknown;
}

/** Without a schema: an answer without a body. */
export interface Answer {
  description: string;
  schema?: z.ZodType;
  example?: unknown;
}
