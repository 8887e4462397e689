// The fault table: everything that is known to go wrong with an official page, and what is said of it.

import type { ServerResponse } from 'node:http';
import { type FeedRound, toRound, wrapRounds } from '../../src/demo/feed.ts';
import { openOfficialSite } from '../../src/demo/official-site.ts';
import { DAY, feedAsOf, type World } from '../cli/world.ts';
import { shippedDraw } from '../draw/history.ts';
import type { Closing } from './cli.ts';
import { closedAddress, serve, serveSocket } from './http.ts';

/** Because of which nothing of a document is used. */
export interface DocumentFault {
  what: string;
  arrange(world: World, closing: Closing): unknown;
  /** The whole message, without the source's name before it. No other fault has it. */
  message: RegExp;
  /** The document may be found by a browser. */
  browser?: true;
  /** Failures until the operator is told, where three take too long for a test. */
  patience?: number;
}

/** Because of which a round is kept apart while the others go on. */
export interface RoundFault {
  what: string;
  /** Where mending the feed is not enough, how to mend the rest. */
  arrange(world: World, closing: Closing): void | Promise<() => void>;
  held: string[];
  /** What is said to be wrong. No other fault has it. */
  complaint: RegExp;
}

/** The round that comes out between the two good feeds, and one that was there before. */
const NEW = '297';
const KNOWN = '290';

const answer =
  (status: number, type: string, body: string, headers: Record<string, string> = {}) =>
  ({ site }: World) =>
    site.answerWith((response) => {
      response.writeHead(status, { 'content-type': type, ...headers }).end(body);
    });
const html = (body: string, status = 200, headers = {}) =>
  answer(status, 'text/html; charset=utf-8', `<!doctype html>${body}`, headers);
const json = (body: string) => answer(200, 'application/json', body);
const from = String.raw`from http\S+ \(status 200\)`;

export const DOCUMENT_FAULTS: readonly DocumentFault[] = [
  {
    what: 'a server that accepts and never answers',
    async arrange({ env }, closing) {
      env.DRAWBELL_IRCC_URL = `${await serveSocket(closing, () => undefined)}/feed.json`;
    },
    message: /^expected an answer from http\S+, found none \(silence for too long\)$/,
    patience: 1,
  },
  {
    what: 'a server that is not there',
    async arrange({ env }, closing) {
      env.DRAWBELL_IRCC_URL = `${await closedAddress(closing)}/feed.json`;
    },
    message: /^expected an answer from http\S+, found none \(the connection was refused: ECONNREFUSED\)$/,
  },
  {
    what: 'a connection that ends in the middle',
    arrange: ({ site }) =>
      site.answerWith((response: ServerResponse) => {
        response.writeHead(200, { 'content-type': 'application/json', 'content-length': '100000' });
        response.write(feedAsOf(DAY).slice(0, 50_000), () => response.destroy());
      }),
    message: /^expected an answer from http\S+, found none \(the connection was cut: \w+\)$/,
  },
  {
    what: 'status 500',
    arrange: html('<h1>Sorry</h1>', 500),
    message: /^expected status 200 or 304 from http\S+, found status 500$/,
  },
  {
    what: 'status 502',
    arrange: html('<h1>Sorry</h1>', 502),
    message: /^expected status 200 or 304 from http\S+, found status 502$/,
  },
  {
    what: 'status 403',
    arrange: html('<h1>Access denied</h1>', 403),
    message: /^expected status 200 or 304 from http\S+, found status 403$/,
    browser: true,
  },
  {
    what: 'status 404',
    arrange: html('<h1>We cannot find that page</h1>', 404),
    message: /^expected status 200 or 304 from http\S+, found status 404$/,
    browser: true,
  },
  {
    what: 'a redirect to another site',
    async arrange({ site }, closing) {
      const elsewhere = await serve(closing, (_, response) => response.end(feedAsOf(DAY)));
      const location = elsewhere.replace('127.0.0.1', 'localhost');
      site.answerWith((response: ServerResponse) => response.writeHead(302, { location }).end());
    },
    message: /^expected redirects within 127\.0\.0\.1 from http\S+, found one to "http:\/\/localhost:\d+"$/,
  },
  {
    what: 'a bot wall with status 200',
    arrange: html('<title>Just a moment...</title><p>Checking your browser</p>'),
    message: new RegExp(
      `^expected JSON with a list of rounds ${from}, found a page that takes us for a robot: "Just a moment\\.\\.\\."$`,
    ),
    browser: true,
  },
  {
    what: 'a maintenance page with status 200',
    arrange: html('<title>Canada.ca</title><h1>Scheduled maintenance</h1><p>Back at 6 pm</p>'),
    message: new RegExp(
      `^expected JSON with a list of rounds ${from}, found a maintenance page: "Scheduled maintenance"$`,
    ),
  },
  {
    what: 'some other page',
    arrange: html('<title>Welcome to Canada</title><p>Choose a language</p>'),
    message: new RegExp(
      `^expected JSON with a list of rounds ${from}, found an HTML page: "Welcome to Canada"$`,
    ),
    browser: true,
  },
  {
    what: 'JSON that is cut off',
    arrange: json(feedAsOf(DAY).slice(0, 100_000)),
    message: new RegExp(
      `^expected JSON with a list of rounds ${from}, found 100000 characters of broken or cut-off JSON ending in ".+"$`,
    ),
  },
  {
    what: 'nothing at all',
    arrange: json(''),
    message: new RegExp(`^expected JSON with a list of rounds ${from}, found nothing at all$`),
  },
  {
    what: 'an empty list',
    arrange: json(wrapRounds([])),
    message: new RegExp(`^expected at least one round ${from}, found an empty list$`),
  },
  {
    what: 'JSON of another shape',
    arrange: json('{"draws":[{"drawNumber":"297"}]}'),
    message: new RegExp(`^expected an object with a list \`rounds\` ${from}, found none$`),
    browser: true,
  },
  {
    what: 'rounds in another shape',
    arrange: json('{"rounds":{"297":{}}}'),
    message: new RegExp(
      `^expected an object with a list \`rounds\` ${from}, found rounds: \\{"297":\\{\\}\\}$`,
    ),
    browser: true,
  },
  {
    what: 'rounds none of which can be read',
    arrange: json(wrapRounds(roundsAsOf(DAY).map(({ drawNumber = '' }) => ({ drawNumber })))),
    message: new RegExp(`^expected rounds that can be read ${from}, found 298 that cannot$`),
    browser: true,
  },
  {
    what: 'a list from which six known rounds are gone',
    arrange: json(wrapRounds(roundsAsOf(DAY).slice(0, -6))),
    message:
      /^expected the 297 rounds known from http\S+, found a list without 6 of them \(ircc:1 to ircc:6\)$/,
  },
  {
    what: 'columns that are swapped',
    arrange: json(
      wrapRounds(
        roundsAsOf(DAY).map(({ drawSize = '', drawCRS = '', ...round }) => ({
          ...round,
          drawSize: drawCRS,
          drawCRS: drawSize,
        })),
      ),
    ),
    message:
      /^expected rounds that can be believed from http\S+, found \d+ of 298 that cannot, such as ircc:297 drawCRS: expected the cut-off score, 1 to 1200, found "3,000"$/,
  },
  {
    what: '429 with a Retry-After',
    arrange: html('<h1>Too many requests</h1>', 429, { 'retry-after': '120' }),
    message:
      /^expected status 200 or 304 from http\S+, found status 429, which asks to be left alone until 2024\S+Z$/,
  },
  {
    what: '503 with a Retry-After',
    arrange: html('<h1>Back soon</h1>', 503, { 'retry-after': '120' }),
    message:
      /^expected status 200 or 304 from http\S+, found status 503, which asks to be left alone until 2024\S+Z$/,
  },
];

