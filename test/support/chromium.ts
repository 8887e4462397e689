// A real Chromium for tests, unpacked once a machine into the folder for temporary files.

import { execFile } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';

let unpacked: Promise<string> | undefined;

/** The path of the browser. */
export function chromiumPath(): Promise<string> {
  unpacked ??= unpack();
  return unpacked;
}

/**
 * The package unpacks into `TMPDIR` and takes a file that is there for a whole one, also when another test file
 * is still writing it. So each unpacks into a folder of its own, and the first to finish puts it in place.
 */
async function unpack(): Promise<string> {
  const entry = createRequire(import.meta.url).resolve('@sparticuz/chromium');
  const { version } = JSON.parse(readFileSync(join(dirname(entry), '..', 'package.json'), 'utf8'));
  const folder = join(tmpdir(), `drawbell-chromium-${version}`);
  const browser = join(folder, 'chromium');
  if (existsSync(browser)) return browser;

  const own = mkdtempSync(join(tmpdir(), 'drawbell-chromium-'));
  try {
    const script = `import(${JSON.stringify(entry)}).then((chromium) => chromium.default.executablePath())`;
    await promisify(execFile)(process.execPath, ['-e', script], { env: { ...process.env, TMPDIR: own } });
    renameSync(own, folder);
  } catch (error) {
    rmSync(own, { recursive: true, force: true });
    if (!existsSync(browser)) throw error;
  }
  return browser;
}
