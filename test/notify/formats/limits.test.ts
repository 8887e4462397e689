// The documented limits of every service, held by every event: ordinary ones, and ones that mean harm.

import { describe, expect, it } from 'vitest';
import type { Event } from '../../../src/event/event.ts';
import { exampleEvents } from '../../../src/event/examples.ts';
import type { EndpointKind } from '../../../src/match/notice.ts';
import { discordBody } from '../../../src/notify/formats/discord.ts';
import { writePost } from '../../../src/notify/formats/index.ts';
import { ntfyPost } from '../../../src/notify/formats/ntfy.ts';
import type { Post } from '../../../src/notify/formats/post.ts';
import { slackBody } from '../../../src/notify/formats/slack.ts';
import { teamsBody } from '../../../src/notify/formats/teams.ts';
import type { Telling } from '../../../src/notify/text/telling.ts';
import { ENDPOINT_KINDS, endlessEvents, endpoint, eventsWith, LOCALES, TEXTS, textsOf } from './samples.ts';

const EVENTS: readonly (readonly [string, readonly Event[]])[] = [
  ['ordinary events', exampleEvents()],
  ...Object.entries(TEXTS).map(([name, text]) => [`events full of ${name}`, eventsWith(text)] as const),
  ...Object.entries(TEXTS).map(
    ([name, text]) => [`endless events full of ${name}`, endlessEvents(text)] as const,
  ),
];

// biome-ignore lint/suspicious/noExplicitAny: what is said of it is the check
type Body = any;
/** What is wrong with a post, by the rules of its service. */
type Rules = (body: Body, bytes: number, url: string) => unknown[];

/** Longer than the limit, or without a character. */
function tooLong(where: string, text: string, limit: number): string[] {
  return text.trim() === '' || text.length > limit ? [`${where}: ${text.length} of ${limit}`] : [];
}

