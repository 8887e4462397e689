// The second opinion: the French feed, read as far as it can be.

import { describe, expect, it } from 'vitest';
import { buildFeed, type FeedRound, toRound, wrapRounds } from '../../src/demo/feed.ts';
import { ircc } from '../../src/sources/ircc.ts';
import { parseOpinions } from '../../src/sources/ircc-fr.ts';
import { shippedDraw, shippedDraws } from '../draw/history.ts';
import { documentOf } from './documents.ts';

/** A round as the French feed spells it; sizes are grouped with `space`. */
function french(number: number | string, changes: FeedRound = {}, space = '\u00a0'): FeedRound {
  const round = toRound(shippedDraw(number));
  return {
    ...round,
    drawName: 'Catégorie de l’expérience canadienne',
    drawDateFull: 'Le 31 mai 2024',
    drawSize: String(round.drawSize).replace(',', space),
    ...changes,
  };
}

function parse(...rounds: FeedRound[]) {
  return parseOpinions(documentOf(ircc, wrapRounds(rounds)));
}

/** The bytes in Windows-1252 of a text that needs no more than Latin-1 and its apostrophe. */
function windows1252(text: string): Uint8Array {
  return Uint8Array.from(text, (character) => (character === '’' ? 0x92 : character.charCodeAt(0)));
}

const OPINION_297 = { id: 'ircc:297', date: '2024-05-31', invitations: 3000, cutoff: 522 };

describe('the second opinion', () => {
  it('is asked of the source by its contract', () => {
    const document = documentOf(ircc, wrapRounds([french(297)]));

    expect(ircc.secondOpinion?.documentUrl).toMatch(/_fr\.json$/);
    expect(ircc.secondOpinion?.parse(document)).toEqual([OPINION_297]);
  });

  it('says of every round of the history what the first one says', () => {
    const draws = shippedDraws();

    const opinions = parseOpinions(documentOf(ircc, buildFeed(draws)));

    const facts = draws.map(({ id, date, invitations, cutoff }) => ({ id, date, invitations, cutoff }));
    expect(opinions.toReversed()).toEqual(facts);
  });

  it.each([
    ['a space', ' '],
    ['a non-breaking space', '\u00a0'],
    ['a narrow one', '\u202f'],
    ['a thin one', '\u2009'],
    ['a comma', ','],
    ['nothing', ''],
  ])('reads sizes grouped with %s', (_what, space) => {
    expect(parse(french(297, {}, space))).toEqual([OPINION_297]);
  });

  it('reads the file in Windows-1252 as in UTF-8', () => {
    const text = wrapRounds([french(297)]);

    const opinions = [windows1252(text), new TextEncoder().encode(text)].map((bytes) =>
      parseOpinions(documentOf(ircc, bytes)),
    );

    expect(opinions).toEqual([[OPINION_297], [OPINION_297]]);
  });

  it.each<[string, FeedRound, object]>([
    ['a date in words', { drawDate: '31 mai 2024' }, { invitations: 3000, cutoff: 522 }],
    ['no size', { drawSize: '' }, { date: '2024-05-31', cutoff: 522 }],
    ['a size of zero', { drawSize: '0' }, { date: '2024-05-31', cutoff: 522 }],
    ['a cut-off to come', { drawCRS: 'à venir' }, { date: '2024-05-31', invitations: 3000 }],
    ['a cut-off of zero', { drawCRS: '0' }, { date: '2024-05-31', invitations: 3000 }],
    ['a cut-off beyond any score', { drawCRS: '5220' }, { date: '2024-05-31', invitations: 3000 }],
  ])('says nothing of what it cannot read: %s', (_what, changes, said) => {
    expect(parse(french(297, changes))).toEqual([{ id: 'ircc:297', ...said }]);
  });

  it.each(['', '297-e', 'no 297', '0'])('skips a round whose number is %j', (drawNumber) => {
    expect(parse(french(297, { drawNumber }), french(296))).toEqual([
      { id: 'ircc:296', date: '2024-05-30', invitations: 2985, cutoff: 676 },
    ]);
  });

  it('skips a round without a number, and values that are no text', () => {
    const text =
      '{"rounds":[{"drawSize":"5"},{"drawNumber":"297","drawDate":7,"drawSize":3000,"drawCRS":null}]}';

    expect(parseOpinions(documentOf(ircc, text))).toEqual([{ id: 'ircc:297' }]);
  });

  it('has no opinion where it contradicts itself, however often', () => {
    const other = french(297, { drawCRS: '520' });

    expect(parse(french(297), other).map(({ id }) => id)).toEqual([]);
    expect(parse(french(297), other, french(297), french(296)).map(({ id }) => id)).toEqual(['ircc:296']);
  });

  it('has one where it says the same twice', () => {
    expect(parse(french(297), french(297))).toEqual([OPINION_297]);
  });

  it.each([
    ['a bot wall', '<title>Accès refusé</title>', 'bot-wall'],
    ['maintenance', '<h1>Site en maintenance</h1>', 'maintenance'],
    ['another page', '<h1>Page introuvable</h1>', 'html'],
    ['a cut-off feed', '{"rounds":[{"drawNumber":"297"', 'broken'],
    ['an empty list', '{"rounds":[]}', 'empty'],
    ['another shape', '{"rondes":[]}', 'shape'],
  ])('is not taken from %s', (_what, text, trouble) => {
    expect(() => parseOpinions(documentOf(ircc, text))).toThrow(
      expect.objectContaining({ name: 'PageError', trouble }),
    );
  });
});
