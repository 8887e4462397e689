// `drawbell deliveries show`: one notice, and everything that was tried.

import { Command } from 'commander';
import { InputError } from '../../errors.ts';
import { type Attempt, findNotice, type NoticeLine } from '../../store/notices.ts';
import { type Column, formatTable, print, printJson } from '../output.ts';
import { formatFacts, formatPage } from '../page.ts';
import { withSession } from '../session.ts';
import { describeStatus, readNumber } from './names.ts';

const COLUMNS: readonly Column<Attempt>[] = [
  { title: 'Attempt', value: ({ attempt }) => attempt, right: true },
  { title: 'When', value: ({ at }) => at },
  { title: 'Took', value: ({ milliseconds }) => `${milliseconds.toLocaleString('en-CA')} ms`, right: true },
  {
    title: 'Outcome',
    value: ({ outcome }) => outcome,
    style: ({ outcome }) => (outcome === 'sent' ? 'green' : outcome === 'failed' ? 'red' : 'yellow'),
  },
  { title: 'Status', value: ({ status }) => (status === null ? null : String(status)), right: true },
  { title: 'Detail', value: ({ detail }) => detail },
  { title: 'Answer', value: ({ answer }) => answer },
];

export function showCommand(): Command {
  return new Command('show')
    .description('one notice: every attempt, and what was answered')
    .argument('<number>', 'as the list shows it', readNumber)
    .option('--json', 'print one JSON document')
    .action(async (id: number, { json }: { json?: true }) => {
      const found = await withSession(({ db }) => findNotice(db, id));
      if (!found) {
        const fault = { where: 'number', expected: 'a notice that the list shows', found: String(id) };
        throw new InputError('there is no such notice', [fault]);
      }
      if (json) return printJson({ ...found.notice, deliveries: found.attempts });
      print(formatNotice(found.notice, found.attempts));
    });
}

function formatNotice(notice: NoticeLine, attempts: readonly Attempt[]): string {
  const { id, event, channel, recipient, outcome, dueAt, settledAt } = notice;
  const facts = formatFacts(`Notice ${id}`, [
    ['Event', event],
    ['To', `${recipient}, by ${channel}`],
    ['Outcome', outcome],
    ['Status', describeStatus(notice)],
    ['Settled', settledAt],
    ['Next', dueAt],
  ]);
  const tried = attempts.length === 0 ? 'Nothing was tried yet.' : formatTable(attempts, COLUMNS);
  return formatPage([facts, [tried]]);
}
