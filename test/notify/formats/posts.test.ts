// What teams get where they already are: golden copies of each kind, and what every one of them promises.

import { describe, expect, it } from 'vitest';
import { detect } from '../../../src/event/detect.ts';
import { EVENT_TYPES, type Event, type EventType } from '../../../src/event/event.ts';
import { exampleEvents } from '../../../src/event/examples.ts';
import type { EndpointKind, Locale } from '../../../src/match/notice.ts';
import { writePost } from '../../../src/notify/formats/index.ts';
import { writeTelling } from '../../../src/notify/text/telling.ts';
import { shippedDraws } from '../../draw/history.ts';
import { ENDPOINT_KINDS, endpoint } from './samples.ts';

const TOLD = [
  'draw.published',
  'draw.corrected',
  'draw.withdrawn',
  'record.set',
  'source.failing',
  'source.quarantined',
  'endpoint.disabled',
] as const satisfies readonly EventType[];
const PEOPLE = ENDPOINT_KINDS.filter((kind) => kind !== 'standard');

/** Pages that are files, below a path. */
const SITE = 'https://draws.example.github.io/drawbell';

const COPIES: (readonly [EndpointKind, EventType, Locale])[] = [
  ...ENDPOINT_KINDS.flatMap((kind) => TOLD.map((type) => [kind, type, 'en'] as const)),
  ...PEOPLE.flatMap((kind) => TOLD.slice(0, 4).map((type) => [kind, type, 'fr'] as const)),
];

function example<Type extends EventType>(type: Type): Extract<Event, { type: Type }> {
  return exampleEvents().find((event) => event.type === type) as Extract<Event, { type: Type }>;
}

function posted(event: Event, kind: EndpointKind, locale: Locale = 'en', siteUrl: string | null = null) {
  const { url, body } = writePost(event, endpoint(kind, locale), siteUrl);
  return { url, body: JSON.parse(body) };
}

/** `draw.published` with another value in its draw. */
function publishedWith(change: Partial<Extract<Event, { type: 'draw.published' }>['data']['draw']>): Event {
  const event = example('draw.published');
  return { ...event, data: { ...event.data, draw: { ...event.data.draw, ...change } } };
}

describe('the golden copies', () => {
  it.each(COPIES)('%s gets %s in %s', async (kind, type, locale) => {
    const { body } = posted(example(type), kind, locale);

    const copy = `../../../fixtures/webhooks/${kind}/${type}.${locale}.json`;
    await expect(`${JSON.stringify(body, null, 2)}\n`).toMatchFileSnapshot(copy);
  });

  it.each(PEOPLE.flatMap((kind) => (['en', 'fr'] as const).map((locale) => [kind, locale] as const)))(
    '%s gets draw.published in %s with a link to our own page',
    async (kind, locale) => {
      const { body } = posted(example('draw.published'), kind, locale, SITE);

      const copy = `../../../fixtures/webhooks/${kind}/draw.published.our-page.${locale}.json`;
      await expect(`${JSON.stringify(body, null, 2)}\n`).toMatchFileSnapshot(copy);
    },
  );
});

describe('the wording', () => {
  it('says the figures in the title, and what is special in the summary', () => {
    const telling = writeTelling(example('draw.published'), 'en');

    expect(telling.title).toBe('Canadian Experience Class draw #297: 3,000 invited, cut-off 522');
    expect(telling.summary).toBe(
      'The first Canadian Experience Class draw in 990 days (previous: September 14, 2021, 2,000 invitations at 462; 92 draws of other types in between).',
    );
    expect(telling.facts).toContainEqual(['Tie-break', 'March 19, 2024 at 18:58:58 UTC']);
  });

  it('is in the language of the endpoint', () => {
    const telling = writeTelling(example('draw.published'), 'fr');

    expect(telling.title.replace(/\s/g, ' ')).toBe(
      'Ronde n° 297, Catégorie de l’expérience canadienne : 3 000 invitations, seuil 522',
    );
    expect(telling.notes[0]).toBe('Information, et non conseil. Sans lien avec le gouvernement du Canada.');
  });

  it('is English for what is for the operator, as every message of this kind is', () => {
    const telling = writeTelling(example('source.failing'), 'fr');

    expect(telling).toEqual(writeTelling(example('source.failing'), 'en'));
    expect(telling).toMatchObject({ locale: 'en', tone: 'trouble', link: null, notes: [] });
  });

  it('says what was not published, and never 0', () => {
    const { title, facts } = writeTelling(publishedWith({ invitations: null, cutoff: null }), 'en');

    expect(title).toBe(
      'Canadian Experience Class draw #297: invitations not published, cut-off not published',
    );
    expect(facts).toContainEqual(['Cut-off', 'not published']);
  });

  it('names the new value of what was corrected, and the old one', () => {
    const { title, summary, facts } = writeTelling(example('draw.corrected'), 'en');

    expect(title).toBe('Corrected: General draw #262 of August 15, 2023');
    expect(summary).toBe(
      'The publisher corrected the draw (tie-break: August 1, 2023 at 12:59:52 UTC became July 4, 2023 at 19:36:18 UTC).',
    );
    expect(facts).toContainEqual(['Tie-break', 'July 4, 2023 at 19:36:18 UTC']);
  });

  it.each([
    ['http://www.canada.ca/'],
    ['javascript:alert(1)'],
    ['https://user:word@www.canada.ca/'],
    [`https://www.canada.ca/${'x'.repeat(3_000)}`],
    [null],
  ])('leads nowhere from %s', (url) => {
    const event = publishedWith({ url });

    expect(writeTelling(event, 'en').link).toBeNull();
    expect(JSON.stringify(posted(event, 'slack'))).not.toContain('This draw on the official page');
    expect(posted(event, 'teams').body.attachments[0].content.actions).toEqual([]);
    expect(posted(event, 'discord').body.embeds[0]).not.toHaveProperty('url');
    expect(posted(event, 'ntfy').body).not.toHaveProperty('click');
  });

  it.each(PEOPLE)('says to %s that it is no advice, and whose figures it is a copy of', (kind) => {
    const text = JSON.stringify(posted(example('draw.published'), kind));

    expect(text).toContain('Information, not advice. Not affiliated with the Government of Canada.');
    if (kind !== 'ntfy') expect(text).toContain('made without its endorsement');
  });

  it.each(EVENT_TYPES)('has a title and a tone for %s, in both languages', (type) => {
    for (const locale of ['en', 'fr'] as const) {
      const { title, tone, summary } = writeTelling(example(type), locale);

      expect(title).not.toMatch(/[.\n]$|undefined|null|NaN/);
      expect(summary ?? '').not.toMatch(/\n|undefined|null|NaN/);
      expect(tone).toMatch(/^(news|correction|trouble|well)$/);
    }
  });
});

