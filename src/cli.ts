#!/usr/bin/env node
// The command line's door: `drawbell <command>`.

import { startFast } from './startup/start.ts';

startFast();
// Whoever reads our answer may have read enough (`drawbell draws | head`).
process.stdout.on('error', (error: NodeJS.ErrnoException) => process.exit(error.code === 'EPIPE' ? 0 : 1));
const { main } = await import('./cli/main.ts');
process.exitCode = await main(process.argv.slice(2));