export const ROUND_FAULTS: readonly RoundFault[] = [
  {
    what: 'no number',
    arrange: typing(NEW, { drawNumber: '' }),
    held: ['ircc:?298'],
    complaint: /^ircc:\?298 drawNumber: expected a number such as 297 or 91a, found ""$/,
  },
  {
    what: 'a number that got lost',
    arrange: typing(KNOWN, { drawNumber: 'n/a' }),
    held: ['ircc:290', 'ircc:?291'],
    complaint: /^ircc:290: .+; ircc:\?291 drawNumber: expected a number such as 297 or 91a, found "n\/a"$/,
  },
  {
    what: 'no cut-off',
    arrange: typing(NEW, { drawCRS: '' }),
    held: ['ircc:297'],
    complaint: /^ircc:297 drawCRS: expected the cut-off score, 1 to 1200, found ""$/,
  },
  {
    what: 'a cut-off that got lost, and another size',
    arrange: typing(KNOWN, { drawCRS: 'n/a', drawSize: '1' }),
    held: ['ircc:290'],
    complaint: /^ircc:290 drawCRS: expected the cut-off score, 1 to 1200, found "n\/a"$/,
  },
  {
    what: 'no key for the cut-off',
    arrange: publishing((rounds) =>
      rounds.map(({ drawCRS = '', ...round }) => (round.drawNumber === NEW ? round : { drawCRS, ...round })),
    ),
    held: ['ircc:297'],
    complaint: /^ircc:297 drawCRS: expected text, found nothing$/,
  },
  {
    what: 'a cut-off of 0',
    arrange: typing(NEW, { drawCRS: '0' }),
    held: ['ircc:297'],
    complaint: /^ircc:297 drawCRS: expected the cut-off score, 1 to 1200, found "0"$/,
  },
  {
    what: 'a cut-off above 1200',
    arrange: typing(NEW, { drawCRS: '1,201' }),
    held: ['ircc:297'],
    complaint: /^ircc:297 drawCRS: expected the cut-off score, 1 to 1200, found "1,201"$/,
  },
  {
    what: 'no name',
    arrange: typing(NEW, { drawName: ' ' }),
    held: ['ircc:297'],
    complaint: /^ircc:297 drawName: expected the name of the draw, found ""$/,
  },
  {
    what: 'no invitations',
    arrange: typing(NEW, { drawSize: '0' }),
    held: ['ircc:297'],
    complaint: /^ircc:297 drawSize: expected the number of invitations, found "0"$/,
  },
  {
    what: 'a negative number of invitations',
    arrange: typing(NEW, { drawSize: '-3,000' }),
    held: ['ircc:297'],
    complaint: /^ircc:297 drawSize: expected the number of invitations, found "-3,000"$/,
  },
  {
    what: 'more than 50,000 invitations',
    arrange: typing(NEW, { drawSize: '50,001' }),
    held: ['ircc:297'],
    complaint: /^ircc:297 invitations: expected at most 50000, found 50001$/,
  },
  {
    what: 'no date',
    arrange: typing(NEW, { drawDate: '' }),
    held: ['ircc:297'],
    complaint: /^ircc:297 drawDate: expected a day as YYYY-MM-DD, found ""$/,
  },
  {
    what: 'a date that is none',
    arrange: typing(NEW, { drawDate: '2024-02-30' }),
    held: ['ircc:297'],
    complaint: /^ircc:297 drawDate: expected a day as YYYY-MM-DD, found "2024-02-30"$/,
  },
  {
    what: 'a date in the future',
    arrange: typing(NEW, { drawDate: '2024-06-01' }),
    held: ['ircc:297'],
    complaint: /^ircc:297 date: expected a day up to today, 2024-05-31, found 2024-06-01$/,
  },
  {
    what: 'a date before that of a round known already',
    arrange: typing(NEW, { drawDate: '2024-04-23' }),
    held: ['ircc:297'],
    complaint:
      /^ircc:297 date: expected a day from 2024-04-24 \(ircc:295\) on for a new round, found 2024-04-23$/,
  },
  {
    what: 'a date that moved past those of its neighbours',
    arrange: typing(KNOWN, { drawDate: '2024-04-24' }),
    held: ['ircc:290'],
    complaint:
      /^ircc:290 date: expected a day between those of its neighbours, 2024-03-13 to 2024-03-26, found 2024-04-24$/,
  },
  {
    what: 'a pool that does not add up',
    arrange: typing(NEW, { dd18: '224,585' }),
    held: ['ircc:297'],
    complaint: /^ircc:297 pool: expected bands that add up to 224585, found 224404$/,
  },
  {
    what: 'its number twice, with other content',
    arrange: publishing((rounds) =>
      rounds.flatMap((round) => (round.drawNumber === NEW ? [{ ...round, drawCRS: '422' }, round] : [round])),
    ),
    held: ['ircc:297'],
    complaint: /^ircc:297 drawNumber: expected each number once, found it twice, with different content$/,
  },
  {
    what: 'every fact of a round that is gone, under a new number',
    arrange: typing('295', { drawNumber: '300' }),
    held: ['ircc:295', 'ircc:300'],
    complaint:
      /^ircc:295: .+; ircc:300 number: expected a round of its own, found every fact of ircc:295, which has them no more$/,
  },
  {
    what: 'no place in the list any more',
    arrange: publishing((rounds) => rounds.filter(({ drawNumber }) => drawNumber !== KNOWN)),
    held: ['ircc:290'],
    complaint: /^ircc:290: expected a round that was listed before, found it no longer listed$/,
  },
  {
    what: 'another cut-off than before, as five others',
    arrange: publishing((rounds) =>
      rounds.map((round) =>
        /^28[1-6]$/.test(round.drawNumber ?? '') ? { ...round, drawCRS: '400' } : round,
      ),
    ),
    held: ['ircc:281', 'ircc:282', 'ircc:283', 'ircc:284', 'ircc:285', 'ircc:286'],
    complaint: /^ircc:281: expected at most 5 rounds whose figures change at once, found this and 5 others; /,
  },
  {
    what: 'another size in the French feed',
    async arrange({ site, env }, closing) {
      const french = await openOfficialSite(wrapRounds([toRound({ ...shippedDraw(NEW), invitations: 300 })]));
      closing(() => french.close());
      env.DRAWBELL_IRCC_FR_URL = french.feedUrl;
      site.publish(feedAsOf(DAY));
      return () => french.publish(feedAsOf(DAY));
    },
    held: ['ircc:297'],
    complaint: /^ircc:297 invitations: expected what the publisher's other document says, 300, found 3000$/,
  },
];

/** Publishes the second good feed, but with something else typed into one round. */
function typing(number: string, typed: FeedRound) {
  return publishing((rounds) =>
    rounds.map((round) => (round.drawNumber === number ? { ...round, ...typed } : round)),
  );
}

function publishing(change: (rounds: FeedRound[]) => FeedRound[]) {
  return ({ site }: World): void => site.publish(wrapRounds(change(roundsAsOf(DAY))));
}

function roundsAsOf(day: string): FeedRound[] {
  return JSON.parse(feedAsOf(day)).rounds;
}
