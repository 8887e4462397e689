// `drawbell webhooks test`: an example of each event an endpoint wants, sent for nothing but the answer.

import { Command } from 'commander';
import type { EventType } from '../../event/event.ts';
import { EXIT } from '../exit.ts';
import { type Column, formatTable, print, printJson, styled } from '../output.ts';
import { type Session, withSession } from '../session.ts';
import { sendExamples, type Tried } from './examples.ts';
import { findEndpoint, ID } from './find.ts';
import { EVENT_OPTION, readGiven } from './wishes.ts';

const ABOUT =
  '\nEach is what such an event looks like, signed as ever; that it is an example shows by its webhook-id, which\n' +
  'begins with msg_test_. Nothing is recorded, and an endpoint that is disabled stays so.';

const COLUMNS: readonly Column<Tried>[] = [
  { title: 'Event', value: ({ type }) => type },
  {
    title: 'Outcome',
    value: ({ outcome }) => outcome,
    style: ({ outcome }) => (outcome === 'sent' ? 'green' : 'red'),
  },
  { title: 'Status', value: ({ status }) => status, right: true },
  { title: 'ms', value: ({ milliseconds }) => milliseconds, right: true },
  { title: 'What', value: ({ detail }) => detail },
  { title: 'Answer', value: ({ answer }) => answer },
];

/** `test ID`: exit 4 where one was not taken. */
export function testCommand(): Command {
  return new Command('test')
    .description('send an example of each event it wants, signed, and show what it answers')
    .argument(...ID)
    .option(...EVENT_OPTION)
    .addHelpText('after', ABOUT)
    .option('--json', 'print one JSON document')
    .action(async (text: string, { json, event }: { json?: true; event?: string[] }) => {
      const { events } = readGiven('this cannot be tested', event ? { event } : {}, []);
      const { id, tried, left } = await withSession((session) => tryOut(session, text, events));
      if (json) printJson({ id, examples: tried, notSent: left });
      else {
        print(`${styled('bold', id)}\n${formatTable(tried, COLUMNS)}`);
        if (left.length > 0) print(`It was not reached, so the others were not sent: ${left.join(', ')}.`);
      }
      if (tried.some(({ outcome }) => outcome !== 'sent')) process.exitCode = EXIT.notice;
    });
}

async function tryOut(session: Session, text: string, types: readonly EventType[] | undefined) {
  const endpoint = await findEndpoint(session, text);
  const sent = await sendExamples(await session.channels.open('webhook'), endpoint, types);
  return { id: endpoint.id, ...sent };
}
