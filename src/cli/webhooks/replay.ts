// `drawbell webhooks replay`: sends an endpoint what it has not had.

import { Command } from 'commander';
import { replay } from '../../journey/replay.ts';
import { countOutcomes } from '../../store/outbox.ts';
import { EXIT } from '../exit.ts';
import { print, printJson, styled } from '../output.ts';
import { deliverShowing } from '../run.ts';
import { type Session, withSession } from '../session.ts';
import { findEndpoint, ID, removedMeanwhile } from './find.ts';
import { readSince } from './since.ts';

const ABOUT =
  '\nSent are, oldest first, the notices that were kept or given up or wait for another attempt, and whatever was\n' +
  'told while the endpoint did not exist or did not want it. With --all also what it had: under the webhook-id it had\n' +
  'then, so that a program that keeps these ids can tell a repeat.';

interface Options {
  since: string;
  all?: true;
  json?: true;
}

/** `replay ID --since WHEN`: exit 4 where something was given up. */
export function replayCommand(): Command {
  return new Command('replay')
    .description('enable an endpoint and send it what it has not had')
    .argument(...ID)
    .requiredOption('--since <when>', 'a day (UTC) or an instant: what happened from then on')
    .option('--all', 'also what it has had')
    .addHelpText('after', ABOUT)
    .option('--json', 'print one JSON document')
    .action(async (text: string, options: Options) => {
      const done = await withSession((session) => replayNow(session, text, options));
      const { id, since, enabled, notices } = done;
      if (options.json) printJson({ replayed: id, since, enabled, notices });
      else for (const sentence of narrate(done, options)) print(sentence);
      if (done.givenUp) process.exitCode = EXIT.notice;
    });
}

interface Done {
  id: string;
  since: string;
  enabled: boolean;
  resumeAt: string | null;
  notices: Record<'queued' | 'sent' | 'retrying' | 'kept' | 'failed' | 'inHand', number>;
  /** A notice for whomever. */
  givenUp: boolean;
}

async function replayNow(session: Session, text: string, { since: when, all }: Options): Promise<Done> {
  const { db, now } = session;
  const since = readSince(when, now());
  const { id } = await findEndpoint(session, text);
  const replayed = await replay(db, id, { since, all: all === true }, now());
  if (!replayed) throw removedMeanwhile();
  const { enabled, resumeAt, rows, inHand } = replayed;
  const tally = await deliverShowing(session);
  const { sent, queued: retrying, held: kept, failed } = await countOutcomes(db, rows);
  const notices = { queued: rows.length, sent, retrying, kept, failed, inHand };
  return { id, since, enabled, resumeAt, notices, givenUp: tally.failed > 0 };
}

function narrate({ id, since, enabled, resumeAt, notices }: Done, { all }: Options): string[] {
  const { queued, sent, retrying, kept, failed, inHand } = notices;
  const lines = [enabled ? `${styled('bold', id)} is enabled again.` : ''];
  if (queued + inHand === 0) lines.push(`There is nothing since ${since} that it has not had.`);
  if (queued > 0) lines.push(`${queued} queued for ${id}, of what happened since ${since}: ${sent} sent.`);
  if (queued > 0 && all) lines.push('What it had before comes under the webhook-id it had then.');
  if (retrying > 0 && resumeAt !== null) lines.push(`It asked to be left alone until ${resumeAt}.`);
  if (retrying > 0)
    lines.push(`${retrying} ${waits(retrying)} for the next attempt, which a run or a watch makes.`);
  if (inHand > 0) lines.push(`${inHand} left as they are: they are being handed over at this moment.`);
  if (failed > 0) lines.push(`${failed} given up.`);
  if (kept > 0) lines.push(`It is disabled again, and ${kept} ${kept === 1 ? 'is' : 'are'} kept for it.`);
  return lines.filter((line) => line !== '');
}

function waits(count: number): string {
  return count === 1 ? 'waits' : 'wait';
}
