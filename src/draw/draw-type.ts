// Draw types by rules on the name, in English or French. A version of a category is kept apart.

export const DRAW_TYPES = [
  'general',
  'cec',
  'fsw',
  'fst',
  'pnp',
  'french',
  'healthcare',
  'stem',
  'trades',
  'transport',
  'agriculture',
  'education',
  'physicians',
  'senior-managers',
  'researchers',
  'military',
] as const;

export type KnownDrawType = (typeof DRAW_TYPES)[number];

/** What a draw selects for; `other:<slug>` for a name nobody has taught us. */
export type DrawType = KnownDrawType | `other:${string}`;

export function isKnownDrawType(type: string): type is KnownDrawType {
  return (DRAW_TYPES as readonly string[]).includes(type);
}

/**
 * Programmes are recognised by the whole name: "Federal Skilled Trades" is a programme and must not be
 * taken for the trades category, nor a mixture of two programmes for either.
 */
const PROGRAM_NAMES: readonly (readonly [KnownDrawType, RegExp])[] = [
  ['general', /^(no program(me)? specified|general|all programs?|aucun programme specifie|generale)$/],
  ['cec', /^(canadian experience class|categorie de l'experience canadienne)$/],
  ['pnp', /^(provincial nominee program(me)?|programme des candidats des provinces)$/],
  [
    'fst',
    /^(federal skilled trades( program(me)?)?|programme des travailleurs de metiers specialises \(federal\))$/,
  ],
  ['fsw', /^(federal skilled workers?( program(me)?)?|programme des travailleurs qualifies \(federal\))$/],
];

/**
 * Categories drift in their wording but keep a word of their own. A name with the words of two categories,
 * or of a category and a programme, is one nobody taught us.
 */
const CATEGORY_WORDS: readonly (readonly [KnownDrawType, RegExp])[] = [
  ['french', /\bfrench\b|\bfrancais\b/],
  ['healthcare', /\bhealth ?care\b|\bsante\b/],
  ['stem', /\bstem\b|\bstim\b/],
  ['trades', /\btrades?\b|\bmetiers\b(?! des? )/],
  ['transport', /\btransports?\b/],
  ['agriculture', /\bagriculture\b/],
  ['education', /\beducation\b/],
  ['physicians', /\bphysicians?\b|\bmedecins?\b/],
  ['senior-managers', /\bsenior managers?\b|\bcadres superieurs\b/],
  ['researchers', /\bresearchers?\b|\bchercheurs?\b/],
  ['military', /\bmilitary\b|\bmilitaires?\b/],
];
const PROGRAM_WORDS = /\b(federal skilled|canadian experience class|provincial nominee)\b/;

/**
 * Reads the type and the category version out of a draw's published name.
 * `(Version 1)` is version `1`, `(2023-1)` is `2023-1`, `2026-Version 3` is `2026-3`.
 */
export function readDrawType(label: string): { type: DrawType; version: string | null } {
  const { name, version } = splitVersion(fold(label));
  const program = PROGRAM_NAMES.find(([, pattern]) => pattern.test(name));
  if (program) return { type: program[0], version };
  const categories = CATEGORY_WORDS.filter(([, pattern]) => pattern.test(name));
  const [category] = categories;
  if (category && categories.length === 1 && !PROGRAM_WORDS.test(name)) return { type: category[0], version };
  return { type: `other:${slug(name)}`, version };
}

function splitVersion(name: string): { name: string; version: string | null } {
  const match =
    /\(\s*version\s*(?<plain>\d+)\s*\)/.exec(name) ??
    /\(\s*(?<year>\d{4})\s*-\s*(?<number>\d+)\s*\)/.exec(name) ??
    /\b(?<year>\d{4})\s*-\s*version\s*(?<number>\d+)\b/.exec(name);
  if (!match?.groups) return { name, version: null };
  const { plain, year, number } = match.groups;
  const rest = `${name.slice(0, match.index)} ${name.slice(match.index + match[0].length)}`;
  return {
    name: rest
      .replace(/\s+/g, ' ')
      .replace(/[\s,]+$/, '')
      .trim(),
    version: plain ?? `${year}-${number}`,
  };
}

/** Lower case, no accents, straight apostrophes, single spaces: spelling that carries no meaning. */
function fold(text: string): string {
  return text
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .replace(/[’‘]/g, "'")
    .replace(/[‐-―]/g, '-')
    .replace(/\s+/g, ' ')
    .trim()
    .toLowerCase();
}

function slug(name: string): string {
  const words = name.replace(/[^a-z0-9]+/g, '-').replace(/^-+|-+$/g, '');
  return words.slice(0, 60).replace(/-+$/, '') || 'unnamed';
}
