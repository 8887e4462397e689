// `drawbell subscribers`: people who asked to be told.

import { Command } from 'commander';
import * as z from 'zod';
import { type Present, possible, Subscription } from '../match/profile.ts';
import { inTransaction } from '../store/open.ts';
import { listSubscribers, removeSubscriber, type Subscriber, saveSubscribers } from '../store/subscribers.ts';
import { EXIT } from './exit.ts';
import { collect } from './options.ts';
import { type Column, formatTable, print, printJson, warn } from './output.ts';
import { addProfileOptions, checkFlags, type ProfileFlags, readPresent } from './profile-options.ts';
import { readChecked } from './read-file.ts';
import { type Session, withSession } from './session.ts';

/** A list of profiles, each address once (told together with every other fault). */
function subscribersFile(present: Present) {
  return z.array(possible(Subscription, present), { error: 'a list of subscribers' }).superRefine(
    (value, context) => {
      const seen = new Map<string, number>();
      for (const [index, entry] of value.entries()) {
        // Entries with faults of their own are here too, in whatever shape they came.
        const email: unknown = (entry as Partial<Subscription> | null)?.email;
        if (typeof email !== 'string') continue;
        const address = email.trim().toLowerCase();
        const first = seen.get(address);
        if (first === undefined) seen.set(address, index);
        else {
          const message = `each address once (entry [${first}] has it too)`;
          context.addIssue({ code: 'custom', path: [index, 'email'], message });
        }
      }
    },
    { when: ({ value }) => Array.isArray(value) },
  );
}

const COLUMNS: readonly Column<Subscriber>[] = [
  { title: 'No.', value: ({ id }) => String(id), right: true },
  { title: 'E-mail', value: ({ email }) => email },
  { title: 'Language', value: ({ locale }) => locale },
  { title: 'CRS', value: ({ profile }) => profile.crs ?? null, right: true },
  { title: 'As of', value: ({ profile }) => profile.crsAsOf ?? null },
  { title: 'Programs', value: ({ profile }) => profile.programs?.join(' ') ?? null },
  { title: 'Told of', value: ({ notify }) => notify.join(' ') },
  { title: 'Since', value: ({ consentAt }) => consentAt.slice(0, 10) },
];

export function makeCommand(): Command {
  const command = new Command('subscribers');
  command.addCommand(addCommand());
  command.addCommand(importCommand());
  command.addCommand(listCommand());
  command.addCommand(removeCommand());
  return command;
}

function addCommand(): Command {
  const command = new Command('add')
    .description('add one person, or replace what they told before; what is left out stays unknown')
    .argument('<email>');
  return addProfileOptions(command)
    .option('--locale <language>', 'of the messages: en or fr')
    .option('--notify <notice>', 'what to tell of; may be given several times', collect)
    .option('--json', 'print one JSON document')
    .action(async (email: string, { locale, notify, json, ...flags }: AddOptions) => {
      const schema = possible(Subscription, await readPresent(new Date()));
      const given = { email, locale, notify };
      const subscription = checkFlags('this subscriber cannot be added', schema, flags, given);
      const result = await withSession((session) => save(session, [subscription]));
      report(result, json);
    });
}

interface AddOptions extends ProfileFlags {
  locale?: string;
  notify?: string[];
  json?: true;
}

function importCommand(): Command {
  return new Command('import')
    .description(
      'add or replace everyone in a YAML or JSON list; all of it, or nothing when anything is wrong',
    )
    .argument('<file>', '- for standard input')
    .option('--json', 'print one JSON document')
    .action(async (file: string, { json }: { json?: true }) => {
      const subscriptions = readChecked(file, subscribersFile(await readPresent(new Date())));
      const result = await withSession((session) => save(session, subscriptions));
      report(result, json);
    });
}

function save({ db, now }: Session, subscriptions: readonly Subscription[]) {
  return inTransaction(db, (trx) => saveSubscribers(trx, subscriptions, now().toISOString()));
}

function report(result: { added: number; changed: number }, json: true | undefined): void {
  if (json) printJson(result);
  else
    print(`${result.added} added, ${result.changed} changed. Their consent is recorded as attested by you.`);
}

function listCommand(): Command {
  return new Command('list')
    .description('everyone who asked to be told')
    .option('--json', 'print one JSON document')
    .action(async ({ json }: { json?: true }) => {
      const subscribers = await withSession(({ db }) => listSubscribers(db));
      if (json)
        return printJson({
          subscribers: subscribers.map(({ key: _, profile, ...rest }) => ({ ...rest, ...profile })),
        });
      print(subscribers.length === 0 ? 'No subscribers yet.' : formatTable(subscribers, COLUMNS));
    });
}

function removeCommand(): Command {
  return new Command('remove')
    .description('forget one person, and whatever was still to be sent to them')
    .argument('<who>', 'the number the list shows, or the address')
    .option('--json', 'print one JSON document')
    .action(async (who: string, { json }: { json?: true }) => {
      const removed = await withSession(({ db }) => removeSubscriber(db, who));
      if (!removed) {
        warn('no such subscriber');
        process.exitCode = EXIT.usage;
      }
      if (json) printJson({ removed });
      else if (removed) print('Removed, with everything known about them.');
    });
}
