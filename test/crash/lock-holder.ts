// A process that holds the write lock of a database: from when it reads a line, for as many milliseconds as it is told.

import { createInterface } from 'node:readline';
import Sqlite from 'better-sqlite3';

const [file = '', milliseconds = '0'] = process.argv.slice(2);
const sqlite = new Sqlite(file, { timeout: 10_000 });
process.stdout.write('ready\n');
createInterface({ input: process.stdin }).once('line', () => {
  sqlite.exec('BEGIN IMMEDIATE');
  process.stdout.write('locked\n');
  setTimeout(() => {
    sqlite.exec('COMMIT');
    process.stdout.write('free\n');
    process.exit();
  }, Number(milliseconds));
});
