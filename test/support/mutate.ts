// Feeds gone wrong, from a seed: what typing errors, broken publishing tools, proxies and wires make of one.

import { type FeedRound, wrapRounds } from '../../src/demo/feed.ts';

/** From 0 to below 1, the same numbers in the same order for the same seed (mulberry32). */
export type Random = () => number;

export function seededRandom(seed: number): Random {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

export interface Mutant {
  bytes: Uint8Array;
  contentType: string;
  /** What was done to it, in order; for the message of a test that fails. */
  done: string[];
}

/** A feed of `rounds`, newest first, with one to six things wrong; half of them with the newest round. */
export function mutateFeed(rounds: readonly FeedRound[], seed: number): Mutant {
  const random = seededRandom(seed);
  const done: string[] = [];
  const feed: Feed = { value: JSON.parse(wrapRounds(rounds)) };
  const wire = random() < 0.2;
  const many = 1 + Math.floor(random() ** 3 * 6);
  for (let count = wire && random() < 0.5 ? many : 0; count < many; count += 1) {
    const [name, mutate] = pick(FEED_MUTATIONS, random);
    done.push(mutate(feed, random) ?? name);
  }
  let text = JSON.stringify(feed.value, null, pick([0, 0, 2, 7], random)) ?? '';
  if (random() < 0.02) {
    done.push('a page in its place');
    text = pick(PAGES, random)(text);
  }
  if (feed.nested) text = text.replace(NEST, () => nest(feed.nested as number));
  let bytes: Uint8Array = new TextEncoder().encode(text);
  if (random() < 0.1) {
    const [name, encode] = pick(ENCODINGS, random);
    done.push(name);
    bytes = encode(text);
  }
  for (let count = 0; wire && count < many; count += 1) {
    const [name, mutate] = pick(BYTE_MUTATIONS, random);
    done.push(name);
    bytes = mutate(bytes, random);
  }
  return { bytes, contentType: random() < 0.8 ? 'application/json' : pick(CONTENT_TYPES, random), done };
}

type Round = Record<string, unknown>;
interface Feed {
  value: unknown;
  /** How deep the brackets go that stand in the place of `NEST`. */
  nested?: number;
}
/** Returns what it did, where that says more than its name. */
type FeedMutation = (feed: Feed, random: Random) => string | undefined;

const NEST = '"%nest%"';

/** Those that leave a feed which can be read come up more often: there is more to get wrong. */
const FEED_MUTATIONS: readonly (readonly [string, FeedMutation])[] = [
  ...often(6, 'value replaced', replaceValue),
  ...often(5, 'value retyped', retypeValue),
  ...often(3, 'date replaced', replaceDate),
  ...often(3, 'pool changed', changePool),
  ...often(2, 'values swapped between rounds', swapBetweenRounds),
  ...often(2, 'values swapped between keys', swapBetweenKeys),
  ...often(2, 'round renumbered', renumberRound),
  ...often(2, 'round duplicated', duplicateRound),
  ['round removed', removeRounds],
  ['key dropped', dropKey],
  ['many rounds changed', changeMany],
  ['rounds reordered', reorder],
  ['round replaced', replaceRound],
  ['nested', nestSomething],
  ['list replaced', replaceList],
];

/** Those that matter most come up most. */
const KEYS = [
  ...['drawNumber', 'drawDate', 'drawName', 'drawSize', 'drawCRS'],
  ...['drawNumber', 'drawDate', 'drawSize', 'drawCRS', 'drawSize', 'drawCRS'],
  ...['drawDateTime', 'drawCutOff', 'drawText2', 'mitext', 'drawDistributionAsOn'],
  ...['dd1', 'dd3', 'dd4', 'dd9', 'dd14', 'dd17', 'dd18', 'dd18'],
];

/** What may stand in the place of any value. */
const RUBBISH: readonly unknown[] = [
  ...words(
    '0 00 -1 -522 +522 1.5 1e3 0x20A NaN Infinity null n/a TBD 1 1200 1201 1,200 1,201 5,22 522522 5220',
  ),
  ...words('49999 50,000 50,001 9999999999 99999999999999999999 999,999,999,999,999,999 9007199254740993'),
  ...words('<b>522</b> <script>alert(1)</script> &nbsp;522 522* 522** ５２２ ٥٢٢ é ’ a 522/523 500-522'),
  ...words('297a 297ab 91a 000297 0297 -297 426 298 296 295 99999 100000'),
  ...['', ' ', '52 2', '\u0000', '522\u0000', '\u0000522', '5\u000022', '\ud800', '\u202e522', '\ufeff522'],
  ...['\u00a0522', '522\n', '\t3,000', '3\u00a0000', '3\u202f000', "3'000", "'; drop table draws;--"],
  ...['x'.repeat(5000), '1'.repeat(400), '<a href="javascript:alert(1)">297</a>'],
  ...[null, true, false, 0, 522, -1, 3000, 1e21, [], ['522'], {}, { value: '522' }, [[['522']]]],
];

/** Around the day of the look, around what a calendar has, and written in other ways. */
const DATES: readonly unknown[] = [
  ...words('2024-05-31 2024-05-30 2024-05-29 2024-06-01 2024-06-02 2024-05-01 2023-05-31 2025-05-31'),
  ...words('2024-04-11 2024-03-13 2024-02-30 2024-02-29 2023-02-29 2024-13-01 2024-00-10 2024-05-00'),
  ...words('0000-00-00 0001-01-01 1970-01-01 9999-12-31 10000-01-01 -2024-05-31 2024-5-31 24-05-31'),
  ...words('2024/05/31 31-05-2024 05/31/2024 2024-05-31T12:00:00Z 2024-05-3l ２０２４-05-31 20240531 today'),
  ...['May 31, 2024', ' 2024-05-31 ', '2024-05-31\u0000', '', ' ', 20240531, 1717113600000, null],
];

const CONTENT_TYPES = [
  ...['', 'text/html', 'application/json; charset=utf-8', 'application/json; charset=utf-16'],
  ...['x; charset=latin1', 'application/json; charset=nonsense', 'application/json;charset=utf-16be'],
];

function replaceValue(feed: Feed, random: Random): string {
  const [round, key] = anyPlace(feed, random);
  return set(round, key, pick(RUBBISH, random));
}

function replaceDate(feed: Feed, random: Random): string {
  return set(anyRound(feed, random), 'drawDate', pick(DATES, random));
}

/** What a person does who types a number: a digit more, less, or another one. */
function retypeValue(feed: Feed, random: Random): string {
  const [round, key] = anyPlace(feed, random);
  const text = String(round[key] ?? '');
  const at = Math.floor(random() * (text.length + 1));
  const digit = String(Math.floor(random() * 10));
  const typed = pick(
    [
      text.slice(0, at) + digit + text.slice(at),
      text.slice(0, at) + text.slice(at + 1),
      text.slice(0, at) + digit + text.slice(at + 1),
      text.slice(0, at) + [...text.slice(at, at + 2)].reverse().join('') + text.slice(at + 2),
      text + text,
    ],
    random,
  );
  return set(round, key, typed);
}

/** Around what the bands of a pool were ever off by, and far from it. */
function changePool(feed: Feed, random: Random): string {
  const round = anyRound(feed, random);
  const key = pick(['dd1', 'dd2', 'dd5', 'dd11', 'dd15', 'dd17', 'dd18'], random);
  const more = pick([1, 100, 179, 180, 181, 182, 500, 10_000, 10 ** 12], random) * pick([1, -1], random);
  return set(round, key, String(Math.abs(Number(String(round[key]).replaceAll(',', '')) + more)));
}

function swapBetweenRounds(feed: Feed, random: Random): string {
  const [round, key] = anyPlace(feed, random);
  const other = pick(roundsOf(feed), random) ?? round;
  const value = round[key];
  set(round, key, other[key]);
  return `swapped, ${set(other, key, value)}`;
}

function swapBetweenKeys(feed: Feed, random: Random): string {
  const [round, key] = anyPlace(feed, random);
  const other = pick(KEYS, random);
  const value = round[key];
  set(round, key, round[other]);
  return `swapped, ${set(round, other, value)}`;
}

function renumberRound(feed: Feed, random: Random): string {
  const number = pick(['297', '298', '299', '426', '296', '290', '297a', '1', '99999'], random);
  return set(anyRound(feed, random), 'drawNumber', number);
}

/** As it is, or with something typed over: then its number stands there twice. */
function duplicateRound(feed: Feed, random: Random): string {
  const rounds = roundsOf(feed);
  const copy = { ...anyRound(feed, random) };
  const how = random() < 0.5 ? set(copy, pick(KEYS, random), pick(RUBBISH, random)) : 'as it is';
  rounds.splice(Math.floor(random() * (rounds.length + 1)), 0, copy);
  return `duplicated, ${how}`;
}

function removeRounds(feed: Feed, random: Random): undefined {
  const rounds = roundsOf(feed);
  for (let count = 1 + Math.floor(random() ** 2 * 8); count > 0; count -= 1)
    rounds.splice(Math.floor(random() * rounds.length), 1);
}

function dropKey(feed: Feed, random: Random): string {
  const key = pick(KEYS, random);
  const rounds = random() < 0.8 ? [anyRound(feed, random)] : roundsOf(feed);
  for (const round of rounds) delete round[key];
  return `${key} dropped from ${rounds.length}`;
}

/** One key of two rounds or more, up to all of them, by a little. */
function changeMany(feed: Feed, random: Random): string {
  const key = pick(['drawCRS', 'drawSize', 'drawCRS', 'drawSize', 'drawName', 'drawDate', 'dd1'], random);
  const rounds = shuffle(roundsOf(feed), random).slice(0, 2 + Math.floor(random() * 12));
  const more = 1 + Math.floor(random() * 9);
  for (const round of rounds) {
    const text = String(round[key] ?? '');
    set(
      round,
      key,
      text.replace(/\d$/, (digit) => String((Number(digit) + more) % 10)),
    );
  }
  return `${key} of ${rounds.length} retyped`;
}

function reorder(feed: Feed, random: Random): undefined {
  const rounds = roundsOf(feed);
  rounds.splice(0, rounds.length, ...shuffle(rounds, random));
}

function replaceRound(feed: Feed, random: Random): string {
  const rounds = roundsOf(feed) as unknown[];
  const value = pick([null, {}, [], 'a round', 297, rounds, { rounds: rounds.slice(0, 3) }], random);
  rounds[Math.floor(random() ** 2 * rounds.length)] = structuredClone(value);
  return `round replaced by ${brief(value)}`;
}

function nestSomething(feed: Feed, random: Random): string {
  feed.nested = pick([1, 10, 1000, 20_000], random);
  const [round, key] = anyPlace(feed, random);
  if (random() < 0.8) return set(round, key, '%nest%');
  feed.value = random() < 0.5 ? '%nest%' : { rounds: [feed.value] };
  return 'the whole nested';
}

function replaceList(feed: Feed, random: Random): string {
  const rounds = roundsOf(feed);
  const shapes: readonly (() => unknown)[] = [
    () => rounds,
    () => null,
    () => ({}),
    () => ({ rounds: {} }),
    () => ({ rounds: [] }),
    () => ({ rounds: null }),
    () => ({ Rounds: rounds }),
    () => ({ rounds: { rounds } }),
    () => ({ rounds: [rounds] }),
    () => ({ rounds: rounds.slice(0, 1) }),
    () => ({ rounds: rounds.map((round) => Object.values(round)) }),
    () => 'Access denied',
  ];
  feed.value = pick(shapes, random)();
  return `the whole replaced by ${brief(feed.value)}`;
}

const PAGES: readonly ((feed: string) => string)[] = [
  () => '<!doctype html><title>Access denied</title><p>You are not a human.</p>',
  () => '<html><h1>Maintenance</h1><p>Back soon.</p></html>',
  () => '<html><title>Canada.ca</title><p>Welcome</p></html>',
  () => 'Service unavailable',
  (feed) => `<html><body><pre>${feed}</pre></body></html>`,
  (feed) => `callback(${feed});`,
  (feed) => `${feed}\n<script src="/metrics.js"></script>`,
];

const ENCODINGS: readonly (readonly [string, (text: string) => Uint8Array])[] = [
  ['as Latin-1', (text) => Buffer.from(text, 'latin1')],
  ['as UTF-16', (text) => Buffer.from(`\ufeff${text}`, 'utf16le')],
  ['as UTF-16 without a mark', (text) => Buffer.from(text, 'utf16le')],
  ['as UTF-16, big end first', (text) => Buffer.from(`\ufeff${text}`, 'utf16le').swap16()],
  ['with a byte order mark', (text) => Buffer.from(`\ufeff${text}`)],
  ['with two byte order marks', (text) => Buffer.from(`\ufeff\ufeff${text}`)],
  ['encoded twice', (text) => Buffer.from(Buffer.from(text).toString('latin1'))],
];

type ByteMutation = (bytes: Uint8Array, random: Random) => Uint8Array;
const BYTE_MUTATIONS: readonly (readonly [string, ByteMutation])[] = [
  ...often(3, 'bit flipped', flipBit),
  ...often(3, 'digit flipped', flipDigit),
  ['byte overwritten', (bytes, random) => overwrite(bytes, random, () => Math.floor(random() * 256))],
  ['cut off', (bytes, random) => bytes.slice(0, Math.floor(random() * bytes.length))],
  ['head cut off', (bytes, random) => bytes.slice(Math.floor(random() ** 3 * bytes.length))],
  ['bytes cut out', cutOut],
  ['a piece sent twice', sendPieceTwice],
  ['sent twice', (bytes) => Buffer.concat([bytes, bytes])],
];

function flipBit(bytes: Uint8Array, random: Random): Uint8Array {
  const bit = Math.floor(random() * 8);
  return overwrite(bytes, random, (byte) => byte ^ (1 << bit));
}

function sendPieceTwice(bytes: Uint8Array, random: Random): Uint8Array {
  const [from, to] = stretch(bytes, random);
  return Buffer.concat([bytes.slice(0, to), bytes.slice(from)]);
}

function overwrite(bytes: Uint8Array, random: Random, change: (byte: number) => number): Uint8Array {
  const changed = bytes.slice();
  const at = Math.floor(random() * bytes.length);
  if (at < bytes.length) changed[at] = change(changed[at] as number);
  return changed;
}

/** The lowest bit of a digit: what is left is a feed that can be read. */
function flipDigit(bytes: Uint8Array, random: Random): Uint8Array {
  const changed = bytes.slice();
  const from = Math.floor(random() ** 2 * bytes.length);
  const at = changed.findIndex((byte, index) => index >= from && byte >= 0x30 && byte <= 0x39);
  if (at >= 0) changed[at] = (changed[at] as number) ^ 1;
  return changed;
}

function cutOut(bytes: Uint8Array, random: Random): Uint8Array {
  const [from, to] = stretch(bytes, random);
  return Buffer.concat([bytes.slice(0, from), bytes.slice(to)]);
}

function stretch(bytes: Uint8Array, random: Random): [from: number, to: number] {
  const from = Math.floor(random() * bytes.length);
  return [from, from + Math.floor(random() ** 4 * (bytes.length - from))];
}

/** The list, as far as the mutations before have left one. */
function roundsOf({ value }: Feed): Round[] {
  const rounds = isRecord(value) ? value.rounds : undefined;
  return Array.isArray(rounds) && rounds.every(isRecord) ? rounds : [];
}

/** The newest one every second time. */
function anyRound(feed: Feed, random: Random): Round {
  const rounds = roundsOf(feed);
  return (random() < 0.5 ? rounds[0] : pick(rounds, random)) ?? {};
}

function anyPlace(feed: Feed, random: Random): [Round, key: string] {
  return [anyRound(feed, random), pick(KEYS, random)];
}

function set(round: Round, key: string, value: unknown): string {
  const number = brief(round.drawNumber);
  round[key] = structuredClone(value);
  return `${number} ${key}: ${brief(value)}`;
}

function isRecord(value: unknown): value is Round {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function nest(depth: number): string {
  return `${'['.repeat(depth)}${']'.repeat(depth)}`;
}

function brief(value: unknown): string {
  return (JSON.stringify(value) ?? 'nothing').slice(0, 60);
}

function words(text: string): string[] {
  return text.split(' ');
}

function often<Mutation>(times: number, name: string, mutate: Mutation): (readonly [string, Mutation])[] {
  return Array.from({ length: times }, () => [name, mutate] as const);
}

function pick<Item>(items: readonly Item[], random: Random): Item {
  return items[Math.floor(random() * items.length)] as Item;
}

function shuffle<Item>(items: readonly Item[], random: Random): Item[] {
  return items
    .map((item) => ({ item, at: random() }))
    .sort((a, b) => a.at - b.at)
    .map(({ item }) => item);
}
