// The libraries that are loaded at every start and come in hundreds of files.

/**
 * Reading them file by file is what a short run spends its time on, so `npm ci` packs each into one file
 * (docs/decisions/0002). `null`: everything it exports; a list: only these names, for CommonJS packages.
 */
export const PACKED: Readonly<Record<string, readonly string[] | null>> = {
  kysely: null,
  zod: null,
  commander: null,
  undici: ['Agent', 'request'],
};

/** Beside the packages themselves, so that reinstalling them removes it. */
export const PACK_FOLDER = new URL('../../node_modules/.drawbell/', import.meta.url);
