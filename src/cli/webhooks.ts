// `drawbell webhooks`: the endpoints of teams.

import { randomBytes } from 'node:crypto';
import { Command, Option } from 'commander';
import { isWebAddress, WEB_ADDRESS } from '../config.ts';
import { InputError, quote } from '../errors.ts';
import { EVENT_TYPES, type EventType } from '../event/event.ts';
import { wantsEvent } from '../match/preference.ts';
import { addEndpoint, listEndpoints, removeEndpoint, type StoredEndpoint } from '../store/endpoints.ts';
import { listEvents } from '../store/events.ts';
import { EXIT } from './exit.ts';
import { type Column, formatTable, print, printJson, styled, warn } from './output.ts';
import { type Session, withSession } from './session.ts';

const COLUMNS: readonly Column<StoredEndpoint>[] = [
  { title: 'Id', value: ({ id }) => id },
  { title: 'Kind', value: ({ kind }) => kind },
  { title: 'URL', value: ({ url }) => url },
  { title: 'Events', value: ({ events }) => events?.join(' ') ?? 'all about draws' },
  { title: 'Since', value: ({ createdAt }) => createdAt.slice(0, 10) },
];

export function makeCommand(): Command {
  const command = new Command('webhooks');
  command.addCommand(addCommand());
  command.addCommand(listCommand());
  command.addCommand(removeCommand());
  command.addCommand(testCommand());
  return command;
}

function addCommand(): Command {
  return new Command('add')
    .description('add an endpoint; its secret is shown this once')
    .argument('<url>')
    .addOption(
      new Option('--kind <kind>', 'the form of the messages').choices(['standard']).default('standard'),
    )
    .option('--event <type...>', `only these types, of ${EVENT_TYPES.join(', ')}`)
    .addHelpText(
      'after',
      '\nWithout --event an endpoint gets every event about draws. Events about a source (source.*) are for\n' +
        'whoever runs drawbell: they are sent only when asked for by name.',
    )
    .option('--json', 'print one JSON document')
    .action(async (url: string, { event, json }: { event?: string[]; json?: true }) => {
      const wanted = { url: readUrl(url), kind: 'standard' as const, events: readEvents(event) };
      const { id, secret } = await withSession(({ db, now }) => addEndpoint(db, wanted, now().toISOString()));
      if (json) return printJson({ id, url: wanted.url, secret });
      print(`${styled('bold', id)} added. Its secret, shown only now:\n\n  ${secret}\n`);
      print(`"drawbell webhooks test ${id}" sends it an example.`);
    });
}

function readUrl(text: string): string {
  if (isWebAddress(text)) return new URL(text).href;
  const found = URL.canParse(text) ? 'another' : quote(text);
  throw new InputError('this endpoint cannot be added', [{ where: 'url', expected: WEB_ADDRESS, found }]);
}

function readEvents(types: string[] | undefined): EventType[] | null {
  const unknown = (types ?? []).filter((type) => !(EVENT_TYPES as readonly string[]).includes(type));
  if (unknown.length > 0) {
    const expected = `one of ${EVENT_TYPES.join(', ')}`;
    const faults = unknown.map((type) => ({ where: '--event', expected, found: quote(type) }));
    throw new InputError('this endpoint cannot be added', faults);
  }
  return types ? (types as EventType[]) : null;
}

function listCommand(): Command {
  return new Command('list')
    .description('every endpoint')
    .option('--json', 'print one JSON document')
    .action(async ({ json }: { json?: true }) => {
      const endpoints = await withSession(({ db }) => listEndpoints(db));
      if (json) return printJson({ endpoints: endpoints.map(({ secret: _, ...endpoint }) => endpoint) });
      print(endpoints.length === 0 ? 'No endpoints yet.' : formatTable(endpoints, COLUMNS));
    });
}

function removeCommand(): Command {
  return new Command('remove')
    .description('forget an endpoint, and whatever was still to be sent to it')
    .argument('<id>')
    .option('--json', 'print one JSON document')
    .action(async (id: string, { json }: { json?: true }) => {
      const removed = await withSession(({ db }) => removeEndpoint(db, id));
      if (!removed) warnNoSuch();
      if (json) printJson({ removed });
      else if (removed) print('Removed.');
    });
}

function testCommand(): Command {
  return new Command('test')
    .description('send the newest event it asked for, signed, as an example')
    .argument('<id>')
    .option('--json', 'print one JSON document')
    .action(async (id: string, { json }: { json?: true }) => {
      const result = await withSession((session) => sendExample(session, id));
      if (!result) return warnNoSuch();
      if (json) printJson(result);
      else print(`${result.event}: ${result.outcome} (${result.detail})`);
      if (result.outcome !== 'sent') process.exitCode = EXIT.notice;
    });
}

async function sendExample({ db, channels }: Session, id: string) {
  const endpoint = (await listEndpoints(db)).find((candidate) => candidate.id === id);
  if (!endpoint) return undefined;
  const events = await listEvents(db);
  const event = events.find(({ type }) => wantsEvent(endpoint.events, type));
  if (!event) {
    const faults = [{ where: id, expected: 'an event of a type it asked for', found: 'none yet' }];
    throw new InputError('there is no example to send', faults);
  }
  const channel = await channels.open('webhook');
  const key = `msg_test_${randomBytes(12).toString('hex')}`;
  const { outcome, detail } = await channel.send({ channel: 'webhook', key, event, endpoint });
  return { event: event.id, outcome, detail };
}

function warnNoSuch(): void {
  warn('no such endpoint: "drawbell webhooks list" shows them');
  process.exitCode = EXIT.usage;
}
