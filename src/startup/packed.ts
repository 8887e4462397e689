// What makes a short run short: libraries that `npm ci` has packed are loaded from there.

import { existsSync } from 'node:fs';
import { registerHooks } from 'node:module';
import { PACK_FOLDER, PACKED } from './libraries.ts';

/** Must run before the first import of a packed library. Without the pack, nothing changes. */
export function preferPacked(): void {
  if (!existsSync(PACK_FOLDER)) return;
  registerHooks({
    resolve: (specifier, context, next) =>
      Object.hasOwn(PACKED, specifier)
        ? { url: new URL(`${specifier}.mjs`, PACK_FOLDER).href, format: 'module', shortCircuit: true }
        : next(specifier, context),
  });
}
