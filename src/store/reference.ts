// The reference facts that come with the program: category lists, changes of the points grid, occupations.

import { readFile } from 'node:fs/promises';
import type { Reference } from '../match/reference.ts';

let reference: Promise<Reference> | undefined;

/** Read and checked once a process, when there is somebody to judge. Throws when a file of `data/` is not what it must be. */
export function readReference(): Promise<Reference> {
  reference ??= read();
  return reference;
}

async function read(): Promise<Reference> {
  const { CategoriesFile, GridChangesFile } = await import('../match/reference-files.ts');
  return {
    categories: CategoriesFile.parse(await readData('categories.json')).categories,
    gridChanges: GridChangesFile.parse(await readData('grid-changes.json')).changes,
  };
}

/** Every occupation there is, in the order of their codes. */
export async function readOccupations() {
  const { OccupationsFile } = await import('../match/reference-files.ts');
  return OccupationsFile.parse(await readData('occupations.json')).occupations;
}

async function readData(file: string): Promise<unknown> {
  return JSON.parse(await readFile(new URL(`../../data/${file}`, import.meta.url), 'utf8'));
}
