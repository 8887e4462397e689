// What readers are told when a draw is corrected or withdrawn: golden copies, every pair of outcomes, hostile text.

import { beforeAll, describe, expect, it } from 'vitest';
import type { Draw } from '../../src/draw/draw.ts';
import { DRAW_TYPES } from '../../src/draw/draw-type.ts';
import { type Change, type CorrectableField, EVENT_TYPES } from '../../src/event/event.ts';
import type { Locale, NoticeOf } from '../../src/match/notice.ts';
import type { Profile } from '../../src/match/profile.ts';
import type { Outcome, Verdict } from '../../src/match/verdict.ts';
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
  PROFILES,
  READER_ID,
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
const LOCALES: Locale[] = ['en', 'fr'];
const LANGUAGES = { en, fr };
const OUTCOMES: Outcome[] = ['invited', 'not-invited', 'cannot-tell'];
const PAIRS = OUTCOMES.flatMap((before) =>
  OUTCOMES.filter((after) => after !== before).map((after) => [before, after] as const),
);
type Pair = `${Outcome} to ${Outcome}`;

/** Submitted on the very day of the tie-break, with the time unknown: at the cut-off nothing can be said. */
const CLOSE: Profile = { crs: 522, profileSubmittedAt: '2024-03-19', programs: ['cec'] };
const withCutoff = (cutoff: number | null): Draw => ({ ...DRAW, cutoff });

/** A correction and a profile for each pair of outcomes, none of them made up. */
const CORRECTIONS: Partial<Record<Pair, { before: Draw; profile: Profile }>> = {
  'not-invited to invited': { before: withCutoff(524), profile: PROFILES['invited-by-tie-break'] },
  'invited to not-invited': { before: withCutoff(505), profile: PROFILES['not-invited'] },
  'cannot-tell to invited': { before: withCutoff(null), profile: PROFILES['invited-above'] },
  'cannot-tell to not-invited': { before: withCutoff(null), profile: PROFILES['not-invited'] },
  'invited to cannot-tell': { before: withCutoff(520), profile: CLOSE },
  'not-invited to cannot-tell': { before: withCutoff(530), profile: CLOSE },
};

let writeHtml: HtmlWriter;
beforeAll(async () => {
  writeHtml = createHtmlWriter(await loadMjml());
});

function messageOf(notice: NoticeOf<'email'>): Message {
  return writeMessage(notice, SENDER) as Message;
}

function verdictOf(outcome: Outcome): Verdict {
  return { draw: DRAW.id, outcome, margin: null, reasons: [], cautions: [] };
}

/** The rows of a section, as the plain text shows them. */
function linesUnder(heading: string, message: Message): string[] {
  const block = plainText(message)
    .split('\n\n')
    .find((text) => text.startsWith(heading.toUpperCase()));
  return (block ?? '').split('\n').slice(1);
}

describe('golden copies', () => {
  for (const locale of LOCALES) {
    for (const [before, after] of PAIRS) {
      const pair: Pair = `${before} to ${after}`;
      it(`say the same as ever: ${pair}, ${locale}`, async () => {
        const notice = correctedNotice({ ...CORRECTIONS[pair], locale });

        const message = messageOf(notice);

        const name = `corrected-${before}-to-${after}.${locale}`;
        const text = `${message.subject}\n\n${plainText(message)}`;
        expect([notice.verdictBefore?.outcome, notice.verdict.outcome]).toEqual([before, after]);
        await expect(text).toMatchFileSnapshot(`../../fixtures/messages/${name}.txt`);
        await expect(writeHtml(message)).toMatchFileSnapshot(`../../fixtures/messages/${name}.html`);
      });
    }

    it(`say the same as ever: withdrawn, ${locale}`, async () => {
      const message = messageOf(withdrawnNotice({ locale }));

      const text = `${message.subject}\n\n${plainText(message)}`;
      const html = writeHtml(message);

      await expect(text).toMatchFileSnapshot(`../../fixtures/messages/withdrawn.${locale}.txt`);
      await expect(html).toMatchFileSnapshot(`../../fixtures/messages/withdrawn.${locale}.html`);
    });
  }
});

