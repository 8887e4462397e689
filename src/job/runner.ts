// What a job says to the runner it runs on: annotations in the log, outputs and the summary in files.

import { randomUUID } from 'node:crypto';
import { appendFileSync } from 'node:fs';
import { harmless } from '../cli/harmless.ts';

export interface Runner {
  /** Lines of the log that stand out on the page of the run; one line each, with nothing private in it. */
  error(message: string): void;
  warning(message: string): void;
  notice(message: string): void;
  /** Lines of the log. */
  info(message: string): void;
  output(name: string, value: string): void;
  /** Markdown. */
  summary(text: string): void;
}

/** Where the runner reads outputs and the summary; `null`: nowhere, as outside of a runner. */
export interface RunnerFiles {
  outputs: string | null;
  summary: string | null;
}

export function openRunner({ outputs, summary }: RunnerFiles, write: (text: string) => void): Runner {
  const annotate = (kind: 'error' | 'warning' | 'notice') => (message: string) => {
    // Many faults of one input are one message of many lines.
    const text = message.split('\n').map(harmless).join('\n');
    write(`::${kind} title=drawbell::${escapeMessage(text)}\n`);
  };
  return {
    error: annotate('error'),
    warning: annotate('warning'),
    notice: annotate('notice'),
    info: (message) => write(`${message.split('\n').map(quoted).join('\n')}\n`),
    output(name, value) {
      if (outputs === null) return;
      // Nobody who writes on a page can know how the value ends.
      const end = `end_${randomUUID()}`;
      appendFileSync(outputs, `${name}<<${end}\n${value}\n${end}\n`);
    },
    summary(text) {
      if (summary !== null) appendFileSync(summary, `${text}\n`);
    },
  };
}

/**
 * Whoever wrote what is in it, a line would be a command that begins with two colons, or has the sign of former
 * commands anywhere.
 */
function quoted(line: string): string {
  return `| ${harmless(line).replaceAll('##[', '# #[')}`;
}

function escapeMessage(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}
