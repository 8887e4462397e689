#!/usr/bin/env node
// The command line's door: `drawbell <command>`.

import { enableCompileCache } from 'node:module';

// Everything else is imported after this: what comes before is stripped of its types anew at each start.
enableCompileCache();
const { preferPacked } = await import('./startup/packed.ts');
preferPacked();
const { main } = await import('./cli/main.ts');
process.exitCode = await main(process.argv.slice(2));
