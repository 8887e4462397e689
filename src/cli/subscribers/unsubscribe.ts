// `drawbell subscribers unsubscribe`: a token from a link or a mail ends the messages to one person.

import { Command } from 'commander';
import { InputError } from '../../errors.ts';
import { readUnsubscribe } from '../../notify/tokens.ts';
import { honouredKeys } from '../../store/keys.ts';
import { inTransaction } from '../../store/open.ts';
import { unsubscribe } from '../../store/suppressions.ts';
import { print, printJson } from '../output.ts';
import { type Session, withSession } from '../session.ts';

/** Of what is piped in, no more is read, in bytes: headers, and the beginning of a body. */
const LONGEST = 128 * 1024;
/** Of a mail's body, in characters. */
const BODY = 64 * 1024;

export function unsubscribeCommand(): Command {
  return new Command('unsubscribe')
    .description('end the messages to whoever a token from one of them is for, and forget them')
    .argument(
      '<token>',
      'the token, a link with it, the subject of a mail, or - for a mail on standard input',
    )
    .option('--json', 'print one JSON document')
    .action(async (given: string, { json }: { json?: true }) => {
      const texts = given === '-' ? await readMail() : [given];
      const done = await withSession(async (session) => {
        const reader = await findReader(session, texts);
        const at = session.now().toISOString();
        return inTransaction(session.db, (trx) => unsubscribe(trx, reader, at));
      });
      if (json) printJson({ unsubscribed: done });
      else if (done)
        print('Unsubscribed: nothing is sent to them any more, and what was known of them is forgotten.');
      else print('Nobody has this token any more: there is nothing to end.');
    });
}

/** In the first of the texts that holds a token of ours. Throws `InputError` when none does. */
async function findReader({ config, db }: Session, texts: readonly string[]): Promise<string> {
  const secrets = await honouredKeys(db, config.secret);
  for (const text of texts) {
    const reader = readUnsubscribe(text, secrets);
    if (reader !== null) return reader;
  }
  const expected = 'a token as it stands in a message of this installation, whole';
  throw new InputError('nobody is unsubscribed', [{ where: 'token', expected, found: 'none that is valid' }]);
}

/**
 * The subject, and the first line of the body. Further down there may be a message of ours that is only quoted or
 * passed on, whose token was not sent to end anything.
 */
async function readMail(): Promise<string[]> {
  const { default: PostalMime } = await import('postal-mime');
  const { subject = '', text = '' } = await PostalMime.parse(await readStart());
  const firstLine =
    text
      .slice(0, BODY)
      .split('\n')
      .find((line) => line.trim() !== '') ?? '';
  return [subject, /^\s*[>|]/.test(firstLine) ? '' : firstLine];
}

async function readStart(): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of process.stdin) {
    chunks.push(chunk);
    length += chunk.length;
    if (length >= LONGEST) break;
  }
  return Buffer.concat(chunks).subarray(0, LONGEST);
}
