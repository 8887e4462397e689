// A page that stands where data is due: what kind it is, and what it says.

import { printable, quote, type Trouble } from '../errors.ts';

export interface WrongPage {
  trouble: Extract<Trouble, 'bot-wall' | 'maintenance' | 'html'>;
  /** For a message: `a maintenance page: "Back at 6 pm"`. */
  found: string;
}

/** Such pages say what they are at their top; one of any length must not hold us. */
const READ = 20_000;
/** A page with more words than this is about something, and may mention anything on the way. */
const SHORT = 1_500;
/** A page with fewer is a shell: what it does, it does by script. */
const BARE = 200;

const BOT_WALL: readonly RegExp[] = [
  /access (is |was |has been )?(denied|blocked|restricted)|acc[eè]s (refus[eé]|interdit|bloqu[eé])/i,
  /\bforbidden\b|request (unsuccessful|rejected|blocked)|you have been blocked/i,
  /(?<!in )just a moment|^un instant|attention required|pardon our interruption/i,
  /(?<!protected by (re|h))captcha|incapsula|unusual traffic|automated (access|quer|request|traffic)|bot (detect|protect)/i,
  /(checking|verifying) your browser|v[eé]rification de votre navigateur/i,
  /(you are|you're|are you) (not )?(a )?(human|robot|bot)\b|not a robot/i,
  /vous (n'?[eê]tes|[eê]tes)( bien)?( pas)? un (humain|[eê]tre humain|robot)|pas un robot/i,
  /enable javascript and cookies to continue/i,
];

const MAINTENANCE: readonly RegExp[] = [
  /maintenance/i,
  /(temporarily|currently|momentarily) (unavailable|not available|down|offline|out of service)/i,
  /service (is )?unavailable|(planned|scheduled) (outage|downtime)|back (soon|shortly)/i,
  /(temporairement|actuellement|momentan[eé]ment) (indisponible|inaccessible|hors)/i,
  /(indisponible|inaccessible) pour le moment|hors service|de retour (bient[oô]t|sous peu)/i,
  /(en |d')entretien\b|entretien (du|de|des|pr[eé]vu|planifi[eé])/i,
];

/** What loads a bot wall by script. Found on other pages too, so it counts only where there is nothing else. */
const BOT_WALL_SCRIPT =
  /<(script|iframe)\b[^>]{0,300}(captcha|_Incapsula_Resource|cdn-cgi\/challenge)|_cf_chl|captcha-delivery/i;

/** Recognises a page by its first characters and its words; `null` for what is no page, such as broken JSON. */
export function recogniseWrongPage(text: string): WrongPage | null {
  const start = text.slice(0, READ).trimStart();
  if (start === '' || /^[[{"]/.test(start)) return null;
  const html = start.startsWith('<');
  const headings = html ? headingsOf(start) : [];
  const words = html ? visibleWords(start) : printable(start);

  // What a page says first it is; only a short one is read to its end.
  const read = words.length <= SHORT && text.length <= READ ? [...headings, words] : headings;
  for (const said of read) {
    if (says(said, BOT_WALL)) return botWall(said);
    if (says(said, MAINTENANCE))
      return { trouble: 'maintenance', found: `a maintenance page: ${quote(said)}` };
  }
  if (!html) return null;
  const gist = headings[0] ?? (words || start);
  if (words.length <= BARE && BOT_WALL_SCRIPT.test(start)) return botWall(gist);
  return { trouble: 'html', found: `an HTML page: ${quote(gist)}` };
}

function botWall(said: string): WrongPage {
  return { trouble: 'bot-wall', found: `a page that takes us for a robot: ${quote(said)}` };
}

function says(words: string, patterns: readonly RegExp[]): boolean {
  return patterns.some((pattern) => pattern.test(words));
}

/** Title and headings, as far as they have words. Bounded, as hostile markup may open a thousand and close none. */
function headingsOf(html: string): string[] {
  const found = html.matchAll(/<(title|h1|h2)\b[^>]{0,300}>([\s\S]{0,500}?)<\/\1/gi);
  return [...found].map(([, , inside = '']) => visibleWords(inside)).filter((words) => words !== '');
}

function visibleWords(html: string): string {
  const text = html
    .replace(/<!--[\s\S]*?(-->|$)/g, ' ')
    .replace(/<(script|style|title|noscript)\b[\s\S]*?(<\/\1\s*>|$)/gi, ' ')
    .replace(/<[^>]*(>|$)/g, ' ')
    .replace(/&(#\d{1,6}|\w{1,10});/g, (whole, name: string) => ENTITIES[name.toLowerCase()] ?? whole)
    .replace(/[’‘]/g, "'");
  return printable(text);
}

/** Those that stand in the words we look for, and the commonest in titles. */
const ENTITIES: Record<string, string> = {
  amp: '&',
  nbsp: ' ',
  '#160': ' ',
  '#39': "'",
  apos: "'",
  rsquo: "'",
  '#8217': "'",
  eacute: 'é',
  '#233': 'é',
  egrave: 'è',
  '#232': 'è',
  ecirc: 'ê',
  '#234': 'ê',
  ocirc: 'ô',
  '#244': 'ô',
  hellip: '…',
  '#8230': '…',
  ndash: '–',
  mdash: '—',
};
