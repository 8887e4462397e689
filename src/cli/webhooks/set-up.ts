// `drawbell webhooks add` and `set`: where an endpoint is, and what it gets.

import { Command, Option } from 'commander';
import { readConfig } from '../../config.ts';
import { InputError } from '../../errors.ts';
import { ENDPOINT_KINDS } from '../../match/notice.ts';
import { SOURCES } from '../../sources/index.ts';
import { addEndpoint, changeEndpoint, type EndpointChanges } from '../../store/endpoints.ts';
import { print, printJson, styled } from '../output.ts';
import { withSession } from '../session.ts';
import { describeWishes, isUrlSecret, shortUrl } from './describe.ts';
import { findEndpoint, ID } from './find.ts';
import {
  checkTopic,
  DRAW_TYPE_OPTION,
  EVENT_OPTION,
  FOR_PEOPLE,
  type Given,
  LOCALE_OPTION,
  readGiven,
  SOURCE_OPTION,
} from './wishes.ts';

const ABOUT_EVENTS =
  '\nWithout --event an endpoint gets every event about draws; one of a service where people read, a message a draw\n' +
  '(draw.published, draw.corrected, draw.withdrawn: what is special is in it). What is for whoever runs drawbell\n' +
  '(source.*, endpoint.*, mail.*) is sent only where it is asked for by name.';

/** `add URL`: prints the new id and the secret. */
export function addCommand(): Command {
  return new Command('add')
    .description('add an endpoint; its secret is shown this once')
    .argument('<url>', 'https; http and private hosts only where DRAWBELL_ALLOW_PRIVATE names them')
    .option('--kind <kind>', `the form of the messages: ${ENDPOINT_KINDS.join(', ')}`, 'standard')
    .option(...EVENT_OPTION)
    .option(...SOURCE_OPTION)
    .option(...DRAW_TYPE_OPTION)
    .option(...LOCALE_OPTION)
    .addHelpText('after', ABOUT_EVENTS)
    .option('--json', 'print one JSON document')
    .action(async (url: string, { json, ...given }: Given & { json?: true }) => {
      const wanted = readGiven('this endpoint cannot be added', { ...given, url }, allowedHosts());
      // Both are there: without one of them there was a fault.
      const { url: href = url, kind = 'standard', ...rest } = wanted;
      checkTopic('this endpoint cannot be added', kind, href);
      const { events = kind === 'standard' ? undefined : FOR_PEOPLE } = rest;
      const added = await withSession(({ db, now }) =>
        addEndpoint(db, { url: href, kind, ...rest, events }, now().toISOString()),
      );
      const { id } = added;
      const secret = isUrlSecret(kind) ? null : added.secret;
      if (json) return printJson({ id, url: href, secret });
      print(`${styled('bold', id)} added. It gets ${describeWishes(added)}.`);
      if (secret === null) print('The URL itself is the secret: whoever has it can write there.');
      else print(`Its secret, shown only now:\n\n  ${secret}\n`);
      print(
        `Where its name leads is looked up when sending: "drawbell webhooks test ${id}" shows whether it is reached.`,
      );
    });
}

interface SetOptions extends Given {
  allEvents?: true;
  allSources?: true;
  allDrawTypes?: true;
  json?: true;
}

/** `set ID`. */
export function setCommand(): Command {
  return new Command('set')
    .description('change what an endpoint gets from now on, or where it is; what is left out stays')
    .argument(...ID)
    .option(...EVENT_OPTION)
    .addOption(new Option('--all-events', 'every event about draws').conflicts('event'))
    .option(...SOURCE_OPTION)
    .addOption(new Option('--all-sources', 'of every source').conflicts('source'))
    .option(...DRAW_TYPE_OPTION)
    .addOption(new Option('--all-draw-types', 'of every draw type').conflicts('drawType'))
    .option(...LOCALE_OPTION)
    .option('--url <url>', 'its new address; the secret stays')
    .addHelpText('after', ABOUT_EVENTS)
    .option('--json', 'print one JSON document')
    .action(async (id: string, options: SetOptions) => {
      const changes = readChanges(options);
      const endpoint = await withSession(async (session) => {
        const found = await findEndpoint(session, id);
        checkTopic('this endpoint cannot be changed', found.kind, changes.url);
        await changeEndpoint(session.db, found.id, changes);
        return findEndpoint(session, found.id);
      });
      const { kind, url, events, sources, drawTypes, locale } = endpoint;
      const shown = isUrlSecret(kind) ? shortUrl(url) : url;
      if (options.json) return printJson({ id: endpoint.id, url: shown, events, sources, drawTypes, locale });
      print(
        `${styled('bold', endpoint.id)} gets ${describeWishes(endpoint)}, from now on at ${shortUrl(url)}.`,
      );
      if (endpoint.disabled !== null) {
        print(`It is disabled: "drawbell webhooks enable ${endpoint.id}" has it sent to again.`);
      }
    });
}

function readChanges({
  allEvents,
  allSources,
  allDrawTypes,
  json: _,
  ...given
}: SetOptions): EndpointChanges {
  const { kind: __, ...read } = readGiven('this endpoint cannot be changed', given, allowedHosts());
  const changes: EndpointChanges = {
    ...read,
    ...(allEvents && { events: null }),
    ...(allSources && { sources: null }),
    ...(allDrawTypes && { drawTypes: null }),
  };
  if (Object.values(changes).some((value) => value !== undefined)) return changes;
  const expected = 'something to change ("drawbell webhooks set --help" shows what can be)';
  throw new InputError('this endpoint cannot be changed', [{ where: 'options', expected, found: 'none' }]);
}

/** Before the database is opened: a wrong option leaves none behind. */
function allowedHosts(): string[] {
  return readConfig(process.env, SOURCES).allowPrivate;
}
