// What the steps of an action say to the runner: in the files it gives them, and in lines of their output.

import type { Readable } from 'node:stream';

/** Shown on the page of the run. */
export interface Annotation {
  level: 'error' | 'warning' | 'notice';
  title: string | null;
  message: string;
}

export interface Log {
  lines: string[];
  annotations: Annotation[];
  read(stream: Readable): void;
  annotate(level: Annotation['level'], message: string): void;
  /** Called with each line as it comes. */
  watch(look: (line: string) => void): void;
  sees<Found>(find: (lines: readonly string[]) => Found | undefined): Promise<Found>;
  /** There will be no more lines. */
  end(): void;
}

/** The commands that are understood: a line that names another is a line like any. */
const COMMANDS =
  /^(error|warning|notice|debug|group|endgroup|echo|add-mask|add-matcher|remove-matcher|stop-commands|set-output|save-state|set-env|add-path)$/;

interface Said {
  command: string;
  properties: Record<string, string>;
  message: string;
}

export function openLog(): Log {
  const lines: string[] = [];
  const annotations: Annotation[] = [];
  const watchers = new Set<(line: string) => void>();
  let stoppedUntil: string | null = null;
  let finish = () => undefined as undefined;
  const over = new Promise<void>((resolve) => {
    finish = () => void resolve();
  });

  function take(line: string) {
    lines.push(line);
    obey(line);
    for (const look of watchers) look(line);
  }

  function obey(line: string) {
    if (stoppedUntil !== null) {
      if (line.trim() === `::${stoppedUntil}::`) stoppedUntil = null;
      return;
    }
    const said = readCommand(line);
    if (said?.command === 'stop-commands') stoppedUntil = said.message;
    const level = said?.command;
    if (said && (level === 'error' || level === 'warning' || level === 'notice'))
      annotations.push({ level, title: said.properties.title ?? null, message: said.message });
  }

  return {
    lines,
    annotations,
    annotate: (level, message) => annotations.push({ level, title: null, message }),
    watch: (look) => watchers.add(look),
    end: finish,
    read(stream) {
      let rest = '';
      stream.setEncoding('utf8').on('data', (text: string) => {
        const whole = `${rest}${text}`.split('\n');
        rest = whole.pop() ?? '';
        for (const line of whole) take(line.replace(/\r$/, ''));
      });
      stream.on('end', () => {
        if (rest !== '') take(rest);
      });
    },
    sees(find) {
      return new Promise((resolve, reject) => {
        const look = () => {
          try {
            const found = find(lines);
            if (found !== undefined) resolve(found);
          } catch (error) {
            reject(error);
          }
        };
        watchers.add(look);
        look();
        over.then(() => reject(new Error(`ended before that was seen:\n${lines.join('\n')}`)));
      });
    },
  };
}

/** `::name key=value,key=value::message` at the beginning of a line, or the older `##[name key=value;]message` anywhere. */
export function readCommand(line: string): Said | null {
  const now = /^\s*::([^\s:]+)(?: (.*?))?::(.*)$/s.exec(line);
  if (now && COMMANDS.test(now[1] ?? ''))
    return said(now, ',', { '%0D': '\r', '%0A': '\n', '%3A': ':', '%2C': ',' });
  const once = /##\[([^\s\]]+)(?: ([^\]]*))?\](.*)$/s.exec(line);
  if (once && COMMANDS.test(once[1] ?? ''))
    return said(once, ';', { '%3B': ';', '%0D': '\r', '%0A': '\n', '%5D': ']' });
  return null;
}

function said(match: RegExpExecArray, between: string, escapes: Record<string, string>): Said {
  const [, command = '', listed = '', data = ''] = match;
  const pairs = listed
    .split(between)
    .map((pair) => /^\s*([^=]+)=(.+)$/s.exec(pair))
    .flatMap((pair) => (pair ? [[pair[1]?.toLowerCase(), unescaped(pair[2] ?? '', escapes)]] : []));
  // A message keeps its colons and commas as they are.
  const { '%3A': _colon, '%2C': _comma, ...ofData } = escapes;
  return { command, properties: Object.fromEntries(pairs), message: unescaped(data, ofData) };
}

function unescaped(text: string, escapes: Record<string, string>): string {
  const plain = Object.entries(escapes).reduce((so, [from, to]) => so.replaceAll(from, to), text);
  return plain.replaceAll('%25', '%');
}

/** `name=value`, or `name<<END`, lines, `END`. Throws where the runner would fail the step. */
export function readPairs(text: string): Record<string, string> {
  const pairs: Record<string, string> = {};
  const lines = text.split('\n');
  if (lines.at(-1) === '') lines.pop();
  while (lines.length > 0) {
    const line = lines.shift() as string;
    if (line === '') continue;
    const [, name = '', how = '', rest = ''] = /^(.*?)(=|<<)(.*)$/s.exec(line) ?? [];
    if (name === '' || (how === '<<' && rest === ''))
      throw new Error(`invalid format: ${JSON.stringify(line)}`);
    if (how === '=') {
      pairs[name] = rest;
      continue;
    }
    const end = lines.indexOf(rest);
    if (end < 0) throw new Error(`${name}: expected a line ${JSON.stringify(rest)} in the end, found none`);
    pairs[name] = lines
      .splice(0, end + 1)
      .slice(0, -1)
      .join('\n');
  }
  return pairs;
}
