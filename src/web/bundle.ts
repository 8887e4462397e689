// sources -> the script of a static site: what answers the form, in one file for each language.

import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import type { Plugin } from 'rolldown';
import type { Locale } from '../match/notice.ts';

export interface Bundle {
  /** From the root of the site; changes with what is in it. */
  path: string;
  code: string;
  bytes: number;
  /** Bytes by gzip, as servers send it. */
  compressed: number;
}

const ENTRY = 'drawbell-checker';

/** Minified, a module without imports. The bundler is loaded only here: nothing else of the program needs it. */
export async function bundleChecker(locale: Locale): Promise<Bundle> {
  const { rolldown } = await import('rolldown');
  const build = await rolldown({
    input: ENTRY,
    platform: 'browser',
    plugins: [entryFor(locale), oneLanguage(locale)],
  });
  try {
    const { output } = await build.generate({ format: 'esm', minify: true, codeSplitting: false });
    const [{ code }] = output;
    const hash = createHash('sha256').update(code).digest('hex').slice(0, 12);
    return {
      path: `/check-${hash}.js`,
      code,
      bytes: Buffer.byteLength(code),
      compressed: gzipSync(code, { level: 9 }).length,
    };
  } finally {
    await build.close();
  }
}

function entryFor(locale: Locale): Plugin {
  const checker = fileURLToPath(new URL('checker.ts', import.meta.url));
  return {
    name: 'drawbell-entry',
    resolveId: (id) => (id === ENTRY ? id : null),
    load: (id) =>
      id === ENTRY
        ? `import { startChecker } from ${JSON.stringify(checker)};\nstartChecker(${JSON.stringify(locale)});`
        : null,
  };
}

/** The words of the other languages are nothing: tables by language still name them, and nobody looks them up. */
function oneLanguage(locale: Locale): Plugin {
  const words = /\/src\/(?:web|notify)\/text\/(en|fr)(?:-[a-z-]+)?\.ts$/;
  return {
    name: 'drawbell-language',
    async load(id) {
      const language = words.exec(id.replaceAll('\\', '/'))?.[1];
      if (language === undefined || language === locale) return null;
      const names = (await readFile(id, 'utf8')).matchAll(/^export (?:const|function) (\w+)/gm);
      return [...names].map(([, name]) => `export const ${name} = undefined;`).join('\n');
    },
  };
}
