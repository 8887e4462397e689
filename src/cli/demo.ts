// `drawbell demo`: tells the story of src/demo/story.ts to whoever watches.

import { Command } from 'commander';
import type { ReceivedMail } from '../demo/mail-server.ts';
import { type Story, tellStory } from '../demo/story.ts';
import { printable } from '../errors.ts';
import { describeEvent, OUTCOME_COLOURS } from './describe.ts';
import { print, printJson, styled, warn } from './output.ts';
import { formatReport } from './run.ts';

export function makeCommand(): Command {
  return new Command('demo')
    .option('--json', 'print one JSON document')
    .action(async ({ json }: { json?: true }) => {
      const story = await tellStory(warn);
      if (json) printJson(toPublic(story));
      else print(narrate(story));
    });
}

function narrate({ looks, events, told, webhooks }: Story): string {
  const [quiet, news, again] = looks.map(({ report }) => indent(formatReport(report)));
  return [
    title('30 May 2024. The official page, as it was that day, is read for the first time.'),
    quiet,
    '  A first look is a baseline: everything is stored, nobody is told anything.',
    title('31 May 2024. The page gains a round.'),
    news,
    title('What drawbell noticed'),
    ...[...events].reverse().map((event) => `  ${styled('bold', event.type)}  ${describeEvent(event)}`),
    title('What each reader got by e-mail'),
    ...told.map(
      ({ about, email, outcome, mail }) =>
        `${[
          `  ${outcome ? styled(['bold', OUTCOME_COLOURS[outcome]], outcome) : ''}  ${email}  ${styled('dim', `(${about})`)}`,
          ...letter(mail).map((line) => `    ${line}`),
        ].join('\n')}\n`,
    ),
    title('What the team got by webhook'),
    ...webhooks.map(
      ({ headers, body, verified }) =>
        `  ${styled('bold', JSON.parse(body).type)}  ${headers['webhook-id']}  signature ${
          verified ? styled('green', 'verified') : styled('red', 'NOT verified')
        }`,
    ),
    `\n  The body of the last one:\n`,
    indent(JSON.stringify(shortened(JSON.parse(webhooks.at(-1)?.body ?? 'null')), null, 2)),
    title('Five minutes later it looks again.'),
    again,
    `  The page answered ${looks[2]?.status} (not modified): nothing was stored, nobody was told twice.`,
    '',
  ].join('\n');
}

/** The subject, the first line and the reasons, as the reader got them. */
function letter({ subject, text }: ReceivedMail): string[] {
  const [lead = '', why = ''] = (text ?? '').split('\n\n');
  const reasons = why.split('\n').filter((line) => line.startsWith('- '));
  return [styled('dim', printable(subject ?? '')), ...[lead, ...reasons].map(printable)];
}

function title(text: string): string {
  return `\n${styled('bold', text)}\n`;
}

function indent(text: string): string {
  return text.replace(/^/gm, '  ');
}

/** The pool's fifteen bands are left out here: they are in the body, and would fill the screen. */
function shortened(body: unknown): unknown {
  return JSON.parse(
    JSON.stringify(body, (key, value) => (key === 'bands' ? `(${value.length} bands)` : value)),
  );
}

function toPublic({ looks, events, told, webhooks }: Story) {
  return {
    looks,
    events: events.map(({ id, type, draw, data }) => ({ id, type, draw, data })),
    told: told.map(({ email, outcome, mail }) => ({
      email,
      outcome,
      subject: mail.subject,
      text: mail.text,
    })),
    webhooks: webhooks.map(({ headers, body, verified }) => ({
      id: headers['webhook-id'],
      verified,
      body: JSON.parse(body),
    })),
  };
}