describe('our own page of the draw', () => {
  const OURS = `${SITE}/en/draws/ircc-297/`;

  it.each([
    [SITE, OURS],
    [`${SITE}/`, OURS],
    ['https://draws.example.org', 'https://draws.example.org/en/draws/ircc-297/'],
    ['https://draws.example.org:8443/a/?b=c#d', 'https://draws.example.org:8443/a/en/draws/ircc-297/'],
    ['http://draws.example.org', undefined],
    [null, undefined],
  ])('is below %s at %s', (siteUrl, page) => {
    expect(writeTelling(example('draw.published'), 'en', siteUrl).page?.href).toBe(page);
  });

  it.each(['ircc:297\ud800', `ircc:${'9'.repeat(500)}`])('is none of an id that no page has', (id) => {
    expect(writeTelling(publishedWith({ id }), 'en', SITE).page).toBeNull();
  });

  it('comes after the official one, wherever people read', () => {
    const [slack, discord, teams, ntfy] = PEOPLE.map((kind) =>
      JSON.stringify(posted(example('draw.published'), kind, 'en', SITE).body),
    );

    expect(ntfy).toMatch(/"click":"https:\/\/www\.canada\.ca.*"actions":\[\{.*Everything about this draw/);
    expect(discord).toMatch(/"url":"https:\/\/www\.canada\.ca/);
    for (const text of [slack, discord, teams])
      expect(text).toMatch(/www\.canada\.ca.*Everything about this draw/);
    for (const text of [slack, discord, teams, ntfy]) expect(text?.split(OURS)).toHaveLength(2);
  });

  it.each(EVENT_TYPES)('is not in a standard body: %s', (type) => {
    expect(posted(example(type), 'standard', 'en', SITE)).toEqual(posted(example(type), 'standard'));
  });
});

describe('a standard body', () => {
  it('is the event as it is, to the byte, for every event of the whole history', () => {
    const { events } = detect([], shippedDraws(), {
      now: '2026-07-11T00:00:00Z',
      baseline: true,
      tellCorrections: false,
      dormantDays: 180,
      newsDays: 10,
    });
    const ordinary = [...events, ...exampleEvents()].filter(({ type }) => type !== 'source.quarantined');

    const bodies = ordinary.map((event) => writePost(event, endpoint('standard')).body);

    expect(bodies).toHaveLength(ordinary.length);
    expect(bodies).toEqual(
      ordinary.map(({ type, at, data }) => JSON.stringify({ type, timestamp: at, data })),
    );
  });
});

describe('a post to Slack', () => {
  it('can neither mention anybody nor hide where a link leads', () => {
    const label = '<!channel> <@U123> <https://evil.example|the official page> & more';

    const { blocks, text } = posted(publishedWith({ type: 'other:x', label }), 'slack').body;

    expect(text).toContain('&lt;!channel&gt; &lt;@U123&gt; &lt;https');
    expect(JSON.stringify(blocks)).not.toMatch(/<(?!https:\/\/www\.canada\.ca\/)/);
  });
});

describe('a post to Discord', () => {
  it('pings nobody, and shows by a colour what kind of news it is', () => {
    const bodies = EVENT_TYPES.map((type) => posted(example(type), 'discord').body);

    const colours = new Set(bodies.map(({ embeds }) => embeds[0].color));
    expect(bodies.map(({ allowed_mentions }) => allowed_mentions)).toEqual(bodies.map(() => ({ parse: [] })));
    expect(colours.size).toBe(4);
  });

  it('shows the marks of a name as they are', () => {
    const { embeds } = posted(
      publishedWith({ type: 'other:x', label: '**x** [y](http://z)' }),
      'discord',
    ).body;

    expect(embeds[0].title).toContain(String.raw`“\*\*x\*\* \[y\](http\://z)”`);
  });
});

describe('a post to ntfy', () => {
  it.each([
    ['https://ntfy.sh/draws', 'https://ntfy.sh/', 'draws'],
    ['https://ntfy.sh/draws/', 'https://ntfy.sh/', 'draws'],
    ['https://push.example.org:8443/draws?auth=QmFz', 'https://push.example.org:8443/?auth=QmFz', 'draws'],
    ['https://example.org/push/draws', 'https://example.org/push/', 'draws'],
  ])('for %s goes to %s, topic %s', (address, server, topic) => {
    const { url, body } = writePost(example('draw.published'), endpoint('ntfy', 'en', address));

    expect(url).toBe(server);
    expect(JSON.parse(body)).toMatchObject({ topic, priority: 4 });
  });
});
