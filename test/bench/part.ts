// A part of what a run does, as a process of its own: `part.ts libraries request database`.

import { enableCompileCache } from 'node:module';

enableCompileCache();
const { preferPacked } = await import('../../src/startup/packed.ts');
preferPacked();
const parts = new Set(process.argv.slice(2));
if (parts.has('libraries')) {
  await Promise.all([import('kysely'), import('commander'), import('undici'), import('better-sqlite3')]);
}
if (parts.has('request')) {
  const { request } = await import('undici');
  await (await request(new URL('/none', process.env.DRAWBELL_IRCC_URL))).body.dump();
}
if (parts.has('database')) {
  const { openStore } = await import('../../src/store/open.ts');
  await openStore(process.env.DRAWBELL_DATABASE ?? '').destroy();
}
