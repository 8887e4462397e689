// What an OpenAPI 3.1 document of ours holds: what writes it and the page about it agree on. Pure.

/** A JSON Schema 2020-12; components are named by `$ref`. */
export type JsonSchema = Readonly<Record<string, unknown>>;

export interface DocumentMedia {
  schema: JsonSchema;
  example?: unknown;
}
type Content = Readonly<Record<string, DocumentMedia>>;

export interface DocumentParameter {
  name: string;
  in: 'path' | 'query' | 'header';
  description?: string;
  required: boolean;
  schema: JsonSchema;
  example?: unknown;
}

export interface DocumentAnswer {
  description: string;
  content?: Content;
}

export interface DocumentOperation {
  operationId?: string;
  tags?: readonly string[];
  summary: string;
  description?: string;
  security?: readonly Readonly<Record<string, readonly string[]>>[];
  parameters?: readonly DocumentParameter[];
  requestBody?: { description: string; required: boolean; content: Content };
  responses: Readonly<Record<string, DocumentAnswer>>;
}

/** By method in lower case. */
export type DocumentPath = Readonly<Record<string, DocumentOperation>>;

export interface ApiDocument {
  openapi: string;
  info: {
    title: string;
    version: string;
    description: string;
    license: { name: string; identifier: string };
  };
  servers: readonly { url: string }[];
  tags: readonly { name: string; description: string }[];
  paths: Readonly<Record<string, DocumentPath>>;
  /** By the type of event. */
  webhooks?: Readonly<Record<string, DocumentPath>>;
  components: {
    schemas: Readonly<Record<string, JsonSchema>>;
    securitySchemes?: Readonly<Record<string, unknown>>;
  };
}
