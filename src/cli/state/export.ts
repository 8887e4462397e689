// `drawbell state export`: a job goes on where a server ended.

import { Command } from 'commander';
import { InputError } from '../../errors.ts';
import { type Carrying, carryOut } from '../../journey/carry.ts';
import { parseState, printState } from '../../state/files.ts';
import type { State } from '../../state/state.ts';
import { countOwnLetters } from '../../store/carried-notices.ts';
import { countForgotten } from '../../store/carried-recipients.ts';
import { print, printJson, styled } from '../output.ts';
import { readFolder, writeFolder } from './folder.ts';
import { countState, describeState, withCarrying } from './session.ts';

export function exportCommand(): Command {
  return new Command('export')
    .description('write what the database remembers into files, for a job to go on with')
    .argument('<folder>', 'where to: an empty folder, or one with an earlier state of the same installation')
    .option('--json', 'print one JSON document')
    .addHelpText(
      'after',
      '\nIt needs DRAWBELL_SECRET, the same one that the job will have. The files hold public facts and keyed hashes:\n' +
        'commit them to the branch of the job. Stop what is running here first, or both will tell of the next draw.',
    )
    .action(async (folder: string, { json }: { json?: true }) => {
      const report = await withCarrying((carrying) => exportState(folder, carrying));
      if (json) return printJson(report);
      print(`${styled('bold', folder)} holds ${describeState(report)}.`);
      const { suppressed, letters } = report.leftBehind;
      if (suppressed > 0)
        print(
          `${suppressed} addresses that get nothing are left behind, as their owners are forgotten here: leave them out of the list.`,
        );
      if (letters > 0)
        print(`${letters} letters about sign-ups are left behind: links in them lead to this server.`);
    });
}

async function exportState(folder: string, carrying: Carrying) {
  const known = parseState(readFolder(folder));
  const state = await carryOut(known, carrying);
  refuseLoss(known, state);
  const files = printState(state);
  return {
    folder,
    files: files.size,
    changed: writeFolder(folder, files),
    ...countState(state),
    leftBehind: {
      suppressed: await countForgotten(carrying.db),
      letters: await countOwnLetters(carrying.db),
    },
  };
}

/** What is in the folder must have been taken in: else what it says of who was told what would be lost. */
function refuseLoss(known: State, state: State): void {
  const kept = new Set(eventIds(state));
  const lost = eventIds(known).filter((id) => !kept.has(id));
  if (lost.length === 0) return;
  const expected = 'an empty folder, or a state that this database knows ("drawbell state import")';
  const fault = { where: 'the folder', expected, found: `${lost.length} events that it does not know` };
  throw new InputError('the state cannot be written there', [fault]);
}

function eventIds({ draws }: State): string[] {
  return Object.values(draws).flatMap(({ events }) => events.map(({ id }) => id));
}
