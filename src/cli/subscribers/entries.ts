// `drawbell subscribers add` and `import`: people who asked to be told, and the proof that they did.

import { Command } from 'commander';
import * as z from 'zod';
import { InputError } from '../../errors.ts';
import { Consent, type Present, possible, Subscription } from '../../match/profile.ts';
import { inTransaction } from '../../store/open.ts';
import { type Saved, saveSubscribers } from '../../store/subscribers.ts';
import { suppress } from '../../store/suppressions.ts';
import { collect } from '../options.ts';
import { print, printJson } from '../output.ts';
import { addProfileOptions, checkFlags, type ProfileFlags, readPresent } from '../profile-options.ts';
import { describeFound, readChecked } from '../read-file.ts';
import { type Session, withSession } from '../session.ts';
import { type Entry, subscribersFile } from './file.ts';

interface AddOptions extends ProfileFlags {
  locale?: string;
  notify?: string[];
  consentAt?: string;
  consentWords?: string;
  json?: true;
}

const WRONG = 'this subscriber cannot be added';

export function addCommand(): Command {
  const command = new Command('add')
    .description('add one person, or replace what they told before; what is left out stays unknown')
    .argument('<email>');
  return addProfileOptions(command)
    .option('--locale <language>', 'of the messages: en or fr')
    .option('--notify <notice>', 'what to tell of; may be given several times', collect)
    .option('--consent-at <instant>', 'when they agreed to get messages (now)')
    .option('--consent-words <text>', 'what they agreed to, in the words it was asked in')
    .option('--json', 'print one JSON document')
    .action(
      async (email: string, { locale, notify, consentAt, consentWords, json, ...flags }: AddOptions) => {
        const present = await readPresent(new Date());
        const faults: InputError[] = [];
        const consent = attempt(() => readConsent({ at: consentAt, words: consentWords }, present), faults);
        const given = { email, locale, notify };
        const read = () => checkFlags(WRONG, possible(Subscription, present), flags, given);
        const subscription = attempt(read, faults);
        if (!subscription || faults.length > 0)
          throw new InputError(
            WRONG,
            faults.flatMap((fault) => fault.faults),
          );
        const result = await withSession((session) => saveEntries(session, [{ ...subscription, consent }]));
        report(result, json);
      },
    );
}

/** `undefined` where nothing of it is given. Throws `InputError`, each fault by its flag. */
function readConsent(
  given: { at: string | undefined; words: string | undefined },
  present: Present,
): Consent | undefined {
  if (given.at === undefined && given.words === undefined) return undefined;
  const checked = possible(z.object({ consent: Consent }), present).safeParse({ consent: given });
  if (checked.success) return checked.data.consent;
  const faults = checked.error.issues.map(({ path, message }) => {
    const where = path.at(-1) === 'at' ? '--consent-at' : '--consent-words';
    return { where, expected: message, found: describeFound({ consent: given }, path) };
  });
  throw new InputError(WRONG, faults);
}

function attempt<Result>(read: () => Result, faults: InputError[]): Result | undefined {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    faults.push(error);
    return undefined;
  }
}

export function importCommand(): Command {
  return new Command('import')
    .description(
      'add or replace everyone in a YAML or JSON list; all of it, or nothing when anything is wrong',
    )
    .argument('<file>', '- for standard input')
    .option('--json', 'print one JSON document')
    .action(async (file: string, { json }: { json?: true }) => {
      const entries = readChecked(file, subscribersFile(await readPresent(new Date())));
      report(await withSession((session) => saveEntries(session, entries)), json);
    });
}

/** Adds or replaces everyone in these entries, and suppresses those who are to get nothing; all of it or nothing. */
export function saveEntries(
  { db, now }: Pick<Session, 'db' | 'now'>,
  entries: readonly Entry[],
  keyOf?: (address: string) => string,
): Promise<Saved> {
  return inTransaction(db, async (trx) => {
    const at = now().toISOString();
    const subscriptions = entries.map(({ suppressed: _, sent: __, kept: ___, ...entry }) => entry);
    const saved = await saveSubscribers(trx, subscriptions, at, keyOf);
    for (const { email, suppressed } of entries) {
      if (suppressed) await suppress(trx, email, suppressed, suppressed.since);
    }
    return saved;
  });
}

/** Who is left out is named by the place in the list: no address is shown. */
function report({ added, changed, suppressed, leftOut }: Saved, json: true | undefined): void {
  if (json) {
    printJson({ added, changed, suppressed, leftOut });
    return;
  }
  print(`${added} added, ${changed} changed. Where no consent is given, it is recorded as attested by you.`);
  if (suppressed === 0) return;
  const entries = leftOut.map((index) => `[${index}]`).join(', ');
  print(`${suppressed} suppressed and left out (${entries}): "drawbell subscribers suppressed" says why.`);
}
