// `drawbell quarantine`: rounds that are kept apart, and what to do with them.

import { Command } from 'commander';
import { formatFault, InputError, quote } from '../errors.ts';
import type { HeldRound } from '../event/quarantine.ts';
import { deliverDue, releaseRound } from '../journey.ts';
import { SOURCES } from '../sources/index.ts';
import { dropFromQuarantine, listQuarantine } from '../store/quarantine.ts';
import { describeDraw } from './describe.ts';
import { EXIT } from './exit.ts';
import { type Column, formatTable, print, printJson, styled } from './output.ts';
import { type Session, withSession } from './session.ts';

const COLUMNS: readonly Column<HeldRound>[] = [
  { title: 'Round', value: ({ id }) => id, right: true },
  { title: 'Reason', value: ({ reason }) => reason, style: () => 'bold' },
  {
    title: 'Status',
    value: ({ status }) => status,
    style: ({ status }) => (status === 'held' ? 'yellow' : 'dim'),
  },
  { title: 'Since', value: ({ since }) => since },
  { title: 'What is wrong', value: ({ faults }) => faults.map(formatFault).join('; ') },
];

interface Options {
  json?: true;
}

export function makeCommand(): Command {
  const command = new Command('quarantine');
  command.addCommand(listCommand());
  command.addCommand(showCommand());
  command.addCommand(releaseCommand());
  command.addCommand(dropCommand());
  return command;
}

function listCommand(): Command {
  return new Command('list')
    .description('every round that is kept apart, and why')
    .option('--json', 'print one JSON document')
    .action(async ({ json }: Options) => {
      const rounds = await withSession(({ db }) => listQuarantine(db));
      if (json) printJson({ quarantine: rounds });
      else print(rounds.length === 0 ? 'Nothing is kept apart.' : formatTable(rounds, COLUMNS));
    });
}

function showCommand(): Command {
  return new Command('show')
    .description('one round: what was read of it, and what is wrong with that')
    .argument('<id>')
    .option('--json', 'print one JSON document')
    .action(async (id: string, { json }: Options) => {
      const round = await withSession((session) => findRound(session, id));
      if (json) return printJson(round);
      print(`${styled('bold', round.id)}  ${round.reason}, ${round.status} since ${round.since}`);
      print(round.draw ? describeDraw(round.draw) : 'It could not be read, or is not there.');
      for (const fault of round.faults) print(`  ${formatFault(fault)}`);
      print(advice(round));
    });
}

function advice({ id, reason }: HeldRound): string {
  const drop = `"drawbell quarantine drop ${id}" keeps quiet about it until it changes`;
  if (reason === 'unreadable') return `It is released by itself when the page is mended. ${drop}.`;
  const release =
    reason === 'vanished'
      ? 'believes that it was taken back'
      : 'believes it as it is, and tells those it is for';
  return `It is released by itself when the page is mended. "drawbell quarantine release ${id}" ${release}; ${drop}.`;
}

function releaseCommand(): Command {
  return new Command('release')
    .description('believe a round as it was read: it is stored, and told to those it is for')
    .argument('<id>')
    .option('--json', 'print one JSON document')
    .action(async (id: string, { json }: Options) => {
      const { look, delivered } = await withSession(async (session) => {
        await findRound(session, id);
        const released = await releaseRound(sourceOf(id), id, session);
        return { look: released, delivered: await deliverDue(session) };
      });
      const { fresh, corrected, withdrawn, queued } = look;
      const notices = { queued, sent: delivered.sent, retrying: delivered.queued, failed: delivered.failed };
      if (json) printJson({ released: id, draws: { new: fresh, corrected, withdrawn }, notices });
      else print(`${id} is released. ${queued} notices were queued, ${delivered.sent} sent.`);
      if (delivered.failed > 0) process.exitCode = EXIT.notice;
    });
}

function dropCommand(): Command {
  return new Command('drop')
    .description('do not hear of a round again until what the page says of it changes')
    .argument('<id>')
    .option('--json', 'print one JSON document')
    .action(async (id: string, { json }: Options) => {
      await withSession(async (session) => {
        await findRound(session, id);
        await dropFromQuarantine(session.db, id);
      });
      if (json) printJson({ dropped: id });
      else print(`${id} is dropped: nothing is said of it until it changes.`);
    });
}

async function findRound({ db }: Session, id: string): Promise<HeldRound> {
  const rounds = await listQuarantine(db);
  const round = rounds.find((candidate) => candidate.id === id);
  if (round) return round;
  const expected =
    rounds.length === 0
      ? 'a round in quarantine (there is none)'
      : `one of ${rounds.map((r) => r.id).join(', ')}`;
  throw new InputError('that round is not in quarantine', [{ where: 'id', expected, found: quote(id) }]);
}

function sourceOf(id: string) {
  const source = SOURCES.find((candidate) => id.startsWith(`${candidate.id}:`));
  if (source) return source;
  throw new InputError('that round is of no source', [
    { where: 'id', expected: 'a known source', found: quote(id) },
  ]);
}
