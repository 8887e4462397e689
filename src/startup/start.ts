// What makes a short run short: compiled code is cached, and packed libraries are preferred.

import { existsSync } from 'node:fs';
import { enableCompileCache, registerHooks } from 'node:module';
import { PACK_FOLDER, PACKED } from './libraries.ts';

/** Must run before the first import of a packed library. */
export function startFast(): void {
  enableCompileCache();
  if (!existsSync(PACK_FOLDER)) return;
  registerHooks({
    resolve: (specifier, context, next) =>
      Object.hasOwn(PACKED, specifier)
        ? { url: new URL(`${specifier}.mjs`, PACK_FOLDER).href, format: 'module', shortCircuit: true }
        : next(specifier, context),
  });
}