describe('a correction', () => {
  const SAYS: Partial<Record<Pair, string>> = {
    'not-invited to invited': 'Corrected: you would have been invited after all',
    'invited to not-invited': 'Corrected: you would not have been invited after all',
    'cannot-tell to invited': 'Corrected: we can tell now: you would have been invited',
    'cannot-tell to not-invited': 'Corrected: we can tell now: you would not have been invited',
    'invited to cannot-tell': 'Corrected: we can no longer tell whether you would have been invited',
    'not-invited to cannot-tell': 'Corrected: we can no longer tell whether you would have been invited',
  };

  it.each(PAIRS)('says in words of its own what it changes: %s to %s', (before, after) => {
    const pair: Pair = `${before} to ${after}`;

    const message = messageOf(correctedNotice(CORRECTIONS[pair]));

    const [firstLine] = plainText(message).split('\n');
    for (const text of [message.subject, firstLine, message.verdict]) expect(text).toContain(SAYS[pair]);
    expect(firstLine).toContain('draw #297 (Canadian Experience Class, May 31, 2024)');
    expect(firstLine).toContain('cut-off: ');
    expect(linesUnder('What it changes for you', message)).toEqual([
      expect.stringContaining(`By the figures before: ${en.outcomes[before]}`),
      expect.stringContaining(`By the corrected figures: ${en.outcomes[after]}`),
    ]);
  });

  it('shows what the publisher changed, before and after', () => {
    const message = messageOf(correctedNotice({ before: withCutoff(524) }));

    expect(linesUnder('What the publisher changed', message)).toEqual(['- Cut-off: 524 became 522']);
    expect(message.lead).toMatch(/The publisher corrected the draw \(cut-off: 524 became 522\)\.$/);
  });

  it('names every field in words, in both languages, first what may decide', () => {
    const changes: Change[] = [
      { field: 'label', before: 'General', after: 'Canadian Experience Class' },
      { field: 'invitations', before: 3000, after: null },
      { field: 'version', before: null, after: '2026-1' },
      { field: 'issuedAt', before: null, after: '2024-05-31T12:48:30Z' },
      { field: 'programs', before: ['fsw', 'cec', 'fst'], after: [] },
      { field: 'type', before: 'general', after: 'cec' },
      { field: 'date', before: '2024-05-30', after: '2024-05-31' },
      { field: 'tieBreakAt', before: null, after: '2024-03-19T18:58:58Z' },
      { field: 'cutoff', before: 524, after: 522 },
      { field: 'withdrawn', before: true, after: false },
    ];

    const [english, french] = LOCALES.map((locale) => messageOf(correctedNotice({ changes, locale })));

    expect(linesUnder('What the publisher changed', english as Message)).toEqual([
      '- On the official page: not listed became listed',
      '- Cut-off: 524 became 522',
      '- Tie-break: not published became March 19, 2024 at 18:58:58 UTC',
      '- Date: May 30, 2024 became May 31, 2024',
      '- Type: General became Canadian Experience Class',
      '- Programmes invited from: Federal Skilled Worker Program, Canadian Experience Class and Federal Skilled Trades Program became none',
      '- Time of the draw: not published became May 31, 2024 at 12:48:30 UTC',
      '- Version of the category: none became 2026-1',
      '- Invitations: 3,000 became not published',
      '- Published as: General became Canadian Experience Class',
    ]);
    const lines = linesUnder('Ce qui a été corrigé à la source', french as Message);
    expect(lines.map((line) => line.replaceAll('\u00a0', ' '))).toEqual([
      '- Sur la page officielle : absente avant, présente maintenant',
      '- Seuil : 524 avant, 522 maintenant',
      '- Départage : non publié avant, 19 mars 2024 à 18 h 58 min 58 s UTC maintenant',
      '- Date : 30 mai 2024 avant, 31 mai 2024 maintenant',
      '- Type : Générale avant, Catégorie de l’expérience canadienne maintenant',
      '- Programmes visés : Programme des travailleurs qualifiés (fédéral), Catégorie de l’expérience canadienne et Programme des travailleurs de métiers spécialisés (fédéral) avant, aucun maintenant',
      '- Heure de la ronde : non publié avant, 31 mai 2024 à 12 h 48 min 30 s UTC maintenant',
      '- Version de la catégorie : aucune avant, 2026-1 maintenant',
      '- Invitations : 3 000 avant, non publié maintenant',
      '- Nom publié : General avant, Canadian Experience Class maintenant',
    ]);
  });

  it('calls a type that nobody taught us by the name it had before', () => {
    const changes: Change[] = [
      { field: 'label', before: 'Cooks and bakers', after: 'Canadian Experience Class' },
      { field: 'type', before: 'other:cooks-and-bakers', after: 'cec' },
    ];

    const message = messageOf(correctedNotice({ changes }));

    expect(plainText(message)).toContain('- Type: “Cooks and bakers” became Canadian Experience Class');
  });

  it('asks for what is missing where nothing can be told any more', () => {
    const text = plainText(messageOf(correctedNotice(CORRECTIONS['invited to cannot-tell'])));

    expect(text).toContain('WHAT IS MISSING\n- profileSubmittedAt:');
  });

  it.each([
    ['the verdict before is not known', null],
    ['the outcome is the same', verdictOf('invited')],
  ])('is not written where %s', (_, verdictBefore) => {
    expect(writeMessage({ ...correctedNotice(), verdictBefore }, SENDER)).toBeNull();
  });

  it('has the whole answer in a subject that is not cut off, for every type, pair and language', () => {
    const types = [...DRAW_TYPES, 'other:long'] as const;
    for (const locale of LOCALES) {
      for (const type of types) {
        for (const [before, after] of PAIRS) {
          const draw: Draw = {
            ...DRAW,
            type,
            label: 'A long name of a category '.repeat(4),
            date: '2024-09-30',
          };
          const notice = { ...correctedNotice({ draw, locale }), verdict: verdictOf(after) };

          const { subject, verdict } = messageOf({ ...notice, verdictBefore: verdictOf(before) });

          expect(subject.length).toBeLessThanOrEqual(145);
          expect(subject).toContain(verdict);
          expect(subject).toMatch(
            locale === 'en' ? /#297\b.*cut-off 522, you 522$/ : /297\b.*seuil 522, vous 522$/,
          );
        }
      }
    }
  });
});

