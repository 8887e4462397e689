// pages -> files: a folder that any web server can hand out as it is.

import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { InputError } from '../errors.ts';

/** `path` from the root of the site, as in a link; one that ends in `/` is the page of that folder. */
export interface SiteFile {
  path: string;
  body: string | Uint8Array;
}

export interface Written {
  files: number;
  bytes: number;
  /** Of those: new ones, or other than before. */
  changed: number;
  /** Files of an earlier export that are no longer part of the site. */
  removed: number;
}

/** Names what an export wrote, so that the next can tell its own files from anybody else's. */
const MANIFEST = '.drawbell-site.json';

/**
 * Makes a folder hold exactly these files. Whatever an earlier export wrote and is no longer part of the site is
 * removed, what is as it was is not touched. Throws `InputError` for a folder that holds something else.
 */
export function writeSite(folder: string, files: Iterable<SiteFile>): Written {
  const before = readManifest(folder);
  const manifest = path.join(folder, MANIFEST);
  // There from the start: an export that is cut off leaves a folder that the next one knows for its own.
  if (!existsSync(manifest)) writeFileSync(manifest, '{}\n');
  const after: Record<string, string> = {};
  const written: Written = { files: 0, bytes: 0, changed: 0, removed: 0 };
  const folders = new Set<string>();
  for (const file of files) {
    const name = nameOf(file.path);
    const body = Buffer.from(file.body as Uint8Array);
    const hash = createHash('sha256').update(body).digest('base64url').slice(0, 22);
    written.files += 1;
    written.bytes += body.length;
    after[name] = hash;
    const target = path.join(folder, name);
    if (before[name] === hash && existsSync(target)) continue;
    const parent = path.dirname(target);
    if (!folders.has(parent)) mkdirSync(parent, { recursive: true });
    folders.add(parent);
    writeFileSync(target, body);
    written.changed += 1;
  }
  for (const name of Object.keys(before)) {
    if (name in after) continue;
    rmSync(path.join(folder, nameOf(`/${name}`)), { force: true });
    removeEmpty(folder, path.dirname(name));
    written.removed += 1;
  }
  writeFileSync(manifest, `${JSON.stringify(after, null, 1)}\n`);
  return written;
}

/** Before much is made for it. Makes the folder where there is none; throws as `writeSite` does. */
export function checkFolder(folder: string): void {
  readManifest(folder);
}

/** A name below the folder, whatever the path says. */
function nameOf(sitePath: string): string {
  const parts = decodeURIComponent(sitePath.slice(1)).split('/');
  if (parts.at(-1) === '') parts[parts.length - 1] = 'index.html';
  if (parts.some((part) => part === '..' || part === '.' || part === '' || /[\\\0]/.test(part)))
    throw new Error(`no path of a site: ${JSON.stringify(sitePath)}`);
  return parts.join('/');
}

/** What an earlier export wrote there: names and hashes. */
function readManifest(folder: string): Record<string, string> {
  const others = namesIn(folder).filter((name) => name !== '.git');
  if (others.length === 0) return {};
  const known = others.includes(MANIFEST) ? parse(readFileSync(path.join(folder, MANIFEST), 'utf8')) : null;
  if (known !== null) return known;
  const found = `${others.length} other ${others.length === 1 ? 'entry' : 'entries'}`;
  throw unusable('an empty folder, or one that holds an earlier export', found);
}

function namesIn(folder: string): string[] {
  try {
    mkdirSync(folder, { recursive: true });
    return readdirSync(folder);
  } catch (error) {
    throw unusable(
      'a folder that can be written to',
      (error as NodeJS.ErrnoException).code ?? 'something else',
    );
  }
}

function parse(text: string): Record<string, string> | null {
  try {
    const names: unknown = JSON.parse(text);
    return typeof names === 'object' && names !== null ? (names as Record<string, string>) : null;
  } catch {
    return null;
  }
}

function unusable(expected: string, found: string): InputError {
  return new InputError('the site cannot be written there', [{ where: '--out', expected, found }]);
}

function removeEmpty(folder: string, name: string): void {
  for (let at = name; at !== '.' && at !== ''; at = path.dirname(at)) {
    const full = path.join(folder, at);
    if (!existsSync(full) || readdirSync(full).length > 0) return;
    rmdirSync(full);
  }
}
