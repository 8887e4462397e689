// When to look: "every minute Monday to Friday 09:30 to 18:45, every 30 minutes otherwise". Pure.

/** The first rule that holds at a moment says how often to look then; where none does, `otherwise`. Minutes. */
export interface Cadence {
  rules: readonly CadenceRule[];
  otherwise: number;
}

/** Holds on these days (1 is Monday, 7 is Sunday; `null`: on all) and within these hours (`null`: all day). */
export interface CadenceRule {
  minutes: number;
  days: readonly number[] | null;
  hours: Hours | null;
}

/**
 * Minutes of the day in Toronto, the end not included. Where the end is the smaller one it is the next day's;
 * the days of a rule are those its hours begin on.
 */
interface Hours {
  from: number;
  to: number;
}

/** Departments publish in their office hours: every round on record came on a weekday from 09:57 to 18:29. */
export const DEFAULT_CADENCE: Cadence = {
  rules: [{ minutes: 1, days: [1, 2, 3, 4, 5], hours: { from: 9 * 60 + 30, to: 18 * 60 + 45 } }],
  otherwise: 30,
};

/** How often the question "is a look due?" is asked: no cadence can be shorter. Milliseconds. */
export const TICK = 60_000;
/** Each tick comes late by a chance of up to so many milliseconds: no two installations stay in step. */
export const JITTER = 4_000;

/** Minutes between two looks, whatever the cadence, at a server that answers in full each time. */
export const WHILE_UNCONDITIONAL = 5;

const LONGEST = 24 * 60;
const DAY_NAMES: readonly string[] = 'Monday Tuesday Wednesday Thursday Friday Saturday Sunday'.split(' ');
const ALL_DAYS = [1, 2, 3, 4, 5, 6, 7];

/** `null` for words that are not understood. */
export function readCadence(text: string): Cadence | null {
  // A comma parts rules only before "every": others stand between days.
  const parts = text
    .toLowerCase()
    .trim()
    .split(/\s*[,;]\s*(?=every\b(?!\s+day\b))/);
  const last = parts.pop() ?? '';
  const otherwise = readRule(last.replace(/\s+otherwise$/, ''));
  if (!otherwise || !isBare(otherwise)) return null;
  const rules: CadenceRule[] = [];
  for (const part of parts) {
    const rule = readRule(part);
    // A rule that always holds would hide those after it.
    if (!rule || isBare(rule)) return null;
    rules.push(rule);
  }
  return { rules, otherwise: otherwise.minutes };
}

/** In words that `readCadence` reads as the same cadence. */
export function formatCadence({ rules, otherwise }: Cadence): string {
  if (rules.length === 0) return formatInterval(otherwise);
  const told = rules.map(({ minutes, days, hours }) =>
    [
      formatInterval(minutes),
      ...(days ? [formatDays(days)] : []),
      ...(hours ? [`${formatTime(hours.from)} to ${formatTime(hours.to)}`] : []),
    ].join(' '),
  );
  return `${told.join(', ')}, ${formatInterval(otherwise)} otherwise`;
}

/** How many minutes lie between two looks at this moment (in milliseconds). */
export function intervalAt({ rules, otherwise }: Cadence, ms: number): number {
  if (rules.length === 0) return otherwise;
  const { day, minute } = inToronto(ms);
  return rules.find((rule) => holds(rule, day, minute))?.minutes ?? otherwise;
}

/**
 * Whether it is time to look. Whole minutes are compared, so that a tick which comes a little earlier or later
 * than the one before changes nothing. A last look in the future is one that a wrong clock dated: look.
 * @param atLeast minutes between two looks whatever the cadence
 */
export function isDue(cadence: Cadence, lastLook: number | null, now: number, atLeast = 1): boolean {
  if (lastLook === null) return true;
  const passed = minuteOf(now) - minuteOf(lastLook);
  return passed < 0 || passed >= Math.max(intervalAt(cadence, now), atLeast);
}

/** The start of the first minute after the last look at which the next is due, in milliseconds. */
export function nextLook(cadence: Cadence, lastLook: number, atLeast = 1): number {
  let minute = minuteOf(lastLook) + 1;
  // Ends: no interval is longer than `LONGEST`.
  while (!isDue(cadence, lastLook, minute * TICK, atLeast)) minute += 1;
  return minute * TICK;
}

