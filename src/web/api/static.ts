// archive -> the documents of the API as files, which both kinds of site have. Pure.

import type { DrawRecord } from '../../draw/record.ts';
import { remember } from '../../remember.ts';
import type { Archive } from '../archive.ts';
import { slugOf } from '../paths.ts';
import type { PublicFile, Site } from '../site.ts';
import { drawsAnswer, explanationAnswer, poolAnswer } from './draw-answers.ts';
import { ENDPOINT_OPERATIONS } from './endpoint-operations.ts';
import { JSON_TYPE } from './media.ts';
import { openApiOf } from './openapi.ts';
import { READ_OPERATIONS } from './read-operations.ts';
import { typesAnswer } from './type-answers.ts';

/** Those that are about all draws, by their path, without what writes each. */
const OF_ALL: Readonly<Record<string, (archive: Archive, site: Site) => unknown>> = {
  '/api/draws.json': (archive) => drawsAnswer(archive),
  '/api/types.json': typesAnswer,
  '/api/pool.json': (archive) => poolAnswer(archive),
  '/api/openapi.json': (_, site) => apiDocument(site),
};
export const FILE_PATHS = Object.keys(OF_ALL);

/** What there is on a site, for programs: made once for each, as it takes a while. */
export const apiDocument = remember(2, (site: Pick<Site, 'kind' | 'origin'>) =>
  openApiOf(site, [...READ_OPERATIONS, ...ENDPOINT_OPERATIONS]),
);

/** One of `FILE_PATHS`. */
export function apiFile(path: string, archive: Archive, site: Site): PublicFile {
  return fileOf(path, OF_ALL[path]?.(archive, site));
}

export function drawFile(archive: Archive, record: DrawRecord): PublicFile {
  return fileOf(`/api/draws/${slugOf(record.draw.id)}.json`, explanationAnswer(archive, record));
}

/** All of them: the same archive makes the same bytes. */
export function* staticApi(archive: Archive, site: Site): Generator<PublicFile> {
  for (const path of FILE_PATHS) yield apiFile(path, archive, site);
  for (const record of archive.records.values()) yield drawFile(archive, record);
}

/** In one line. */
export function jsonOf(answer: unknown): string {
  return `${JSON.stringify(answer)}\n`;
}

function fileOf(path: string, answer: unknown): PublicFile {
  return { path, type: JSON_TYPE, body: jsonOf(answer) };
}
