// a type -> the versions of its category: what each asks for, and what is new on its list. Pure.

import { html } from 'hono/html';
import type { Draw } from '../../draw/draw.ts';
import type { Category, Occupation, Reference } from '../../match/reference.ts';
import { publishedLabel, reasonSentence, ruleSentence } from '../../notify/text/describe.ts';
import { LANGUAGES } from '../../notify/text/languages.ts';
import type { TypeHistory } from '../archive.ts';
import type { View } from '../site.ts';
import { TYPES_WORDS } from '../text/types.ts';
import { categorySource, foldedOccupations } from './category.ts';
import { drawLink } from './draw-link.ts';
import type { Html } from './frame.ts';

/** Nothing for a type that is no category. Newest first; last those in names of draws whose list is not known. */
export function versionsSection(view: View, { type, draws }: TypeHistory, { categories }: Reference): Html {
  const known = categories.filter((category) => category.type === type);
  const listed = new Set(known.flatMap(({ inNames }) => inNames));
  const others = Map.groupBy(
    draws.filter(({ version }) => version !== null && !listed.has(version)),
    ({ version }) => version ?? '',
  );
  if (known.length + others.size === 0) return html``;
  const byAge = known.toSorted((a, b) => (a.from < b.from ? 1 : -1));
  return html`<h2>${TYPES_WORDS[view.locale].type.versions.heading}</h2>
${byAge.map((category, index) => knownVersion(view, category, byAge[index + 1], draws))}${[...others].map(
  ([version, held]) => unknownVersion(view, version, held),
)}`;
}

function knownVersion(
  view: View,
  category: Category,
  before: Category | undefined,
  draws: readonly Draw[],
): Html {
  const { locale } = view;
  const words = LANGUAGES[locale];
  const say = TYPES_WORDS[locale].type.versions;
  const { version, from, until, inNames } = category;
  const held = draws.filter((draw) => draw.version !== null && inNames.includes(draw.version));
  const start = from.length === 'YYYY-MM'.length ? say.month(from) : words.day(from);
  return html`<h3>${say.version(version)}</h3>
<p>${say.inForce(start, until === null ? null : words.day(until))} ${ruleSentence(words, category)}</p>
<p>${heldUnder(view, held)}</p>
${categorySource(view, category)}${lists(view, category, before)}`;
}

/** Its list is not among the reference facts, and what is not known is not guessed. */
function unknownVersion(view: View, version: string, held: readonly Draw[]): Html {
  const words = LANGUAGES[view.locale];
  const shown = publishedLabel({ label: version });
  return html`<h3>${TYPES_WORDS[view.locale].type.versions.version(shown)}</h3>
<p>${reasonSentence(words, { code: 'category-rules-unknown', version })}</p>
<p>${heldUnder(view, held)}</p>
`;
}

function heldUnder(view: View, held: readonly Draw[]): Html {
  const { list, otherDrawType } = LANGUAGES[view.locale];
  const say = TYPES_WORDS[view.locale].type.versions;
  const [latest] = held;
  if (!latest) return html`${say.undrawn}`;
  const names = [...new Set(held.map(publishedLabel))].map(otherDrawType);
  return html`${say.asNamed(list(names))} ${say.draws(held.length)} ${drawLink(view, latest)}`;
}

function lists(view: View, { occupations }: Category, before: Category | undefined): Html {
  if (occupations.length === 0) return html``;
  const say = TYPES_WORDS[view.locale].type.versions;
  const whole = foldedOccupations(view, occupations, say.all(occupations.length));
  if (!before) return whole;
  const added = without(occupations, before.occupations);
  const removed = without(before.occupations, occupations);
  return html`${added.length + removed.length === 0 ? html`<p>${say.same}</p>\n` : ''}${
    added.length === 0 ? '' : foldedOccupations(view, added, say.added(added.length))
  }${removed.length === 0 ? '' : foldedOccupations(view, removed, say.removed(removed.length))}${whole}`;
}

function without(occupations: readonly Occupation[], others: readonly Occupation[]): Occupation[] {
  const codes = new Set(others.map(({ noc }) => noc));
  return occupations.filter(({ noc }) => !codes.has(noc));
}
