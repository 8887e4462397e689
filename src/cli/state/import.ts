// `drawbell state import`: a server goes on where a job ended.

import { Command } from 'commander';
import { InputError, quote } from '../../errors.ts';
import { type CarriedIn, type Carrying, carryIn } from '../../journey/carry.ts';
import { parseState } from '../../state/files.ts';
import { print, printJson } from '../output.ts';
import { readFolder } from './folder.ts';
import { countState, describeState, withCarrying } from './session.ts';

interface Options {
  leaveOut?: boolean;
  json?: true;
}

export function importCommand(): Command {
  return new Command('import')
    .description('take what a job remembers into the database')
    .argument('<folder>', 'with the files of its branch')
    .option('--leave-out', 'drop what waits for somebody who is not in the database')
    .option('--json', 'print one JSON document')
    .addHelpText(
      'after',
      '\nIt needs DRAWBELL_SECRET, the same one that the job has. Subscribers and webhooks come first ("drawbell\n' +
        'subscribers import", "drawbell webhooks add"): the files do not say who they are. With\n' +
        'DRAWBELL_HISTORY=none for all of these commands nothing newer than the state is taken for known. Stop the job before.',
    )
    .action(async (folder: string, { leaveOut = false, json }: Options) => {
      const report = await withCarrying((carrying) => importState(folder, leaveOut, carrying));
      if (json) return printJson(report);
      print(`Taken in: ${describeState(report)}.`);
      const { unknown, otherSecret } = report.leftOut;
      if (unknown + otherSecret > 0)
        print(`${unknown + otherSecret} of the notices that wait are for nobody here: they are left out.`);
    });
}

async function importState(folder: string, leaveOut: boolean, carrying: Carrying) {
  const files = readFolder(folder);
  if (files.size === 0) {
    const fault = {
      where: quote(folder, 300),
      expected: 'a folder with a state',
      found: 'none of its files',
    };
    throw new InputError('there is nothing to take in', [fault]);
  }
  const state = parseState(files);
  const check = leaveOut ? undefined : refuseStrangers;
  const { waiting } = await carryIn(state, carrying, check);
  return { ...countState(state), leftOut: waiting };
}

function refuseStrangers({ waiting: { unknown, otherSecret } }: CarriedIn): void {
  const faults = [];
  if (unknown > 0) {
    const expected =
      'recipients for all that waits: import subscribers and add webhooks first, or leave it out with --leave-out';
    faults.push({ where: 'ledger.ndjson', expected, found: `${unknown} notices that wait for nobody here` });
  }
  if (otherSecret > 0) {
    const expected = 'lines by this DRAWBELL_SECRET, or --leave-out';
    faults.push({
      where: 'ledger.ndjson',
      expected,
      found: `${otherSecret} notices that wait by another secret`,
    });
  }
  if (faults.length > 0) throw new InputError('the state is not taken in', faults);
}
