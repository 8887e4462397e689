// Sign-ups sent to `serve`, which is killed at random moments: whoever was told that a letter is on its way gets it.

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as after } from 'node:timers/promises';
import { TOGETHER } from '../../src/journey/books.ts';
import { openStore } from '../../src/store/open.ts';
import { seededRandom } from '../bench/latency.ts';
import type { Closing } from '../support/cli.ts';
import { bodyOf, FROM_HERE, ORIGIN, SIGN_UP } from '../web/forms.ts';
import { type Evidence, readEvidence } from './evidence.ts';
import { nameNotice, openLedger } from './ledger.ts';
import { BETWEEN, type Outcome } from './lives.ts';
import { LETTER, openPostOffice } from './post-office.ts';
import { type Program, startProgram } from './program.ts';
import { holdToPromises } from './promises.ts';

/** At which the first life starts. */
const START = Date.parse('2024-05-31T16:00:00Z');
/** Sent at the same time. */
const VISITORS = 4;
/** A kill comes so long after what it waits for at most, and if that never comes, after the other, in milliseconds. */
const LATER = 30;
const PATIENCE = 10_000;
/** Deliveries after the last sign-up, or waits for one, before what has not arrived counts as lost. */
const DELIVERIES = 6;

/** What a sign-up that was answered, or cut off, may come to. */
type Answer = 'told' | 'refused' | 'cut off';

export async function killWhoServes(
  closing: Closing,
  { signUps, seed }: { signUps: number; seed: number },
  kills: number,
): Promise<Outcome> {
  const random = seededRandom(seed);
  const ledger = openLedger();
  const postOffice = await openPostOffice(ledger);
  const folder = mkdtempSync(join(tmpdir(), 'drawbell-crash-'));
  let program: Program | undefined;
  closing(async () => {
    program?.signal('SIGKILL');
    await postOffice.close();
    rmSync(folder, { recursive: true, force: true });
  });
  const database = join(folder, 'drawbell.db');
  await openStore(database).destroy();
  const env = {
    DRAWBELL_DATABASE: database,
    DRAWBELL_HISTORY: 'none',
    DRAWBELL_PUBLIC_URL: ORIGIN,
    DRAWBELL_SMTP_URL: postOffice.url,
    DRAWBELL_MAIL_FROM: 'drawbell <bell@example.org>',
  };
  const remains = new Map<number, Evidence>();
  const faults: string[] = [];
  const answers = new Map<string, Answer>();
  let awaited: { answers: number; resolve(): void } = { answers: 0, resolve: () => undefined };
  let killed = 0;
  let next = 0;

  /** One life: visitors sign up until `until` have; what happens to the program, and when, is up to `during`. */
  async function live(
    until: number,
    during: (serving: Program, visits: Promise<unknown>) => Promise<unknown>,
  ): Promise<void> {
    ledger.nextLife();
    const clock = new Date(START + ledger.life() * BETWEEN).toISOString();
    const serving = startProgram({ folder, env }, ['serve', '--listen', '0', '--json'], { clock });
    program = serving;
    const pages = await Promise.race([serving.says(/http:[/][/]127\.0\.0\.1:\d+/), serving.ended]);
    if (typeof pages !== 'string') throw new Error(`serve did not start: ${pages.stderr}`);
    const visits = Promise.all(Array.from({ length: VISITORS }, () => visit(pages, until)));
    await Promise.race([during(serving, visits), serving.ended]);
    const { code, stderr } = await serving.ended;
    await visits;
    await postOffice.quiet();
    remains.set(ledger.life(), readEvidence(database, clock));
    if (code === null) killed += 1;
    else if (code !== 0) faults.push(`ended with ${code}: ${stderr.trim().slice(0, 300)}`);
  }

  async function visit(pages: string, until: number): Promise<void> {
    while (next < until) {
      const number = next;
      next += 1;
      const email = `visitor-${number}@example.org`;
      postOffice.residents.set(email, { key: null, score: null });
      const answer = await signUp(pages, email, number);
      answers.set(email, answer);
      if (answers.size >= awaited.answers) awaited.resolve();
      if (answer === 'refused') faults.push(`${email} was refused`);
      if (answer === 'cut off') return;
    }
  }

  const arrived = () => new Set(ledger.arrivals.map(({ notice }) => notice));
  const told = () => [...answers].filter(([, answer]) => answer === 'told').map(([email]) => letterTo(email));
  /** Resolves when so many more have signed up. */
  const answered = (count: number) =>
    new Promise<void>((resolve) => {
      awaited = { answers: answers.size + count, resolve };
    });
  for (let life = 0; life < kills; life += 1)
    await live(Math.ceil((signUps * (life + 1)) / kills), async (serving) => {
      const count = 1 + Math.floor((random() * signUps) / kills);
      // Some while letters go out, and some while sign-ups are taken in.
      await Promise.race([life % 2 === 0 ? ledger.answered(count) : answered(count), after(PATIENCE)]);
      await after(random() * LATER);
      serving.signal('SIGKILL');
    });
  await live(signUps, async (serving, visits) => {
    const delivered = () => Promise.race([serving.says(/"delivered"/), after(PATIENCE)]);
    const first = delivered();
    await visits;
    // What the last kill cut off may have been taken in: its letters are nobody's to wait for by name.
    await first;
    // It looks every five seconds whether something is due: what is not there after several looks is lost.
    for (let deliveries = 0; deliveries < DELIVERIES; deliveries += 1) {
      if (told().every((letter) => arrived().has(letter))) break;
      await delivered();
    }
    serving.signal('SIGTERM');
  });

  // Of what was cut off nobody can say whether it was taken: it may have come to a letter.
  const unsure = [...answers].filter(([, answer]) => answer === 'cut off').map(([email]) => letterTo(email));
  const expected = new Set([...told(), ...unsure.filter((letter) => arrived().has(letter))]);
  const findings = holdToPromises(expected, ledger.arrivals, remains, 1 + 2 * TOGETHER);
  const last = remains.get(ledger.life());
  if (last?.signUps !== 0) faults.push(`${last?.signUps} sign-ups are left`);
  const { sent, ...others } = last?.statuses ?? {};
  if (sent !== expected.size || Object.keys(others).length > 0)
    faults.push(`the outbox says ${JSON.stringify(last?.statuses)} of ${expected.size} letters`);
  if (killed < kills) faults.push(`killed ${killed} times only`);
  return { ...findings, notices: expected.size, kills: killed, broken: [...faults, ...findings.broken] };
}

function letterTo(email: string): string {
  return nameNotice(email, LETTER, null);
}

async function signUp(pages: string, email: string, number: number): Promise<Answer> {
  // Each from a network of its own: twenty an hour are let in from one.
  const from = { 'X-Forwarded-For': `10.${number >> 8}.${number & 255}.1` };
  try {
    const { status } = await fetch(`${pages}/en/subscribe/`, {
      method: 'POST',
      body: bodyOf({ ...SIGN_UP, email }),
      headers: { ...FROM_HERE, ...from },
    });
    return status === 202 ? 'told' : 'refused';
  } catch {
    return 'cut off';
  }
}
