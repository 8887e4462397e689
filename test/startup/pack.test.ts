import { globSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { PACKED } from '../../src/startup/libraries.ts';

const SRC = fileURLToPath(new URL('../../src/', import.meta.url));
const SOURCES = globSync('**/*.ts', { cwd: SRC })
  .filter((file) => !file.startsWith('startup/'))
  .map((file) => ({ file, text: readFileSync(`${SRC}${file}`, 'utf8') }));

/** The values (not the types) that a source takes from a library: by name, or through a namespace. */
function namesUsed(text: string, library: string): string[] {
  const names: string[] = [];
  for (const [, clause = ''] of text.matchAll(new RegExp(`import (?!type)([^;]*?) from '${library}'`, 'g'))) {
    const namespace = /^\* as (\w+)$/.exec(clause)?.[1];
    if (namespace)
      names.push(
        ...[...text.matchAll(new RegExp(`\\b${namespace}\\.([a-z]\\w*)\\(`, 'g'))].map(
          (match) => match[1] as string,
        ),
      );
    else
      names.push(
        ...clause
          .replace(/[{}]/g, '')
          .split(',')
          .map((name) => name.trim())
          .filter((name) => name && !name.startsWith('type ')),
      );
  }
  for (const [, clause = ''] of text.matchAll(
    new RegExp(`{([^}]*)} = await import\\('${library}'\\)`, 'g'),
  )) {
    names.push(...clause.split(',').map((name) => name.trim()));
  }
  return names;
}

describe.each(Object.entries(PACKED))('the pack of %s', (library, packed) => {
  test('has every name that the sources use, and no other', () => {
    const used = new Set(SOURCES.flatMap(({ text }) => namesUsed(text, library)));

    expect([...used].sort()).toEqual([...packed].sort());
  });

  test('has names that the library exports', async () => {
    const exported = await import(library);

    expect(packed.filter((name) => !(name in exported))).toEqual([]);
  });
});

test('names are found in every form of import the sources use', () => {
  const text = `
    import { type A, b } from 'lib';
    import * as z from 'lib';
    import type { C } from 'lib';
    const { d } = await import('lib');
    z.object({ e: z.string() }); type F = z.infer<typeof F>;
  `;

  expect(namesUsed(text, 'lib').sort()).toEqual(['b', 'd', 'object', 'string']);
});
