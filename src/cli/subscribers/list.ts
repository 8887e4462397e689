// `drawbell subscribers list` and `export`: everything that is kept about people.

import { Command } from 'commander';
import { exportReader, toEntry } from '../../store/readers.ts';
import { findSubscriber, listSubscribers, type Subscriber } from '../../store/subscribers.ts';
import { listSuppressions, type Suppression } from '../../store/suppressions.ts';
import { type Column, formatTable, print, printJson } from '../output.ts';
import { type Session, withSession } from '../session.ts';
import { noSuchSubscriber } from './who.ts';

interface Listed extends Subscriber {
  suppressed: (Pick<Suppression, 'reason' | 'detail'> & { since: string }) | null;
}

const COLUMNS: readonly Column<Listed>[] = [
  { title: 'No.', value: ({ id }) => String(id), right: true },
  { title: 'E-mail', value: ({ email }) => email },
  {
    title: 'State',
    value: ({ status, suppressed }) => (suppressed ? `${status}: ${suppressed.reason}` : status),
    style: ({ status }) => (status === 'active' ? 'green' : 'yellow'),
  },
  { title: 'Language', value: ({ locale }) => locale },
  { title: 'CRS', value: ({ profile }) => profile.crs ?? null, right: true },
  { title: 'As of', value: ({ profile }) => profile.crsAsOf ?? null },
  { title: 'Programs', value: ({ profile }) => profile.programs?.join(' ') ?? null },
  { title: 'Told of', value: ({ notify }) => notify.join(' ') },
  { title: 'Since', value: ({ consentAt }) => consentAt.slice(0, 10) },
];

export function listCommand(): Command {
  return new Command('list')
    .description('everyone who asked to be told, and whether they get messages')
    .option('--json', 'print one JSON document')
    .action(async ({ json }: { json?: true }) => {
      const subscribers = await withSession(async ({ db }) =>
        listed(await listSubscribers(db), await listSuppressions(db)),
      );
      if (json)
        return printJson({
          subscribers: subscribers.map(({ key: _, profile, ...rest }) => ({ ...rest, ...profile })),
        });
      print(subscribers.length === 0 ? 'No subscribers yet.' : formatTable(subscribers, COLUMNS));
    });
}

export function exportCommand(): Command {
  return new Command('export')
    .description('everything kept about one person (and what was sent to them), or about all, for `import`')
    .argument('[who]', 'the number the list shows, or the address')
    .option('--json', 'what it always does: print one JSON document')
    .action(async (who: string | undefined) => {
      printJson(
        await withSession((session) => (who === undefined ? exportAll(session) : exportOne(session, who))),
      );
    });
}

/** Whoever has not confirmed a sign-up has not agreed to be on any list. */
async function exportAll({ db }: Session): Promise<unknown[]> {
  const subscribers = (await listSubscribers(db)).filter(({ status }) => status !== 'pending');
  return listed(subscribers, await listSuppressions(db)).map(({ suppressed, ...subscriber }) => ({
    ...toEntry(subscriber),
    suppressed,
  }));
}

async function exportOne({ db }: Session, who: string): Promise<unknown[]> {
  const subscriber = await findSubscriber(db, who);
  const found = subscriber && (await exportReader(db, subscriber.key));
  if (!found) throw noSuchSubscriber('nothing is exported', who);
  return [found];
}

function listed(subscribers: readonly Subscriber[], suppressions: readonly Suppression[]): Listed[] {
  const bySubscriber = new Map(suppressions.map((suppression) => [suppression.subscriber, suppression]));
  return subscribers.map((subscriber) => {
    const { reason, detail, at: since } = bySubscriber.get(subscriber.id) ?? {};
    const suppressed =
      reason === undefined || since === undefined ? null : { reason, detail: detail ?? null, since };
    return { ...subscriber, suppressed };
  });
}
