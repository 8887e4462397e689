// The libraries that come in hundreds of files, and what of them is used.

/**
 * Reading those of every start file by file is what a short run would spend its time on, so `npm ci` packs each into one file
 * (docs/decisions/0002), with these names only. A test holds the lists against what the sources import.
 */
export const PACKED: Readonly<Record<string, readonly string[]>> = {
  commander: ['Command', 'CommanderError', 'InvalidArgumentError', 'Option'],
  kysely: ['CompiledQuery', 'Kysely', 'SqliteDialect', 'sql'],
  undici: ['Agent', 'request'],
  yaml: ['isNode', 'LineCounter', 'parseDocument'],
  zod: [
    'array',
    'boolean',
    'discriminatedUnion',
    'email',
    'enum',
    'int',
    'literal',
    'number',
    'object',
    'strictObject',
    'string',
    'templateLiteral',
    'toJSONSchema',
    'union',
    'unknown',
    'url',
  ],
};

/** Beside the packages themselves, so that reinstalling them removes it. */
export const PACK_FOLDER = new URL('../../node_modules/.drawbell/', import.meta.url);
