#!/usr/bin/env node
// The command line's door: `drawbell <command>`.

import { startFast } from './startup/start.ts';

startFast();
const { main } = await import('./cli/main.ts');
process.exitCode = await main(process.argv.slice(2));
