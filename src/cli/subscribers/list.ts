// `drawbell subscribers list` and `export`: everything that is kept about people.

import { Command } from 'commander';
import { listNotices } from '../../store/notices.ts';
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

async function exportAll({ db }: Session) {
  return listed(await listSubscribers(db), await listSuppressions(db)).map(toEntry);
}

async function exportOne({ db }: Session, who: string) {
  const subscriber = await findSubscriber(db, who);
  if (!subscriber) throw noSuchSubscriber('nothing is exported', who);
  const to = { subscriber: subscriber.id };
  const notices = await listNotices(db, { recipient: to, status: 'sent', limit: null });
  const sent = notices.map(({ event, outcome, settledAt }) => ({ event, outcome, at: settledAt }));
  return listed([subscriber], await listSuppressions(db)).map((one) => ({ ...toEntry(one), sent }));
}

/** As `import` takes it: the number and the opaque name are this installation's own. */
function toEntry({ email, locale, notify, profile, suppressed, ...subscriber }: Listed) {
  const { consentAt: at, consentHow: how, consentWords: words } = subscriber;
  return { email, locale, notify, ...profile, consent: { at, how, words }, suppressed };
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
