// `drawbell webhooks test`: an example of each event an endpoint wants, sent for nothing but the answer.

import { randomBytes } from 'node:crypto';
import { Command } from 'commander';
import { printable } from '../../errors.ts';
import type { Event, EventType } from '../../event/event.ts';
import { exampleEvents } from '../../event/examples.ts';
import { wantsEvent } from '../../match/preference.ts';
import type { Channel } from '../../notify/channel.ts';
import type { StoredEndpoint } from '../../store/endpoints.ts';
import { EXIT } from '../exit.ts';
import { type Column, formatTable, print, printJson, styled } from '../output.ts';
import { type Session, withSession } from '../session.ts';
import { findEndpoint, ID } from './find.ts';
import { EVENT_OPTION, readGiven } from './wishes.ts';

const ABOUT =
  '\nEach is what such an event looks like, signed as ever; that it is an example shows by its webhook-id, which\n' +
  'begins with msg_test_. Nothing is recorded, and an endpoint that is disabled stays so.';

/** One example, and how it ended. */
interface Tried {
  type: EventType;
  webhookId: string;
  outcome: string;
  detail: string;
  status: number | null;
  milliseconds: number;
  /** The first line of it. */
  answer: string | null;
}

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
  // An example is of one source and one draw type, and is worth seeing to whoever wants others.
  const wishes = { events: types ?? endpoint.events, sources: null, drawTypes: null };
  const examples = exampleEvents().filter((event) => wantsEvent(wishes, event));
  const channel = await session.channels.open('webhook');
  const tried: Tried[] = [];
  for (const event of examples) {
    const one = await tryOne(channel, endpoint, event);
    tried.push(one);
    // Whoever does not answer one does not answer seven, and each may take a quarter of a minute.
    if (one.outcome !== 'sent' && one.status === null) break;
  }
  const left = examples.slice(tried.length).map(({ type }) => type);
  return { id: endpoint.id, tried, left };
}

async function tryOne(channel: Channel<'webhook'>, endpoint: StoredEndpoint, event: Event): Promise<Tried> {
  const webhookId = `msg_test_${randomBytes(12).toString('hex')}`;
  const started = performance.now();
  const result = await channel.send({ channel: 'webhook', key: webhookId, event, endpoint });
  const milliseconds = Math.round(performance.now() - started);
  const { outcome, detail, status = null, answer } = result;
  return { type: event.type, webhookId, outcome, detail, status, milliseconds, answer: firstLine(answer) };
}

/** Whoever answers may write anything. */
function firstLine(answer: string | undefined): string | null {
  const line = (answer ?? '').split(/[\r\n]/).find((text) => text.trim() !== '');
  return line === undefined ? null : printable(line).slice(0, 200);
}