describe('a withdrawal', () => {
  it('says that what was told no longer holds, first', () => {
    const [english, french] = LOCALES.map((locale) => messageOf(withdrawnNotice({ locale })));

    expect(english?.subject).toBe(
      'Withdrawn: draw #297, Canadian Experience Class, May 31, 2024, is no longer on the official page',
    );
    expect(plainText(english as Message).split('\n')[0]).toBe(
      'Withdrawn: draw #297 (Canadian Experience Class, May 31, 2024) is no longer on the official page, so what we told you about it no longer holds.',
    );
    expect(french?.subject.replaceAll('\u00a0', ' ')).toBe(
      'Retrait : la ronde n° 297, Expérience canadienne, 31 mai 2024, ne figure plus sur la page officielle',
    );
  });

  it('repeats what was told, and since when it is gone', () => {
    const text = plainText(messageOf(withdrawnNotice()));

    expect(text).toContain('- We had told you: You would have been invited (+8)');
    expect(text).toContain('not listed this draw since June 2, 2024 at 09:31:00 UTC');
  });

  it('shows no numbers in the place of an answer', () => {
    const message = messageOf(withdrawnNotice());

    const html = writeHtml(message);

    expect(message.numbers).toEqual([]);
    expect(html).not.toContain('font-size:20px');
    expect(html).toContain('Withdrawn: this draw is no longer on the official page');
    expect(html).toContain('What we told you about it no longer holds.');
  });

  it('fits into a subject, for every type and language', () => {
    for (const locale of LOCALES) {
      for (const type of [...DRAW_TYPES, 'other:long'] as const) {
        const draw: Draw = { ...DRAW, type, label: 'x'.repeat(10_000), number: '9'.repeat(10_000) };

        const { subject } = messageOf(withdrawnNotice({ draw, locale }));

        expect(subject.length).toBeLessThanOrEqual(145);
        expect(subject).not.toMatch(/…$/);
      }
    }
  });
});