/** Marks that still mean something: none is left where what a backslash stands before is taken for a letter. */
function activeMarkdown(text: string): string[] {
  const left = text.replace(/\\[^\sA-Za-z0-9]/g, 'x');
  return /[*_~`|[\]<>\\]|:\/\/|^\s*[#+-]|^\s*\d+[.)]/.test(left) ? [`Markdown in ${left}`] : [];
}

/** What turns, breaks or halves the writing, in a text for people. */
function unsightly(text: string): string[] {
  const whole = text.isWellFormed() && !/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u.test(text.replaceAll('\n', ''));
  return whole ? [] : [`not to be shown: ${JSON.stringify(text)}`];
}

function activeSlack(text: string): string[] {
  const link = /^<https:\/\/[^<>|\s]+\|[^<>|]+>$/;
  if (link.test(text)) return [];
  return /[<>]|&(?!(amp|lt|gt);)/.test(text) ? [`markup in ${text}`] : [];
}

const RULES: Record<EndpointKind, Rules> = {
  standard: (_, bytes) => (bytes < 20_000 ? [] : [`${bytes} bytes`]),

  slack: (body) => [
    ...tooLong('text', body.text, 4_000),
    ...activeSlack(body.text),
    ...(body.blocks.length <= 50 ? [] : ['blocks']),
    ...body.blocks.flatMap((block: Body) => {
      const texts = [block.text, ...(block.fields ?? []), ...(block.elements ?? [])].filter(Boolean);
      const limit = block.type === 'header' ? 150 : block.fields ? 2_000 : 3_000;
      return [
        ...((block.fields ?? []).length <= 10 ? [] : ['fields']),
        ...((block.elements ?? []).length <= 10 ? [] : ['elements']),
        ...texts.flatMap(({ text }: Body) => [...tooLong(block.type, text, limit), ...activeSlack(text)]),
        ...texts.flatMap(({ type, verbatim }: Body) =>
          type === 'plain_text' || verbatim ? [] : ['not verbatim'],
        ),
      ];
    }),
  ],

  discord: ({ embeds: [embed, ...others], allowed_mentions, content }) => {
    const { title, description = null, fields, footer = null, url = 'https://none' } = embed;
    // The one link that is ours, behind everything else.
    const said =
      description?.replace(/(^|\n\n)\[[\w ’]+\]\(https:\/\/draws\.example\.[\w./%-]+\)$/, '') ?? '';
    const marked = [title, said, ...fields.flatMap(({ name, value }: Body) => [name, value])];
    const total = [...marked, description?.slice(said.length) ?? '', footer?.text ?? ''].join('').length;
    return [
      ...others,
      ...(content === undefined && JSON.stringify(allowed_mentions) === '{"parse":[]}' ? [] : ['mentions']),
      ...tooLong('title', title, 256),
      ...(description === null ? [] : tooLong('description', description, 4_096)),
      ...(fields.length <= 25 ? [] : ['fields']),
      ...fields.flatMap(({ name, value }: Body) => [
        ...tooLong('name', name, 256),
        ...tooLong('value', value, 1_024),
      ]),
      ...(footer === null ? [] : tooLong('footer', footer.text, 2_048)),
      ...(total <= 6_000 ? [] : [`${total} in all`]),
      ...(URL.canParse(url) && url.startsWith('https://') && url.length <= 2_048 ? [] : [url]),
      ...marked.flatMap(activeMarkdown),
    ];
  },

  teams: (body, bytes) => {
    const [{ contentType, content }] = body.attachments;
    const blocks = content.body.filter(({ type }: Body) => type === 'TextBlock');
    const facts = content.body.flatMap(({ facts = [] }: Body) => facts);
    const marked = [
      ...blocks.map(({ text }: Body) => text),
      ...facts.flatMap(({ title, value }: Body) => [title, value]),
    ];
    return [
      ...(bytes < 28 * 1_024 ? [] : [`${bytes} bytes`]),
      ...(body.type === 'message' && contentType === 'application/vnd.microsoft.card.adaptive'
        ? []
        : ['type']),
      ...(content.type === 'AdaptiveCard' && content.version === '1.4' ? [] : ['card']),
      ...blocks.flatMap(({ wrap }: Body) => (wrap === true ? [] : ['a block is not wrapped'])),
      ...content.actions.flatMap(({ url }: Body) => (url.startsWith('https://') ? [] : [url])),
      ...marked.flatMap((text: string) => [...tooLong('text', text, 8_000), ...activeMarkdown(text)]),
    ];
  },

  ntfy: ({ topic, title, message, tags, priority, click = 'https://none', actions = [] }, _, url) => [
    ...actions.flatMap(({ action, label, url: to }: Body) =>
      action === 'view' && label !== '' && to.startsWith('https://draws.example.') ? [] : [to],
    ),
    ...(topic === 'draws' && url === 'https://ntfy.example.org/?auth=XXXX' ? [] : [topic, url]),
    ...tooLong('title', title, 250),
    ...(Buffer.byteLength(title) <= 250 ? [] : ['title']),
    ...(message.trim() !== '' && Buffer.byteLength(message) < 4_096 ? [] : ['message']),
    ...(tags.length > 0 && priority >= 1 && priority <= 5 ? [] : ['look']),
    ...(click.startsWith('https://') ? [] : [click]),
  ],
};

const WAYS = LOCALES.flatMap((locale) =>
  [null, 'https://draws.example.github.io/drawbell'].map((siteUrl) => [locale, siteUrl] as const),
);

describe.each(ENDPOINT_KINDS)('%s', (kind) => {
  it.each(EVENTS)('takes %s, in both languages, with our pages and without', (_, events) => {
    for (const [locale, siteUrl] of WAYS) {
      for (const event of events) {
        const post = writePost(event, endpoint(kind, locale), siteUrl);

        const body = JSON.parse(post.body);
        const faults = [
          ...RULES[kind](body, Buffer.byteLength(post.body), post.url),
          ...(kind === 'standard' ? [] : textsOf(body).flatMap(unsightly)),
        ];
        expect({ type: event.type, locale, faults }).toEqual({ type: event.type, locale, faults: [] });
      }
    }
  });

  it('is posted the same for the same event', () => {
    for (const event of exampleEvents()) {
      const [first, again] = [1, 2].map(() => writePost(structuredClone(event), endpoint(kind, 'fr')));

      expect(first).toEqual(again);
    }
  });
});

describe('a wording longer than any should be', () => {
  const endless = (text: string): Telling => ({
    locale: 'en',
    tone: 'news',
    title: text,
    summary: text,
    facts: Array.from({ length: 600 }, () => [text, text] as const),
    link: { text: 'The official page', href: 'https://www.canada.ca/' },
    page: { text: 'Our page', href: `https://draws.example.org/${'a'.repeat(950)}` },
    notes: [text, text],
  });
  const WRITERS: Record<Exclude<EndpointKind, 'standard'>, (telling: Telling) => Post> = {
    slack: (telling) => ({ url: '', body: slackBody(telling) }),
    discord: (telling) => ({ url: '', body: discordBody(telling, '2024-05-31T17:00:00Z') }),
    teams: (telling) => ({ url: '', body: teamsBody(telling) }),
    ntfy: (telling) => ntfyPost(telling, 'https://ntfy.example.org/draws?auth=XXXX'),
  };

  it.each(Object.entries(WRITERS))('is cut to what %s takes', (kind, write) => {
    for (const text of [
      'x',
      'x'.repeat(10_000),
      '*'.repeat(10_000),
      '😀'.repeat(5_000),
      '&<>'.repeat(3_000),
    ]) {
      const { url, body } = write(endless(text));

      expect(RULES[kind as EndpointKind](JSON.parse(body), Buffer.byteLength(body), url)).toEqual([]);
    }
  });

  it('is cut no further than it must be', () => {
    const { blocks } = JSON.parse(slackBody(endless('x&'.repeat(5_000))));

    expect(blocks[0].text.text).toMatch(/^(x&amp;)+x?…$/);
    expect(blocks[0].text.text.length).toBeGreaterThan(150 - '&amp;'.length);
  });
});

describe('a body that is cut', () => {
  it('keeps what it is about, and the form it has', () => {
    const [published] = endlessEvents('x'.repeat(10_000));
    if (published?.type !== 'draw.published') throw new Error('expected a draw that is published');

    const { data } = JSON.parse(writePost(published, endpoint('standard')).body);

    expect(data.draw).toMatchObject({ date: '2024-05-31', invitations: 3000, cutoff: 522, url: null });
    expect(data.draw.label).toMatch(/^x+…$/);
    expect(data.special[0]).toMatchObject({ type: 'draw_type.returned', dormantDays: 990 });
  });

  it('is one that had to be: a long text in a body that is small enough stays whole', () => {
    const [published] = exampleEvents();
    if (published?.type !== 'draw.published') throw new Error('expected a draw that is published');
    published.data.draw.label = 'x'.repeat(10_000);

    const { data } = JSON.parse(writePost(published, endpoint('standard')).body);

    expect(data).toEqual(published.data);
  });
});
