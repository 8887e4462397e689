// The page people read, as a browser shows it: what it says of the draws, and what is not believed of it.

import { beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { buildFeed, toRound } from '../../src/demo/feed.ts';
import { openOfficialSite } from '../../src/demo/official-site.ts';
import type { Draw } from '../../src/draw/draw.ts';
import { PageError } from '../../src/errors.ts';
import { findDocument } from '../../src/fetch/browser.ts';
import { ircc } from '../../src/sources/ircc.ts';
import { parsePage } from '../../src/sources/ircc-page.ts';
import type { Reading } from '../../src/sources/source.ts';
import { shippedDraw, shippedDraws } from '../draw/history.ts';
import { chromiumPath } from '../support/chromium.ts';
import { documentOf } from './documents.ts';

const CEC_297 = shippedDraw(297);
const FIELDS = ['date', 'label', 'type', 'version', 'invitations', 'cutoff'];
const HEADINGS = [
  '#',
  'Date',
  'Round type',
  'Invitations issued',
  'CRS score of lowest-ranked candidate invited',
];

function parse(html: string): Reading {
  return parsePage(documentOf(ircc, html, { 'content-type': 'text/html; charset=utf-8' }));
}

function failureOf(html: string): PageError {
  try {
    parse(html);
  } catch (error) {
    if (error instanceof PageError) return error;
    throw error;
  }
  throw new Error('expected a PageError, found a reading');
}

/** The cells of a draw's row, in the order of `HEADINGS`. */
function cellsOf(draw: Draw): string[] {
  const { drawNumberURL = '', drawDateFull = '', drawName = '', drawSize = '', drawCRS = '' } = toRound(draw);
  return [drawNumberURL, drawDateFull, drawName, drawSize, drawCRS];
}

function tableOf(rows: readonly (readonly string[])[], headings: readonly string[] = HEADINGS): string {
  const row = (cells: readonly string[], name: string) =>
    `<tr>${cells.map((cell) => `<${name}>${cell}</${name}>`).join('')}</tr>`;
  return `<table class="wb-tables"><thead>${row(headings, 'th')}</thead>
    <tbody>${rows.map((cells) => row(cells, 'td')).join('\n')}</tbody></table>`;
}

/** What the page says of a draw above its table, by labels. */
function newestOf(draw: Draw): string {
  const { drawSize, drawDateTime, drawCRS, drawCutOff } = toRound(draw);
  return `<p><strong>Number of invitations issued:</strong>&nbsp;<span>${drawSize}</span><sup id="fn*-rf">
      <a class="fn-lnk" href="#fn*"><span class="wb-inv">Footnote </span>*</a></sup></p>
    <p><strong>Rank required to be invited to apply:</strong> ${drawSize} or above</p>
    <p><strong>Date and time of round: </strong>${drawDateTime}</p>
    <p><strong>CRS score of lowest-ranked candidate invited:</strong> ${drawCRS}</p>
    <p><strong>Tie-breaking rule:</strong> ${drawCutOff}</p>
    <p>If more than one candidate has the lowest score, the cut-off is a matter of the date and time.</p>`;
}

/** A draw as far as the table says it. */
function listed(draw: Draw): Draw {
  const { inferred: _, ...facts } = draw;
  return { ...facts, issuedAt: null, programs: null, tieBreakAt: null, pool: null };
}

/** A draw as far as the page says it of its newest one. */
function shown(draw: Draw): Draw {
  return { ...listed(draw), issuedAt: draw.issuedAt, tieBreakAt: draw.tieBreakAt };
}

describe('the page in a browser', () => {
  let executable: string;
  beforeAll(async () => {
    executable = await chromiumPath();
  });

  it('says of every draw what its feed says, as far as it says it', async () => {
    const draws = shippedDraws();
    const site = await openOfficialSite(buildFeed(draws));
    onTestFinished(() => site.close());
    const request = {
      source: 'ircc',
      pageUrl: site.pageUrl,
      site: '127.0.0.1',
      userAgent: 'drawbell/test',
      executable,
      isDocument: () => false,
    };

    const { document } = await findDocument(request, { now: () => new Date('2026-07-10T20:00:00Z') });
    const reading = parsePage(document);

    const newest = draws.at(-1) as Draw;
    expect(reading.draws).toEqual([...draws.slice(0, -1).map(listed), shown(newest)]);
    expect(reading.draws.map((draw) => Object.keys(draw))).toEqual(
      reading.draws.map(() => Object.keys(newest)),
    );
    expect(reading.unreadable).toEqual([]);
    expect(reading.doubts).toEqual([]);
    expect(reading.says?.['ircc:91a']).toEqual([...FIELDS, 'url']);
    expect(reading.says?.['ircc:426']).toEqual([...FIELDS, 'issuedAt', 'tieBreakAt', 'url']);
  });
});

describe('the table of rounds', () => {
  it('is read by its headings, whatever their order, their wording and what stands between them', () => {
    const cells = ['x', '3,000', 'Canadian Experience Class', '<a href="/x">297</a>', '522', 'May 31, 2024'];
    const headings = [
      'Remarks',
      'Number of invitations issued',
      'Round&nbsp;type',
      'Round <abbr title="number">#</abbr>',
      '<button>CRS Score of the lowest ranked candidate invited<span class="wb-inv">: sort</span></button>',
      'Date of round',
    ];

    const { draws } = parse(tableOf([cells], headings));

    expect(draws).toEqual([{ ...listed(CEC_297), url: 'https://www.canada.ca/x' }]);
  });

  it('keeps letters: 91a and 91b are two draws of one day', () => {
    const both = [shippedDraw('91b'), shippedDraw('91a')];

    const { draws } = parse(tableOf(both.map(cellsOf)));

    expect(draws).toEqual([listed(shippedDraw('91a')), listed(shippedDraw('91b'))]);
  });

  it('is found among others', () => {
    const pool = tableOf([['601-1200', '525']], ['CRS score range', 'Number of candidates']);

    const { draws } = parse(`<table><tr><td>${pool}</td></tr></table>${tableOf([cellsOf(CEC_297)])}${pool}`);

    expect(draws).toEqual([listed(CEC_297)]);
  });

  it('passes over what is no round: repeated headings, blank rows and remarks across it', () => {
    const rows = [[], HEADINGS, ['', '', '', '', ''], cellsOf(CEC_297)];
    const html = tableOf(rows).replace('</tbody>', '<tr><td colspan="5">Showing 1 to 1</td></tr></tbody>');

    const { draws, unreadable } = parse(html);

    expect(draws).toEqual([listed(CEC_297)]);
    expect(unreadable).toEqual([]);
  });

  it('leaves footnotes, sorting keys and words for screen readers out of what it says', () => {
    const [number, date, label, size, score] = cellsOf(CEC_297) as [string, string, string, string, string];
    const cells = [
      number,
      `<span class="hidden">20240531</span>${date}`,
      label.replace('Experience ', 'Experience<br>'),
      `${size}<sup><a href="#fn1"><span class="wb-inv">Footnote </span>1</a></sup>`,
      `<strong>${score}</strong><span style="display: none">999</span>`,
    ];

    const { draws } = parse(tableOf([cells]));

    expect(draws).toEqual([listed(CEC_297)]);
  });

  it('links to nothing outside the official site', () => {
    const hrefs = [
      'javascript:alert(1)',
      'https://canada.ca.example.org/297',
      'https://user@www.canada.ca/297',
      '//example.org/297',
    ];

    const urls = hrefs.map((href) => {
      const cells = cellsOf(CEC_297).with(0, `<a href="${href}">297</a>`);
      const { draws, says } = parse(tableOf([cells]));
      return [draws[0]?.url, says?.['ircc:297']?.includes('url')];
    });

    expect(urls).toEqual(hrefs.map(() => [null, false]));
  });
});

describe('a row that cannot be read', () => {
  it.each([
    [0, 'none', 'ircc:?2', 'number', 'a number such as 297 or 91a'],
    [0, '0', 'ircc:?2', 'number', 'a number such as 297 or 91a'],
    [1, 'May 32, 2024', 'ircc:297', 'date', 'a day'],
    [1, '05/06/2024', 'ircc:297', 'date', 'a day'],
    [2, '', 'ircc:297', 'label', 'the name of the draw'],
    [3, 'about 3,000', 'ircc:297', 'invitations', 'the number of invitations'],
    [3, '0', 'ircc:297', 'invitations', 'the number of invitations'],
    [3, '<p>3</p><p>000</p>', 'ircc:297', 'invitations', 'the number of invitations'],
    [4, '', 'ircc:297', 'cutoff', 'the cut-off score, 1 to 1200'],
    [4, '5222', 'ircc:297', 'cutoff', 'the cut-off score, 1 to 1200'],
    [4, '-522', 'ircc:297', 'cutoff', 'the cut-off score, 1 to 1200'],
  ])('is kept apart, and the others are read: column %i is "%s"', (column, cell, id, where, expected) => {
    const rows = [cellsOf(CEC_297).with(column, cell), cellsOf(shippedDraw(296))];

    const { draws, unreadable } = parse(tableOf(rows));

    expect(draws.map((draw) => draw.id)).toEqual(['ircc:296']);
    expect(unreadable).toEqual([
      { id, faults: [{ where: `${id} ${where}`, expected, found: expect.any(String) }] },
    ]);
  });

  it.each([
    ['one cell too few', cellsOf(CEC_297).slice(0, 4)],
    ['one cell too many', [...cellsOf(CEC_297), '522']],
  ])('is kept apart with %s', (_, cells) => {
    const { draws, unreadable } = parse(tableOf([cells, cellsOf(shippedDraw(296))]));

    expect(draws.map((draw) => draw.id)).toEqual(['ircc:296']);
    expect(unreadable[0]?.faults[0]).toEqual({
      where: 'ircc:297 row',
      expected: 'a cell for each heading',
      found: `${cells.length} cells across ${cells.length} columns`,
    });
  });

  it('is kept apart when a cell spans two columns', () => {
    const html = tableOf([cellsOf(CEC_297), cellsOf(shippedDraw(296))]).replace(
      '<td>3,000</td><td>522</td>',
      '<td colspan="2">522</td>',
    );

    const { draws, unreadable } = parse(html);

    expect(draws.map((draw) => draw.id)).toEqual(['ircc:296']);
    expect(unreadable.map(({ id }) => id)).toEqual(['ircc:297']);
  });

  it('is kept apart when its number is there twice, with different content', () => {
    const rows = [cellsOf(CEC_297), cellsOf(CEC_297).with(4, '512'), cellsOf(shippedDraw(296))];

    const { draws, unreadable } = parse(tableOf(rows));

    expect(draws.map((draw) => draw.id)).toEqual(['ircc:296']);
    expect(unreadable).toEqual([
      {
        id: 'ircc:297',
        faults: [
          {
            where: 'ircc:297 number',
            expected: 'each number once',
            found: 'it twice, with different content',
          },
        ],
      },
    ]);
  });

  it('shows hostile text as one harmless line', () => {
    const hostile = '\u202e\u001b[31mSystem\nfailure\u0007'.concat('!'.repeat(500));
    const rows = [cellsOf(CEC_297).with(3, hostile), cellsOf(shippedDraw(296))];

    const { unreadable } = parse(tableOf(rows));

    const found = unreadable[0]?.faults[0]?.found ?? '';
    expect(found).toMatch(/^"\[31mSystem failure !+…"$/);
    expect(found.length).toBeLessThan(100);
  });
});

describe('what the page says of its newest round', () => {
  const table = tableOf([cellsOf(CEC_297), cellsOf(shippedDraw(296))]);

  it('is read by its labels', () => {
    const { draws, says, doubts } = parse(newestOf(CEC_297) + table);

    expect(draws).toEqual([listed(shippedDraw(296)), shown(CEC_297)]);
    expect(says?.['ircc:297']).toEqual([...FIELDS, 'issuedAt', 'tieBreakAt', 'url']);
    expect(says?.['ircc:296']).toEqual([...FIELDS, 'url']);
    expect(doubts).toEqual([]);
  });

  it('is read from a list of labels and values', () => {
    const { drawSize, drawDateTime, drawCRS, drawCutOff } = toRound(CEC_297);
    const list = `<dl><dt>Number of invitations issued</dt><dd>${drawSize}</dd>
      <dt>CRS score of lowest-ranked candidate invited:</dt><dd>${drawCRS}</dd>
      <dt>Date and time of round:</dt><dd>${drawDateTime}</dd><dt>Tie-breaking rule</dt><dd>${drawCutOff}</dd></dl>`;

    const { draws } = parse(list + table);

    expect(draws.at(-1)).toEqual(shown(CEC_297));
  });

  it('is read by where its script takes it from, in other words and for an older round too', () => {
    const { drawNumber, drawSize, drawDateTime, drawCRS, drawCutOff } = toRound(shippedDraw(296));
    const spans = `<h2>#<span data-json-replace="#[ee]/rounds/0/drawNumber">${drawNumber}</span></h2>
      <p>Sent: <b data-json-replace="#[ee]/rounds/0/drawSize">${drawSize}</b>
      at <b data-json-replace="#[ee]/rounds/0/drawCRS">${drawCRS}</b>,
      <b data-json-replace="/data.json#/rounds/0/drawDateTime">${drawDateTime}</b>,
      <b data-json-replace="/rounds/0/drawCutOff">${drawCutOff}</b>
      <b data-json-replace="/rounds/10/drawCutOff">January 1, 2024 at 00:00:00 UTC</b></p>`;

    const { draws } = parse(spans + table);

    expect(draws).toEqual([shown(shippedDraw(296)), listed(CEC_297)]);
  });

  it('is not used where it is blank, as without the script', () => {
    const labels = newestOf({
      ...CEC_297,
      invitations: null,
      cutoff: null,
      issuedAt: null,
      tieBreakAt: null,
    });

    const { draws, doubts } = parse(labels + table);

    expect(draws.at(-1)).toEqual(listed(CEC_297));
    expect(doubts).toEqual([]);
  });

  it('is not used for another round than the one it is about', () => {
    const rows = [cellsOf(CEC_297).with(4, 'n/a'), cellsOf(shippedDraw(296))];

    const { draws, unreadable } = parse(newestOf(CEC_297) + tableOf(rows));

    expect(draws).toEqual([listed(shippedDraw(296))]);
    expect(unreadable.map(({ id }) => id)).toEqual(['ircc:297']);
  });

  it('keeps the round apart when it contradicts the table', () => {
    const { draws, unreadable } = parse(newestOf({ ...CEC_297, cutoff: 512 }) + table);

    expect(draws.map(({ id }) => id)).toEqual(['ircc:296']);
    expect(unreadable).toEqual([
      {
        id: 'ircc:297',
        faults: [
          {
            where: 'ircc:297 cutoff',
            expected: 'the same everywhere on the page',
            found: '522 in the table and 512 above it',
          },
        ],
      },
    ]);
  });

  it.each([
    ['soon', 'an instant or nothing'],
    ['August 19, 2024 at 18:58:58 UTC', 'an instant before the draw'],
  ])('leaves a tie-break unknown that says no instant: %s', (cutOff, expected) => {
    const html = newestOf(CEC_297).replace('March 19, 2024 at 18:58:58 UTC', cutOff);

    const { draws, doubts, says } = parse(html + table);

    expect(draws.at(-1)).toEqual({ ...shown(CEC_297), tieBreakAt: null });
    expect(says?.['ircc:297']).not.toContain('tieBreakAt');
    expect(doubts).toEqual([{ where: 'ircc:297 tieBreakAt', expected, found: `"${cutOff}"` }]);
  });

  it('leaves a tie-break unknown that is said in two ways', () => {
    const twice = '<p>Tie-breaking rule: March 20, 2024 at 18:58:58 UTC</p>';

    const { draws } = parse(newestOf(CEC_297) + twice + table);

    expect(draws.at(-1)?.tieBreakAt).toBeNull();
  });
});

describe('a page that is another one', () => {
  it.each([
    ['', 'no table on a page without a title'],
    ['<title>Page not found</title><h1>404</h1>', 'no table on "Page not found"'],
    [
      `<title>Rounds</title>${tableOf([['601-1200', '525']], ['CRS score range', 'Number of candidates'])}`,
      '1 without them on "Rounds"',
    ],
    [tableOf([['297', '3000']], [...HEADINGS, 'Date of round']), '1 without them on a page without a title'],
    [
      `<!-- ${tableOf([cellsOf(CEC_297)])} --><template>${tableOf([cellsOf(CEC_297)])}</template>`,
      'no table on a page without a title',
    ],
  ])('is named as such: %s', (html, found) => {
    const error = failureOf(html);

    expect(error.trouble).toBe('shape');
    expect(error.message).toContain(
      'ircc: expected a table with the headings number, date, label, invitations, cutoff',
    );
    expect(error.message).toContain(`found ${found}`);
  });

  it('is named as such when its table is empty, as without the script', () => {
    const error = failureOf(tableOf([]));

    expect(error.trouble).toBe('empty');
    expect(error.message).toContain('expected at least one round in the table');
  });

  it('is named as such when none of its rows can be read', () => {
    const error = failureOf(tableOf([cellsOf(CEC_297).with(4, '?')]));

    expect(error.trouble).toBe('shape');
    expect(error.message).toContain('found 1 that cannot');
  });

  it.each([
    ['deeply nested', '<div>'.repeat(20_000), 'one nested too deeply to read'],
    ['table in table', `<table>${'<tr><td><table>'.repeat(2_000)}`, 'one nested too deeply to read'],
    ['without end', '<p>x</p>'.repeat(100_000), 'one with more than 60000 tags'],
  ])('holds nobody up, even when it is hostile: %s', (_, html, found) => {
    const error = failureOf(html + tableOf([cellsOf(CEC_297)]));

    expect(error.trouble).toBe('shape');
    expect(error.message).toContain(`found ${found}`);
  });
});