describe('both', () => {
  it('say who sends, why and since when, how to end it, and what it is not', () => {
    for (const notice of [correctedNotice(), withdrawnNotice()]) {
      const text = plainText(messageOf(notice));

      expect(text).toContain(SENDER.sender);
      expect(text).toContain('attested your consent');
      expect(text).toContain(SENDER.wayOut.page);
      expect(text).toContain('Information, not advice.');
      expect(text).not.toContain('amina@example.org');
    }
  });

  it('link to the official page and fetch nothing', () => {
    for (const notice of [correctedNotice(), withdrawnNotice()]) {
      const html = writeHtml(messageOf(notice)).replace(/\sxmlns(:\w)?="[^"]*"/g, '');

      expect(html.match(/\bhttps?:[^"'\s)]+/g)).toEqual([DRAW.url, SENDER.manage, SENDER.wayOut.page]);
      expect(html).not.toMatch(/<(img|link|script|iframe)\b|url\(/i);
    }
  });

  it('are words in both languages, none left in the other', () => {
    for (const part of ['fields', 'headings', 'labels', 'listed', 'none'] as const) {
      const [english, french] = LOCALES.map((locale) => LANGUAGES[locale].changes[part]);
      expect(Object.keys(french ?? {}).sort()).toEqual(Object.keys(english ?? {}).sort());
      for (const word of [...Object.values(english ?? {}), ...Object.values(french ?? {})])
        expect(word).toMatch(/\S/);
    }
    for (const notice of [correctedNotice, withdrawnNotice]) {
      const text = plainText(messageOf(notice({ locale: 'fr' })));
      const ours = text.replace(/https:\S+|Canadian Experience Class|Drawbell of.*/g, '');
      expect(ours).not.toMatch(/\b(the|you|draw|corrected|withdrawn|became|listed|figures|before)\b/i);
    }
  });

  it('make text from elsewhere harmless', () => {
    const EVIL = `<script>x</script>\r\nBcc: victim@example.net\u202e{{lead}}${'y'.repeat(10_000)}`;
    const fields = Object.keys(en.changes.fields) as CorrectableField[];
    const changes: Change[] = fields.flatMap((field) => [
      { field, before: EVIL, after: { [EVIL]: EVIL } },
      { field, before: [EVIL], after: null },
    ]);
    const draw: Draw = { ...DRAW, type: 'other:x', label: EVIL, number: EVIL };

    for (const locale of LOCALES) {
      for (const notice of [correctedNotice({ changes, draw, locale }), withdrawnNotice({ draw, locale })]) {
        const message = messageOf(notice);
        const text = plainText(message);
        const html = writeHtml(message);

        expect(message.subject).not.toMatch(/[\p{Cc}\p{Cf}]/u);
        expect(message.subject.length).toBeLessThanOrEqual(145);
        expect(text).not.toMatch(/^Bcc:/m);
        expect(text.replaceAll('\n', '')).not.toMatch(/[\p{Cc}\p{Cf}]/u);
        expect(text.length).toBeLessThan(10_000);
        expect(html).not.toMatch(/<script|\u202e/);
        expect(html.length).toBeLessThan(40_000);
      }
    }
  });

  it('and publications are all that readers are written of', () => {
    const notice = sampleNotice();

    const written = EVENT_TYPES.filter((type) => {
      const event = {
        ...notice.event,
        type,
        data: { draw: DRAW, special: [], changes: [], missingSince: notice.event.at },
      };
      const before = verdictOf('not-invited');
      return writeMessage({ ...notice, event: event as never, verdictBefore: before }, SENDER) !== null;
    });

    expect(written).toEqual(['draw.published', 'draw.corrected', 'draw.withdrawn']);
  });
});
