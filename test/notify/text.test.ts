// The wording of messages: golden copies, both languages, and text nobody can trust.

import { beforeAll, describe, expect, it } from 'vitest';
import type { Draw } from '../../src/draw/draw.ts';
import { DRAW_TYPES } from '../../src/draw/draw-type.ts';
import type { Special } from '../../src/event/event.ts';
import type { Locale, NoticeOf } from '../../src/match/notice.ts';
import type { Profile } from '../../src/match/profile.ts';
import type { Outcome, Verdict } from '../../src/match/verdict.ts';
import { specialSentence } from '../../src/notify/text/describe.ts';
import { en } from '../../src/notify/text/en.ts';
import { fr } from '../../src/notify/text/fr.ts';
import { createHtmlWriter, type HtmlWriter, loadMjml } from '../../src/notify/text/html.ts';
import type { Message } from '../../src/notify/text/message.ts';
import { plainText } from '../../src/notify/text/plain.ts';
import { writeMessage } from '../../src/notify/text/write.ts';
import { signLink, signUnsubscribe } from '../../src/notify/tokens.ts';
import {
  correctedNotice,
  DRAW,
  type NoticeParts,
  OCCASIONS,
  PROFILES,
  READER_ID,
  RETURNED,
  sampleNotice,
  withdrawnNotice,
} from './sample-notices.ts';

const SENDER = {
  sender: 'Drawbell of Example Town, 1 Main Street, Example Town ON K1A 0A0, +1 555 010 0199',
  wayOut: {
    page: `https://draws.example.org/unsubscribe/${signUnsubscribe(READER_ID, 'a secret of the tests')}`,
  },
  manage: `https://draws.example.org/manage/${signLink('manage', READER_ID, 'a secret of the tests', new Date('2024-05-31T17:05:00Z'))}`,
  siteUrl: null,
};
/** Below a path, as pages that are files often are. */
const SITE = 'https://draws.example.github.io/drawbell/';
const LOCALES: Locale[] = ['en', 'fr'];
const CASES = Object.keys(PROFILES) as (keyof typeof PROFILES)[];

const GOLDEN: [string, NoticeParts][] = [
  ...CASES.map((name): [string, NoticeParts] => [name, { profile: PROFILES[name] }]),
  ...Object.entries(OCCASIONS).map(([name, parts]): [string, NoticeParts] => [
    name,
    { ...parts, special: [] },
  ]),
];

let writeHtml: HtmlWriter;
beforeAll(async () => {
  writeHtml = createHtmlWriter(await loadMjml());
});

function messageOf(parts: NoticeParts, verdict?: Partial<Verdict>): Message {
  const notice = sampleNotice(parts);
  return writeMessage({ ...notice, verdict: { ...notice.verdict, ...verdict } }, SENDER) as Message;
}

