// What the papers tell people to type and to look at is there: commands, options, pictures, addresses.

import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Command } from 'commander';
import { describe, expect, it } from 'vitest';
import { addApiKey } from '../src/store/api-keys.ts';
import { openArchiveWorld } from './web/archive-world.ts';
import { NOW } from './web/world.ts';

const root = (file: string) => fileURLToPath(new URL(`../${file}`, import.meta.url));
const read = (file: string) => readFileSync(root(file), 'utf8');
const PAPERS = [
  'README.md',
  'CONTRIBUTING.md',
  'SECURITY.md',
  'docs/api.md',
  'docs/email.md',
  'docs/github-actions.md',
  'docs/operating.md',
  'docs/self-hosting.md',
  'docs/webhooks.md',
];

/** Each command line of drawbell, in a block of commands or within a sentence; without what is explained behind it. */
function commandLines(text: string): string[] {
  const blocks = [...text.matchAll(/```sh\n([\s\S]*?)```/g)].flatMap(([, block = '']) => block.split('\n'));
  const inSentences = text.replace(/```[\s\S]*?```/g, '').matchAll(/`((?:npx |sudo )?drawbell [^`]+)`/g);
  return [...blocks, ...[...inSentences].map(([, line = '']) => line)].flatMap(
    (line) => /(?:^|\b(?:npx|sudo) )drawbell ([a-z].*?)(?:\s+#.*)?$/.exec(line)?.[1] ?? [],
  );
}

async function commandNamed(name: string): Promise<Command> {
  const { makeCommand } = await import(root(`src/cli/${name}.ts`));
  return makeCommand();
}

function optionsOf(command: Command): string[] {
  return command.options.flatMap(({ long, short }) => [long ?? [], short ?? []].flat());
}

describe('the commands', () => {
  const lines = [...new Set(PAPERS.flatMap((paper) => commandLines(read(paper))))];

  it('are found in the papers', () => {
    expect(lines).toEqual(
      expect.arrayContaining(['serve', 'doctor', 'keys add "Example Hiring"', 'backup --list']),
    );
  });

  it.each(lines)('are there: drawbell %s', async (line) => {
    const [name = '', second = ''] = line.split(' ');
    const options = line.match(/(?<= )--?[a-z][a-z-]*/g) ?? [];
    expect(existsSync(root(`src/cli/${name}.ts`))).toBe(true);

    const command = await commandNamed(name);
    const part = command.commands.find((sub) => sub.name() === second);
    const known = [command, ...(part ? [part] : command.commands)].flatMap(optionsOf);

    // A command that has parts does one of them where a word follows it.
    if (command.commands.length > 0 && /^[a-z]/.test(second)) expect(part?.name()).toBe(second);
    expect(options.filter((option) => ![...known, '--json', '--help'].includes(option))).toEqual([]);
  });
});

describe('the scripts', () => {
  it.each(PAPERS)('that %s runs are there', (paper) => {
    const { scripts } = JSON.parse(read('package.json'));

    const named = [...read(paper).matchAll(/\bnpm (?:run )?(test|(?<=run )[a-z]+)\b/g)].map(
      ([, name]) => name,
    );

    expect(named.filter((name) => !(String(name) in scripts))).toEqual([]);
  });
});

describe('the pictures', () => {
  const pictures = [...read('README.md').matchAll(/(?:src|srcset)="([^"]+)"/g)].map(([, file = '']) => file);

  it('stand in the README in both themes', () => {
    const of = (theme: string) =>
      pictures.filter((file) => file.includes(theme)).map((file) => file.replace(theme, ''));

    expect(pictures.length).toBe(4);
    expect(of('-light')).toEqual(of('-dark'));
  });

  it.each(pictures)('are there, and small: %s', (file) => {
    const bytes = readFileSync(root(file));

    expect(bytes.subarray(1, 4).toString()).toBe('PNG');
    expect(bytes.length).toBeLessThan(130_000);
  });
});

interface Asked {
  path: string;
  init: RequestInit;
}

/** What `curl` asks, as the papers write it: an address, perhaps headers and a body. */
function asked(line: string): Asked {
  const words = [...line.matchAll(/'([^']*)'|"([^"]*)"|(\S+)/g)].map(
    (word) => word[1] ?? word[2] ?? word[3] ?? '',
  );
  const after = (option: string) =>
    words.flatMap((word, index) => (word === option ? [words[index + 1] ?? ''] : []));
  const headers = after('-H').map((header) => header.split(/: (.*)/, 2) as [string, string]);
  const [body] = after('-d');
  const url = words.find((word) => word.startsWith('https://draws.example.org')) ?? '';
  const path = url.replace('https://draws.example.org', '');
  return { path, init: { headers, ...(body === undefined ? {} : { method: 'POST', body }) } };
}

function questionsIn(paper: string): string[] {
  const commands = read(paper).replace(/\\\n\s*/g, '');
  return [...commands.matchAll(/^curl (.*?)(?:\s+#.*)?$/gm)].map(([, line = '']) => line);
}

describe('the questions to the API', () => {
  it.each([...questionsIn('docs/api.md'), ...questionsIn('docs/webhooks.md')])(
    'are answered: curl %s',
    async (line) => {
      const { app, db } = await openArchiveWorld();
      const { key } = await addApiKey(db, 'Example Hiring', NOW);
      const { path, init } = asked(line.replace('$DRAWBELL_KEY', key));

      const answer = await app.request(path, init);

      expect([200, 201]).toContain(answer.status);
      expect(JSON.stringify(await answer.json())).toMatch(/"ircc:297"|"ircc:4\d\d"|"secret"/);
    },
  );

  it('get the verdict that the paper shows', async () => {
    const { app } = await openArchiveWorld();
    const { path, init } = asked(
      questionsIn('docs/api.md').find((line) => line.includes('/api/check')) ?? '',
    );
    const shown = /<!-- verdict -->\n```json\n([\s\S]*?)```/.exec(read('docs/api.md'))?.[1] ?? '';

    const answer = await app.request(path, init);

    expect(await answer.json()).toMatchObject({ verdicts: [JSON.parse(shown)] });
  });

  it('find every address that the paper names', async () => {
    const { app } = await openArchiveWorld();
    const paths = [...read('docs/api.md').matchAll(/`(\/(?:api|feeds|en|fr)\/[^`]*[a-z/])`/g)].map(
      ([, path]) => path,
    );

    const statuses = await Promise.all(
      [...new Set(paths)].map(async (path) => [path, (await app.request(String(path))).status]),
    );

    expect(paths.length).toBeGreaterThan(8);
    expect(statuses.filter(([, status]) => status !== 200)).toEqual([]);
  });
});
