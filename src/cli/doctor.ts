// `drawbell doctor`: what is wrong here, and how to mend it. Changes nothing.

import { Command } from 'commander';
import { SOURCES } from '../sources/index.ts';
import { type Inspection, inspect } from '../store/inspect.ts';
import { examineBrowser, examineConfiguration, examineOperator } from './doctor/configuration.ts';
import { type Finding, guarded, warning, wrong } from './doctor/finding.ts';
import {
  examineMail,
  examineMailFrom,
  examineSender,
  examineSignature,
  examineUnsubscribing,
} from './doctor/mail.ts';
import { examineClock, examineHealth, examineQuarantine, examineSource } from './doctor/source.ts';
import { examineBackups, examineDatabase, examineDisk } from './doctor/storage.ts';
import { examinePages, examineProxies, examineSignUp } from './doctor/web.ts';
import { EXIT } from './exit.ts';
import { type Column, formatTable, print, printJson, styled } from './output.ts';

const COLOURS = { ok: 'green', warning: 'yellow', wrong: 'red' } as const;

const COLUMNS: readonly Column<Finding>[] = [
  { title: 'Check', value: ({ name }) => name },
  { title: 'Status', value: ({ status }) => status, style: ({ status }) => COLOURS[status] },
  { title: 'Found', value: ({ found, mend }) => (mend === null ? found : `${found}. ${mend}`) },
];

interface Diagnosis {
  /** What the operator can mend here. */
  here: Finding[];
  /** What is wrong, if anything, at the publisher's. */
  sources: Finding[];
}

export function makeCommand(): Command {
  return new Command('doctor')
    .option('--json', 'print one JSON document')
    .action(async ({ json }: { json?: true }) => {
      const { here, sources } = await diagnose(process.env, () => new Date(), Math.random);
      const checks = [...here, ...sources];
      if (json) printJson({ checks });
      else print(`${formatTable(checks, COLUMNS)}\n\n${summary(checks)}`);
      if (here.some(isWrong)) process.exitCode = EXIT.usage;
      else if (sources.some(isWrong)) process.exitCode = EXIT.source;
    });
}

/** Makes every check, whatever the others find. */
async function diagnose(
  environment: Record<string, string | undefined>,
  now: () => Date,
  random: () => number,
): Promise<Diagnosis> {
  const { config, faulty, finding } = examineConfiguration(environment);
  /** What hangs on a variable that is wrong cannot be known; that it is wrong has been said. */
  const given = (variable: string, name: string, check: () => Promise<Finding> | Finding, judge = wrong) =>
    faulty.has(variable)
      ? warning(name, `not checked, as ${variable} is wrong`, `Correct ${variable} first.`)
      : guarded(name, check, judge);
  const seen: Inspection = faulty.has('DRAWBELL_DATABASE') ? { state: 'missing' } : inspect(config.database);
  const health = seen.state === 'sound' ? seen.health : [];

  const mail = given('DRAWBELL_SMTP_URL', 'mail', () => examineMail(config));
  const pages = given('DRAWBELL_PUBLIC_URL', 'pages', () => examinePages(config), warning);
  const examined = [];
  for (const source of SOURCES) {
    const own = health.find((row) => row.source === source.id);
    examined.push({ source, ...(await examineSource(source, own, { config, now, random })) });
  }
  const clocks = examined.flatMap((each) => each.clocks);
  return {
    here: [
      finding,
      await given('DRAWBELL_DATABASE', 'database', () => examineDatabase(config, seen)),
      await given('DRAWBELL_DATABASE', 'backups', () => examineBackups(config, seen, now())),
      await given('DRAWBELL_DATABASE', 'disk', () => examineDisk(config)),
      await mail,
      await given('DRAWBELL_MAIL_FROM', 'mail from', () => examineMailFrom(config)),
      await guarded('sender', () => examineSender(config)),
      await given('DRAWBELL_DKIM_KEY', 'signature', () => examineSignature(config)),
      await given('DRAWBELL_PUBLIC_URL', 'unsubscribing', () => examineUnsubscribing(config)),
      await pages,
      await given('DRAWBELL_PUBLIC_URL', 'sign-up', () => examineSignUp(config)),
      await given('DRAWBELL_PROXIES', 'proxies', () => examineProxies(config)),
      await given('DRAWBELL_OPERATOR', 'operator', () => examineOperator(config)),
      await given('DRAWBELL_BROWSER', 'browser', () => examineBrowser(config), warning),
      await guarded('clock', () => examineClock(clocks)),
    ],
    sources: [
      ...examined.flatMap(({ source, findings }) => [
        ...findings,
        examineHealth(source, seen, config, now()),
      ]),
      examineQuarantine(seen),
    ],
  };
}

function isWrong({ status }: Finding): boolean {
  return status === 'wrong';
}

function summary(checks: readonly Finding[]): string {
  const count = (status: Finding['status']) => checks.filter((check) => check.status === status).length;
  const [bad, doubtful] = [count('wrong'), count('warning')];
  if (bad > 0) return styled('red', `${bad} wrong, ${doubtful} to be warned of.`);
  return doubtful > 0
    ? styled('yellow', `Nothing wrong, ${doubtful} to be warned of.`)
    : styled('green', 'All is well.');
}