/** What a reader sees of an HTML part. */
function textOf(html: string): string {
  const entities: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', '#39': "'" };
  return html
    .replace(/<style[\s\S]*?<\/style>|<!--[\s\S]*?-->|<[^>]+>/g, ' ')
    .replace(/&(amp|lt|gt|quot|#39);/g, (_, name: string) => entities[name] as string)
    .replace(/ +/g, ' ');
}

describe('golden copies', () => {
  for (const locale of LOCALES) {
    for (const [name, parts] of GOLDEN) {
      it(`say the same as ever: ${name}, ${locale}`, async () => {
        const message = messageOf({ ...parts, locale });

        const text = `${message.subject}\n\n${plainText(message)}`;
        const html = writeHtml(message);

        await expect(text).toMatchFileSnapshot(`../../fixtures/messages/${name}.${locale}.txt`);
        await expect(html).toMatchFileSnapshot(`../../fixtures/messages/${name}.${locale}.html`);
      });
    }
  }
});

/** With pages about draws that are files: what is said of each happening, and a rehearsal. */
const ON_PAGES: [string, (parts: NoticeParts) => NoticeOf<'email'>][] = [
  ['our-page-published', sampleNotice],
  ['our-page-corrected', correctedNotice],
  ['our-page-withdrawn', withdrawnNotice],
  ['rehearsal', (parts) => ({ ...sampleNotice(parts), rehearsal: true })],
];

describe('golden copies that lead to our own page of the draw', () => {
  for (const locale of LOCALES) {
    it.each(ON_PAGES)(`say the same as ever: %s, ${locale}`, async (name, make) => {
      const message = writeMessage(make({ locale }), { ...SENDER, siteUrl: SITE }) as Message;

      const text = `${message.subject}\n\n${plainText(message)}`;
      const html = writeHtml(message);

      await expect(text).toMatchFileSnapshot(`../../fixtures/messages/${name}.${locale}.txt`);
      await expect(html).toMatchFileSnapshot(`../../fixtures/messages/${name}.${locale}.html`);
    });
  }
});

describe('our own page of the draw', () => {
  it.each([
    ['en', 'This draw on the official page', 'Everything about this draw'],
    ['fr', 'Cette ronde sur la page officielle', 'Tout sur cette ronde'],
  ] as const)('is the second link, below the official one: %s', (locale, official, ours) => {
    const message = writeMessage(sampleNotice({ locale }), { ...SENDER, siteUrl: SITE }) as Message;

    const links = message.sections.filter((section) => section.kind === 'link');

    expect(links).toEqual([
      { kind: 'link', text: official, href: DRAW.url },
      { kind: 'link', text: ours, href: `${SITE}${locale}/draws/ircc-297/` },
    ]);
  });

  it.each(ON_PAGES)('adds nothing but itself: %s', (_, make) => {
    const notice = make({});

    const [without, withPage] = [null, SITE].map(
      (siteUrl) => writeMessage(notice, { ...SENDER, siteUrl }) as Message,
    );

    const link = {
      kind: 'link',
      text: 'Everything about this draw',
      href: `${SITE}en/draws/ircc-297/`,
    };
    expect(withPage).toEqual({ ...without, sections: [...(without?.sections ?? []), link] });
  });

  it('is never taken for the reader’s own, or for the way out', () => {
    const wayOut = { address: 'operator@example.org', subject: 'unsubscribe 4f9c' };
    const sender = { ...SENDER, wayOut, manage: null, siteUrl: SITE };

    const text = plainText(writeMessage(sampleNotice(), sender) as Message);

    expect(text.split(SITE)).toHaveLength(2);
    expect(text).toContain('send a mail to operator@example.org');
  });
});

describe('a rehearsal', () => {
  it.each([
    [
      'en',
      /^Rehearsal: You would have been invited: #297 /,
      'This is a rehearsal: nothing new has happened. You ',
    ],
    [
      'fr',
      /^Essai\u00a0: Vous auriez reçu /,
      'Ceci est un essai\u00a0: il ne s’est rien passé de nouveau. Vous ',
    ],
  ] as const)('is marked in its subject, its first line and both parts: %s', (locale, subject, first) => {
    const notice = { ...sampleNotice({ locale }), rehearsal: true as const };

    const message = writeMessage(notice, SENDER) as Message;

    const [mark = ''] = message.subject.split(' ');
    expect(message.subject).toMatch(subject);
    expect(plainText(message).startsWith(first)).toBe(true);
    expect(textOf(writeHtml(message)).split(mark).length).toBeGreaterThan(2);
  });

  it('of a draw with a long name has a subject that mail programs show whole', () => {
    const label = 'Agriculture and agri-food occupations, and others of that kind (2026-Version 12)';
    const draw: Draw = { ...DRAW, type: 'other:x', label };
    const notice = { ...sampleNotice({ draw, locale: 'fr', profile: {} }), rehearsal: true as const };

    const { subject } = writeMessage(notice, SENDER) as Message;

    expect(subject.length).toBeLessThanOrEqual(145);
    expect(subject).toMatch(/^Essai.*votre note inconnue$/);
  });
});

describe('the answer', () => {
  const SAYS: Record<keyof typeof PROFILES, { outcome: Record<Locale, string>; numbers: string[] }> = {
    'invited-above': {
      outcome: { en: 'You would have been invited', fr: 'Vous auriez reçu une invitation' },
      numbers: ['522', '530', '+8'],
    },
    'invited-by-tie-break': {
      outcome: { en: 'You would have been invited', fr: 'Vous auriez reçu une invitation' },
      numbers: ['522', '(0)'],
    },
    'not-invited': {
      outcome: { en: 'You would not have been invited', fr: 'Vous n’auriez pas reçu d’invitation' },
      numbers: ['522', '510', '-12'],
    },
    'cannot-tell': {
      outcome: {
        en: 'We cannot tell whether you would have been invited',
        fr: 'Impossible de dire si vous auriez reçu une invitation',
      },
      numbers: ['522', '(0)'],
    },
  };

  for (const locale of LOCALES) {
    it.each(CASES)(`stands in the subject and in the first line: %s, ${locale}`, (name) => {
      const message = messageOf({ profile: PROFILES[name], locale });

      const [firstLine] = plainText(message).split('\n');

      for (const text of [message.subject, firstLine]) {
        for (const said of [SAYS[name].outcome[locale], '297', '2024', '990', ...SAYS[name].numbers])
          expect(text).toContain(said);
      }
      expect(message.subject.length).toBeLessThanOrEqual(145);
    });
  }

  it('says that the score is unknown instead of showing one', () => {
    const { subject, lead, numbers } = messageOf({ profile: { programs: ['cec'] } });

    expect(subject).toContain('your score unknown');
    expect(lead).toContain('your score is not known to us.');
    expect(numbers).toEqual([
      ['Cut-off', '522'],
      ['Your score', 'not known'],
      ['Margin', 'not known'],
    ]);
  });

  it('says that nothing was published instead of showing a 0', () => {
    const draw: Draw = {
      ...DRAW,
      cutoff: null,
      tieBreakAt: null,
      invitations: null,
      pool: null,
      url: null,
    };

    const text = plainText(messageOf({ draw, special: [] }));

    expect(text).toContain('no cut-off was published');
    expect(text).toContain(
      '- Invitations: not published\n- Cut-off: not published\n- Tie-break: not published',
    );
    expect(text).not.toContain('pool:');
    expect(text.match(/https?:\S+/g)).toEqual([SENDER.manage, SENDER.wayOut.page]);
  });

  it('tells the most important special first, and all of them in the text', () => {
    const record: Special = {
      type: 'record.set',
      drawType: 'cec',
      record: 'largest-round',
      value: 3000,
      previous: RETURNED.type === 'draw_type.returned' ? RETURNED.previous : { ...DRAW },
    };

    const message = messageOf({ special: [record, RETURNED] });

    expect(message.lead).toContain('It was the first Canadian Experience Class draw in 990 days.');
    expect(plainText(message)).toContain(
      'The largest Canadian Experience Class draw so far, 3,000 invitations',
    );
  });

  it('names each missing field once, and how to give it', () => {
    const profile: Profile = { crs: 522, profileSubmittedAt: '2024-03-19' };

    const text = plainText(messageOf({ profile }));

    expect(text.match(/- profileSubmittedAt:/g)).toHaveLength(1);
    expect(text.match(/- programs:/g)).toHaveLength(1);
    expect(text).toContain(`- Add it on your page: ${SENDER.manage}\n`);
  });

  it('asks for nothing where nothing the reader could give would decide it', () => {
    const label = 'STEM occupations (Version 9)';
    const draw: Draw = { ...DRAW, type: 'stem', label, version: '9', programs: null };

    const text = plainText(messageOf({ draw, special: [], profile: PROFILES['invited-above'] }));

    expect(text).toContain('what that version asks for is not known to us.');
    expect(text).toContain('Nothing is missing on your side.');
    expect(text).not.toContain('an answer to this mail');
  });

  it('says that a submission at the very instant of the tie-break is in time', () => {
    const profile: Profile = {
      ...PROFILES['invited-by-tie-break'],
      profileSubmittedAt: DRAW.tieBreakAt as string,
    };

    const text = plainText(messageOf({ profile }));

    expect(text).toContain(
      'submitted on March 19, 2024 at 18:58:58 UTC, at the very instant of the tie-break, which is in time.',
    );
  });

  it('shows the publisher’s own name where it carries a category version', () => {
    const draw: Draw = { ...DRAW, type: 'french', label: 'French-Language proficiency 2026-Version 2' };

    const text = plainText(messageOf({ draw, special: [], locale: 'fr' }));

    expect(text).toContain('Type\u00a0: Compétence linguistique en français');
    expect(text).toContain('Nom publié\u00a0: French-Language proficiency 2026-Version 2');
  });
});

describe('with care', () => {
  const grid = OCCASIONS['points-grid-changed'];

  it.each([
    ['en', 'READ THIS WITH CARE', 'WHY', 'noted on'],
    ['fr', 'À LIRE AVEC PRUDENCE', 'POURQUOI', 'relevée le'],
  ] as const)(
    'stands right below the reasons, and the day of the score once: %s',
    (locale, care, why, noted) => {
      const text = plainText(messageOf({ ...grid, special: [], locale }));

      const headings = text.split('\n').filter((line) => /^\p{Lu}[\p{Lu}\s’]+$/u.test(line));
      expect(headings.slice(0, 2)).toEqual([why, care]);
      expect(text.split(noted)).toHaveLength(2);
    },
  );

  it('is said in a correction too', () => {
    const notice = correctedNotice({
      ...grid,
      before: { ...grid.draw, cutoff: 540 },
    });

    const text = plainText(writeMessage(notice, SENDER) as Message);

    expect(text).toContain('READ THIS WITH CARE\n- Your score was noted on March 1, 2025');
    expect(text).toContain('WHERE YOU STAND\n- As of June 22, 2025');
  });

  it('is left out where there is nothing to be careful about', () => {
    const text = plainText(messageOf({ profile: PROFILES['invited-above'] }));

    expect(text).not.toContain('WITH CARE');
    expect(text).toContain('The score of 530 was noted on May 1, 2024');
  });
});

describe('where the reader stands', () => {
  it('is an estimate of the whole pool, as of its day', () => {
    const text = plainText(messageOf({ profile: PROFILES['not-invited'] }));

    expect(text).toContain(
      'WHERE YOU STAND\n- As of May 29, 2024, about 15,900 of the 224,404 candidates in the whole pool had your score of 510 or a higher one (an estimate of the whole pool, not of one programme or category).\n- A round for all programmes would have needed about 15,900 invitations to reach your score.\n',
    );
  });

  it.each([
    ['the score is not known', { profile: { programs: ['cec'] } }],
    ['no pool was published', { draw: { ...DRAW, pool: null } }],
    ['the pool has no bands', { draw: { ...DRAW, pool: { asOf: null, total: 1, bands: [] } } }],
  ] satisfies [string, NoticeParts][])('is left out where %s', (_, parts) => {
    expect(plainText(messageOf(parts))).not.toContain('WHERE YOU STAND');
  });
});

describe('both languages', () => {
  it('write numbers, days and instants in their own way', () => {
    expect([en.number(2000), en.day('2024-05-31'), en.moment('2024-03-19T18:58:58Z')]).toEqual([
      '2,000',
      'May 31, 2024',
      'March 19, 2024 at 18:58:58 UTC',
    ]);
    expect([fr.number(2000), fr.day('2024-05-31'), fr.moment('2024-03-19T18:58:58Z')]).toEqual([
      '2\u00a0000',
      '31 mai 2024',
      '19 mars 2024 à 18\u00a0h\u00a058\u00a0min\u00a058\u00a0s UTC',
    ]);
    expect(fr.day('2024-05-01')).toBe('1er mai 2024');
    expect([en.signed(8), en.signed(0), fr.signed(-12)]).toEqual(['+8', '0', '-12']);
    expect([
      en.count(1, 'point', 'points'),
      en.count(8, 'point', 'points'),
      fr.count(0, 'point', 'points'),
    ]).toEqual(['1 point', '8 points', '0\u00a0point']);
  });

  it('show an instant in UTC whatever zone it was given in', () => {
    expect(en.moment('2024-03-19T20:30:00-04:00')).toBe('March 20, 2024 at 00:30:00 UTC');
  });

  it('have names for every draw type, none of them alike', () => {
    for (const words of [en, fr]) {
      expect(new Set(DRAW_TYPES.map((type) => words.drawTypes[type].name)).size).toBe(DRAW_TYPES.length);
    }
  });

  it('say what is special in a way that fits a terminal too', () => {
    expect(specialSentence(en, RETURNED, DRAW)).toBe(
      'the first Canadian Experience Class draw in 990 days (previous: September 14, 2021, 2,000 invitations at 462; 92 draws of other types in between)',
    );
    expect(specialSentence(fr, RETURNED, DRAW).replaceAll('\u00a0', ' ')).toBe(
      'la première ronde « Catégorie de l’expérience canadienne » en 990 jours (précédente : 14 septembre 2021, 2 000 invitations à 462; 92 rondes d’autres types entre-temps)',
    );
  });

  it('never advise', () => {
    for (const locale of LOCALES) {
      for (const [, parts] of GOLDEN) {
        const text = plainText(messageOf({ ...parts, locale }));
        expect(text).not.toMatch(/you should|we recommend|devriez|recommand/i);
      }
    }
  });

  it('say who sends, why and since when, how to end it, and what it is not', () => {
    const [english, french] = LOCALES.map((locale) => plainText(messageOf({ locale })));

    for (const text of [english, french]) {
      expect(text).toContain(SENDER.sender);
      expect(text).toContain(SENDER.wayOut.page);
      expect(text).not.toContain('amina@example.org');
    }
    expect(english).toContain('added you on May 2, 2024 at 08:30:00 UTC and attested your consent');
    expect(english).toContain('Information, not advice. Not affiliated with the Government of Canada.');
    expect(french).toContain('Information, et non conseil. Sans lien avec le gouvernement du Canada.');
  });

  it('say how to end it by mail where there is no page for it', () => {
    const wayOut = { address: 'operator@example.org', subject: 'unsubscribe 4f9c' };

    const [english, french] = LOCALES.map((locale) =>
      writeMessage(sampleNotice({ locale }), { ...SENDER, wayOut }),
    ).map((message) => [plainText(message as Message), writeHtml(message as Message)]);

    expect(english?.[0]).toContain(
      'send a mail to operator@example.org with the subject “unsubscribe 4f9c”.\n',
    );
    expect(french?.[0]).toContain(
      'envoyez un courriel à operator@example.org avec l’objet «\u00a0unsubscribe 4f9c\u00a0».\n',
    );
    for (const html of [english?.[1], french?.[1]])
      expect(html).toContain('<a href="mailto:operator@example.org?subject=unsubscribe%204f9c">');
  });

  it('leave the sender out where the operator gave none', () => {
    const notice = sampleNotice();

    const message = writeMessage(notice, { ...SENDER, sender: null }) as Message;

    expect(plainText(message)).not.toContain('Sent by');
  });
});

describe('the HTML part', () => {
  it.each(LOCALES)('says all that the plain text says: %s', (locale) => {
    const message = messageOf({ profile: PROFILES['cannot-tell'], locale });

    const html = textOf(writeHtml(message));

    const lines = plainText(message)
      .split('\n')
      .filter((line) => line.startsWith('- '))
      // Where a link leads stands in its markup.
      .map((line) => line.slice(2).replace(/\u00a0?: https:\S+$/, ''))
      .flatMap((line) => line.split(/(?<=^[^.]{1,30})\u00a0?: /));
    expect(lines.length).toBeGreaterThan(12);
    for (const line of lines) expect(html).toContain(line);
    for (const [label, value] of message.numbers) expect(html).toContain(`${label} ${value}`);
  });

  it('fetches nothing: its only addresses are those of the official page and of the way out', () => {
    const html = writeHtml(messageOf({}));

    const addresses = html
      .replace(/\sxmlns(:\w)?="[^"]*"/g, '')
      .match(/\b(https?|data|cid):[^"'\s)]+|\/\/\w[^"'\s)]+/g);
    expect(addresses).toEqual([DRAW.url, SENDER.manage, SENDER.wayOut.page]);
    expect(html).not.toMatch(/<(img|link|script|iframe|object|form)\b|@import|url\(|\ssrc=/i);
  });

  it('names its language, and begins with the answer for the list of messages', () => {
    const message = messageOf({ locale: 'fr' });

    const html = writeHtml(message);

    expect(html).toContain('<html lang="fr"');
    expect(
      textOf(html.slice(html.indexOf('<body')))
        .trim()
        .startsWith(message.lead),
    ).toBe(true);
  });

  it('links to no page that is not https', () => {
    for (const url of [
      'http://www.canada.ca/x',
      'javascript:alert(1)',
      'https://user:secret@canada.ca/',
      'nonsense',
    ]) {
      const message = messageOf({ draw: { ...DRAW, url } });
      expect(message.sections.some(({ kind }) => kind === 'link')).toBe(false);
    }
  });

  it('renders each layout once and fills it for every reader', async () => {
    const render = await loadMjml();
    let rendered = 0;
    const write = createHtmlWriter((mjml) => {
      rendered += 1;
      return render(mjml);
    });

    const pages = [530, 531, 532].map((crs) =>
      write(messageOf({ profile: { ...PROFILES['invited-above'], crs } })),
    );

    expect(rendered).toBe(1);
    expect(pages.map((page) => /score of (\d+)/.exec(page)?.[1])).toEqual(['530', '531', '532']);
  });
});

describe('text from elsewhere', () => {
  const EVIL = `<script>alert("x")</script>\r\nBcc: victim@example.net\u202e\u2066&'{{subject}}{{about}} </mj-text>`;
  const OUTCOMES: Outcome[] = ['invited', 'not-invited', 'cannot-tell'];

  it.each(OUTCOMES)(
    'is escaped, on one line and without marks that turn the writing around: %s',
    (outcome) => {
      const draw: Draw = { ...DRAW, type: 'other:script', label: EVIL, number: EVIL, version: EVIL };
      const special: Special[] = [
        { type: 'draw_type.new', drawType: 'other:script' },
        {
          type: 'category.revised',
          drawType: 'other:script',
          version: EVIL,
          previousVersion: EVIL,
          previous: { ...DRAW },
        },
      ];

      const message = messageOf({ draw, special }, { outcome });
      const html = writeHtml(message);

      expect(message.subject).not.toMatch(/[\p{Cc}\p{Cf}]/u);
      expect(plainText(message)).not.toMatch(/^Bcc:/m);
      expect(plainText(message).replaceAll('\n', '')).not.toMatch(/[\p{Cc}\p{Cf}]/u);
      expect(html).not.toMatch(/<script|<\/mj-text|[\u202a-\u202e\u2066-\u2069]/i);
      expect(html).toContain(
        '&lt;script&gt;alert(&quot;x&quot;)&lt;/script&gt; Bcc: victim@example.net &amp;&#39;{{subject}}',
      );
    },
  );

  it('of 10,000 characters is cut, everywhere', () => {
    const draw: Draw = { ...DRAW, type: 'other:long', label: 'é<'.repeat(5_000), number: '9'.repeat(10_000) };

    const message = messageOf({ draw, special: [{ type: 'draw_type.new', drawType: 'other:long' }] });

    expect(message.subject.length).toBeLessThanOrEqual(145);
    expect(plainText(message).length).toBeLessThan(4_000);
    expect(writeHtml(message).length).toBeLessThan(20_000);
  });

  it('in the sender’s name becomes one harmless line', () => {
    const notice = sampleNotice();
    const sender = { ...SENDER, sender: 'Us\r\nBcc: x@example.net <b>' };

    const message = writeMessage(notice, sender) as Message;

    expect(plainText(message)).toContain('- Sent by Us Bcc: x@example.net <b>\n');
    expect(writeHtml(message)).toContain('Sent by Us Bcc: x@example.net &lt;b&gt;');
  });
});
