// Which command, and what its end means for the exit code. Only the command asked for is loaded.

import { Command, CommanderError } from 'commander';
import { InputError } from '../errors.ts';
import { isDamage } from '../store/check.ts';
import { EXIT } from './exit.ts';
import { warn } from './output.ts';
import { VERSION } from './version.ts';

/** A file of this folder: makes its command, whose action sets `process.exitCode` when it is not 0. */
interface CommandFile {
  makeCommand(): Command;
}

const COMMANDS: Readonly<Record<string, { about: string; load(): Promise<CommandFile> }>> = {
  run: { about: 'look at every source once, and tell what is new', load: () => import('./run.ts') },
  watch: { about: 'keep looking, and tell what is new at once', load: () => import('./watch.ts') },
  status: { about: 'how the watch is doing', load: () => import('./status.ts') },
  draws: { about: 'list the draws known', load: () => import('./draws.ts') },
  events: { about: 'list what was worth telling', load: () => import('./events.ts') },
  check: { about: 'would this profile have been invited?', load: () => import('./check.ts') },
  explain: { about: 'everything known about a draw', load: () => import('./explain.ts') },
  subscribers: { about: 'people who asked to be told', load: () => import('./subscribers.ts') },
  webhooks: { about: "teams' endpoints", load: () => import('./webhooks.ts') },
  keys: { about: 'keys by which teams manage their endpoints over the API', load: () => import('./keys.ts') },
  deliveries: { about: 'what was sent, is waiting, or was given up', load: () => import('./deliveries.ts') },
  schema: { about: 'JSON Schema of what webhooks are sent', load: () => import('./schema.ts') },
  serve: {
    about: 'serve the pages: history, checker, sign-up, feeds, API',
    load: () => import('./serve.ts'),
  },
  site: { about: 'write the pages, feeds and API as files', load: () => import('./site.ts') },
  job: {
    about: 'one run without a server: its state is on a branch of a git repository',
    load: () => import('./job.ts'),
  },
  state: {
    about: 'move what is remembered between a job and a database',
    load: () => import('./state.ts'),
  },
  quarantine: { about: 'rounds that are kept apart', load: () => import('./quarantine.ts') },
  doctor: { about: 'what is wrong here, and how to mend it', load: () => import('./doctor.ts') },
  backup: { about: 'copy the database while it is in use', load: () => import('./backup.ts') },
  restore: { about: 'put a backup in the place of the database', load: () => import('./restore.ts') },
  demo: { about: 'the whole story on real facts, offline', load: () => import('./demo.ts') },
};

/** Runs one command line; returns the exit code. */
export async function main(args: readonly string[]): Promise<number> {
  // Whoever reads our answer may have read enough (`drawbell draws | head`).
  process.stdout.on('error', (error: NodeJS.ErrnoException) => process.exit(error.code === 'EPIPE' ? 0 : 1));
  const program = new Command('drawbell')
    .description("Watches Canada's Express Entry draws, and tells each person what a new one means for them.")
    .version(VERSION)
    .exitOverride();
  const asked = args[0] === 'help' ? args[1] : args[0];
  for (const [name, { about, load }] of Object.entries(COMMANDS)) {
    const command = name === asked ? (await load()).makeCommand() : new Command(name);
    program.addCommand(command.description(about).exitOverride());
    for (const sub of command.commands) sub.exitOverride();
  }
  try {
    await program.parseAsync([...args], { from: 'user' });
    return Number(process.exitCode ?? EXIT.done);
  } catch (error) {
    // Commander has said what was wrong, or shown the help that was asked for.
    if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.done : EXIT.usage;
    warn(error instanceof Error ? error.message : String(error));
    if (isDamage(error)) warn('the database is damaged: "drawbell doctor" says how to restore it');
    return error instanceof InputError || isDamage(error) ? EXIT.usage : EXIT.fault;
  }
}