function readRule(text: string): CadenceRule | null {
  const match = /^every\s+(?:(\d{1,4})\s*)?(minutes?|min|hours?|h)(?:\s+(.*))?$/s.exec(text);
  if (!match) return null;
  const [, count = '1', unit = '', rest = ''] = match;
  const minutes = Number(count) * (unit.startsWith('h') ? 60 : 1);
  if (minutes < 1 || minutes > LONGEST) return null;

  const range = /(?:(?:from|between)\s+)?(\d{1,2}:\d{2})\s*(?:to|until|till|and|[-–])\s*(\d{1,2}:\d{2})/.exec(
    rest,
  );
  const hours = range ? readHours(range[1] as string, range[2] as string) : null;
  if (range && !hours) return null;
  const named = (range ? rest.replace(range[0], ' ') : rest).trim().replace(/^on\s+/, '');
  const days = named === '' ? ALL_DAYS : readDays(named);
  return days && { minutes, days: days.length === ALL_DAYS.length ? null : days, hours };
}

function isBare({ days, hours }: CadenceRule): boolean {
  return days === null && hours === null;
}

function readHours(start: string, end: string): Hours | null {
  const from = readTime(start);
  const to = readTime(end);
  if (from === null || to === null || from === to || from === LONGEST) return null;
  return from === 0 && to === LONGEST ? null : { from, to };
}

/** Minutes of the day; 24:00 is the end of one. */
function readTime(text: string): number | null {
  const [hour = 0, minute = 0] = text.split(':').map(Number);
  const minutes = hour * 60 + minute;
  return minute < 60 && minutes <= LONGEST ? minutes : null;
}

/** Ascending, each once. */
function readDays(text: string): number[] | null {
  const days = new Set<number>();
  for (const item of text.split(/\s*(?:,|&|\band\b)\s*(?:and\s+)?/)) {
    const range = readDayRange(item);
    if (!range) return null;
    for (const day of range) days.add(day);
  }
  return [...days].sort();
}

function readDayRange(item: string): number[] | null {
  if (item === 'every day' || item === 'daily') return ALL_DAYS;
  if (item === 'weekdays') return [1, 2, 3, 4, 5];
  if (item === 'weekends' || item === 'weekend') return [6, 7];
  const [first = '', last = first, ...more] = item.split(/\s*(?:\bto\b|\bthrough\b|[-–])\s*/);
  const from = readDay(first);
  const to = readDay(last);
  if (from === null || to === null || more.length > 0) return null;
  // Saturday to Monday goes around the end of the week.
  const length = ((to - from + 7) % 7) + 1;
  return Array.from({ length }, (_, index) => ((from - 1 + index) % 7) + 1);
}

/** Also "Mondays", "Mon", "Tues" and "Thurs". */
function readDay(text: string): number | null {
  if (text.length < 3) return null;
  const index = DAY_NAMES.findIndex(
    (name) => `${name.toLowerCase()}s` === text || name.toLowerCase().startsWith(text),
  );
  return index < 0 ? null : index + 1;
}

function formatInterval(minutes: number): string {
  const [count, unit] = minutes % 60 === 0 ? [minutes / 60, 'hour'] : [minutes, 'minute'];
  return count === 1 ? `every ${unit}` : `every ${count} ${unit}s`;
}

/** Three days in a row and more are told as a range. */
function formatDays(days: readonly number[]): string {
  const runs: number[][] = [];
  for (const day of days) {
    const run = runs.at(-1);
    if (run && run.at(-1) === day - 1) run.push(day);
    else runs.push([day]);
  }
  const names = runs.flatMap((run) =>
    run.length < 3 ? run.map(nameOf) : [`${nameOf(run[0] as number)} to ${nameOf(run.at(-1) as number)}`],
  );
  const last = names.pop() as string;
  return names.length === 0 ? last : `${names.join(', ')} and ${last}`;
}

function nameOf(day: number): string {
  return DAY_NAMES[day - 1] as string;
}

function formatTime(minutes: number): string {
  const two = (value: number) => String(value).padStart(2, '0');
  return `${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`;
}

function holds({ days, hours }: CadenceRule, day: number, minute: number): boolean {
  const on = (which: number) => days === null || days.includes(which);
  if (!hours) return on(day);
  if (hours.from < hours.to) return on(day) && minute >= hours.from && minute < hours.to;
  const dayBefore = day === 1 ? 7 : day - 1;
  return (on(day) && minute >= hours.from) || (on(dayBefore) && minute < hours.to);
}

function minuteOf(ms: number): number {
  return Math.floor(ms / TICK);
}

// Slow to make, and most commands never ask what time it is in Toronto.
let toronto: Intl.DateTimeFormat | undefined;

/** The day of the week, 1 being Monday, and the minute of the day. */
export function inToronto(ms: number): { day: number; minute: number } {
  toronto ??= new Intl.DateTimeFormat('en-CA', {
    timeZone: 'America/Toronto',
    weekday: 'long',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  });
  const parts = Object.fromEntries(toronto.formatToParts(ms).map(({ type, value }) => [type, value]));
  const day = DAY_NAMES.indexOf(parts.weekday ?? '') + 1;
  return { day, minute: Number(parts.hour) * 60 + Number(parts.minute) };
}
