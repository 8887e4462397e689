// The state on its branch -> the pages as files.

import { warn } from '../cli/output.ts';
import { closeSession, openSession, settleHistory } from '../cli/session.ts';
import { exportSite } from '../cli/site.ts';
import { readConfig } from '../config.ts';
import type { Branch } from '../git/branch.ts';
import { carryIn } from '../journey/carry.ts';
import { SOURCES } from '../sources/index.ts';
import { parseState } from '../state/files.ts';
import { openSeal } from '../store/seal.ts';
import type { Place } from './inputs.ts';

/** Writes the pages into a folder, as `drawbell site` does of a database. Throws `StateError`, `InputError`. */
export async function writePages(folder: string, branch: Branch, { pages }: Place) {
  const { checkFolder } = await import('../web/write-site.ts');
  checkFolder(folder);
  const state = parseState(await branch.read());
  const config = { ...readConfig(process.env, SOURCES), database: ':memory:' };
  const session = openSession(config, () => new Date(), warn);
  try {
    // Of people the pages know nothing.
    const facts = { ...state, ledger: [], recipients: [] };
    await carryIn(facts, { ...session, seal: openSeal(''), operator: false });
    await settleHistory(session);
    return await exportSite(session, folder, config.siteUrl ?? pages);
  } finally {
    await closeSession(session);
  }
}
