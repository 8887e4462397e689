// A part of what a run does, as a process of its own: `part.ts libraries request database`, or `part.ts unpacked`.

import { enableCompileCache } from 'node:module';

enableCompileCache();
const parts = new Set(process.argv.slice(2));
const server = new URL('/none', process.env.DRAWBELL_IRCC_URL);
if (parts.has('unpacked')) {
  // What such a program costs when it does nothing about it.
  await Promise.all([import('kysely'), import('zod'), import('better-sqlite3')]);
  await (await fetch(server)).text();
} else {
  const { preferPacked } = await import('../../src/startup/packed.ts');
  preferPacked();
}
if (parts.has('libraries')) {
  await Promise.all([import('kysely'), import('commander'), import('undici'), import('better-sqlite3')]);
}
if (parts.has('request')) {
  const { request } = await import('undici');
  await (await request(server)).body.dump();
}
if (parts.has('database')) {
  const { openStore } = await import('../../src/store/open.ts');
  await openStore(process.env.DRAWBELL_DATABASE ?? '').destroy();
}
