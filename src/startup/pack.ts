// `npm ci` runs this: packs the libraries of every start into one file each.

import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { PACK_FOLDER, PACKED } from './libraries.ts';

const folder = fileURLToPath(PACK_FOLDER);
rmSync(folder, { recursive: true, force: true });

const rolldown = await import('rolldown').catch(() => null);
if (rolldown) {
  mkdirSync(folder, { recursive: true });
  const input: Record<string, string> = {};
  for (const [name, names] of Object.entries(PACKED)) {
    input[name] = `${folder}${name}.entry.mjs`;
    writeFileSync(input[name], `export { ${names.join(', ')} } from '${name}';\n`);
  }
  const build = await rolldown.rolldown({ input, platform: 'node', logLevel: 'warn' });
  await build.write({ dir: folder, format: 'esm', entryFileNames: '[name].mjs' });
  await build.close();
} else {
  // Where it has no build for this machine everything works the same, only starting takes longer.
  process.stderr.write('drawbell: rolldown cannot be loaded, so libraries are loaded file by file\n');
}
