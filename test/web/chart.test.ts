// The chart of cut-offs and invitations: what is where in it, and how it is told to whoever cannot see it.

import { describe, expect, it } from 'vitest';
import type { Draw } from '../../src/draw/draw.ts';
import { DRAW_TYPES } from '../../src/draw/draw-type.ts';
import type { Locale } from '../../src/match/notice.ts';
import { writeChart } from '../../src/web/pages/chart.ts';
import { markPath } from '../../src/web/pages/chart-marks.ts';
import { viewOf } from '../../src/web/site.ts';
import { BASE } from '../../src/web/style/base.ts';
import { CHART } from '../../src/web/style/chart.ts';
import { shippedDraws } from '../draw/history.ts';
import { drawLike } from './history-draws.ts';

const SITE = { kind: 'served', origin: null, sender: null, operator: null } as const;

function chartOf(draws: readonly Draw[], locale: Locale = 'en'): string {
  return String(writeChart(viewOf(SITE, locale, '/en/history/'), draws));
}

/** The corners of the path of a type's marks, or of its bars. */
function cornersOf(chart: string, type: string, kind: 'marks' | 'bars'): { x: number; y: number }[] {
  const group = new RegExp(`<g class="series of-${type} .*?</g>`).exec(chart)?.[0] ?? '';
  const path = new RegExp(`class="${kind}".*? d="([^"]*)"`).exec(group)?.[1] ?? '';
  return [...path.matchAll(/[ML]([\d.]+),([\d.]+)(?:V([\d.]+))?/g)].map(([, x, y, top]) => ({
    x: Number(x),
    y: Number(top ?? y),
  }));
}

/** The text of each element of this name. */
function textsOf(chart: string, name: string): string[] {
  return [...chart.matchAll(new RegExp(`<${name}[^>]*>(.*?)</${name}>`, 'g'))].map(([, text = '']) => text);
}

describe('the chart', () => {
  it('has a mark and a bar for every draw, and is no larger than 25 KB', () => {
    const draws = shippedDraws();

    const chart = chartOf(draws);

    for (const [type, ofType] of Map.groupBy(draws, (draw) => draw.type)) {
      expect(cornersOf(chart, type, 'marks')).toHaveLength(ofType.length);
      expect(cornersOf(chart, type, 'bars')).toHaveLength(ofType.length);
    }
    const picture = /<svg viewBox="0 .*?<\/svg>/s.exec(chart)?.[0] ?? '';
    expect(picture.length).toBeGreaterThan(10_000);
    expect(picture.length).toBeLessThan(25_000);
  });

  it('goes with time to the right and with scores upwards, whatever the order of the draws', () => {
    const draws = [
      drawLike('3', { date: '2024-09-01', cutoff: 520 }),
      drawLike('1', { date: '2024-01-01', cutoff: 500 }),
      drawLike('2', { date: '2024-05-01', cutoff: 540 }),
    ];

    const [first, second, third] = cornersOf(chartOf(draws), 'cec', 'marks');

    expect(first?.x).toBeLessThan(second?.x ?? 0);
    expect(second?.x).toBeLessThan(third?.x ?? 0);
    expect(second?.y).toBeLessThan(third?.y ?? 0);
    expect(third?.y).toBeLessThan(first?.y ?? 0);
    expect(chartOf(draws.toReversed())).toBe(chartOf(draws));
  });

  it('gives scores that hold a nomination, and those far below all others, a panel of their own', () => {
    const draws = [
      drawLike('1', { date: '2024-01-01', cutoff: 75 }),
      drawLike('2', { date: '2024-02-01', cutoff: 300 }),
      drawLike('3', { date: '2024-03-01', cutoff: 599 }),
      drawLike('4', { date: '2024-04-01', cutoff: 600 }),
      drawLike('5', { date: '2024-05-01', cutoff: 902 }),
    ];

    const chart = chartOf(draws);

    const panels = [...chart.matchAll(/<rect class="panel" [^>]*y="(\d+)"[^>]*height="(\d+)"/g)].map(
      ([, y, height]) => ({ top: Number(y), bottom: Number(y) + Number(height) }),
    );
    const panelOf = ({ y }: { y: number }) => panels.findIndex(({ top, bottom }) => top < y && y < bottom);
    expect(panels).toHaveLength(4);
    expect(cornersOf(chart, 'cec', 'marks').map(panelOf)).toEqual([2, 1, 1, 0, 0]);
    expect(chart).toContain('Cut-offs stand in panels');
    expect(chartOf(draws.slice(1, 3))).not.toContain('Cut-offs stand in panels');
  });

  it('keeps every mark inside its panel, and every level beside it', () => {
    for (const draws of [shippedDraws(), ...Map.groupBy(shippedDraws(), ({ type }) => type).values()]) {
      const chart = chartOf(draws);
      const panels = [
        ...chart.matchAll(/<rect class="panel" x="(\d+)" y="(\d+)" width="(\d+)" height="(\d+)"/g),
      ].map(([, ...numbers]) => numbers.map(Number) as [number, number, number, number]);
      const corners = draws.flatMap(({ type }) => cornersOf(chart, type, 'marks'));
      const inside = corners.filter(({ x, y }) =>
        panels.some(
          ([left, top, width, height]) =>
            left + 5 < x && x < left + width - 5 && top + 5 < y && y < top + height - 5,
        ),
      );
      const levels = [...chart.matchAll(/class="level" x="[\d.]+" y="([\d.]+)"/g)].map(([, y]) => Number(y));
      expect(inside).toHaveLength(corners.length);
      // Two levels closer than a line of text could not be read.
      expect(levels.slice(1).filter((y, index) => Math.abs(y - (levels[index] ?? 0)) < 16)).toEqual([]);
    }
  });

  it('names no score in two panels but the one they meet at', () => {
    const chart = chartOf(shippedDraws());

    const panels = chart.split('<rect class="panel"').slice(1, 4);
    const scores = panels.map((panel) =>
      [...panel.matchAll(/class="level"[^>]*>([\d,]+)</g)].map(([, text = '']) =>
        Number(text.replace(',', '')),
      ),
    );
    const [high = [], usual = [], low = []] = scores;
    expect(Math.min(...high)).toBeGreaterThanOrEqual(600);
    expect([Math.min(...usual), Math.max(...usual)]).toEqual([300, 600]);
    expect(Math.max(...low)).toBeLessThanOrEqual(300);
    expect(Math.min(...low)).toBeGreaterThanOrEqual(0);
  });

  it('joins draws by a line, but not over a panel or a lull', () => {
    const draws = [
      drawLike('1', { date: '2023-01-01', cutoff: 500 }),
      drawLike('2', { date: '2023-02-01', cutoff: 510 }),
      drawLike('3', { date: '2023-03-01', cutoff: 700 }),
      drawLike('4', { date: '2023-04-01', cutoff: 710 }),
      drawLike('5', { date: '2023-12-01', cutoff: 720 }),
      drawLike('6', { date: '2023-12-20', cutoff: 730 }),
    ];

    const path = /class="marks"[^>]* d="([^"]*)"/.exec(chartOf(draws))?.[1] ?? '';

    expect(path.replace(/[^ML]/g, '')).toBe('MLMLML');
  });

  it('cuts a bar that would flatten all others, and writes its number beside it', () => {
    const draws = Array.from({ length: 30 }, (_, index) =>
      drawLike(String(index), {
        date: `2024-01-${String(index + 1).padStart(2, '0')}`,
        invitations: index === 9 ? 27_332 : 3_000,
      }),
    );

    const chart = chartOf(draws);

    const bars = cornersOf(chart, 'cec', 'bars').map(({ y }) => y);
    const panel = /<rect class="panel" x="\d+" y="(\d+)" width="\d+" height="(\d+)"\/>(?!.*<rect)/s.exec(
      chart,
    );
    const [top, height] = [Number(panel?.[1]), Number(panel?.[2])];
    const lengths = bars.map((y) => top + height - y);
    expect(Math.min(...lengths)).toBeGreaterThan(height / 2);
    expect(Math.max(...lengths)).toBeLessThanOrEqual(height);
    expect(textsOf(chart, 'text')).toContain('27,332');
    expect(chart).toContain('goes beyond the scale');
    expect(chartOf(draws.slice(10))).not.toContain('goes beyond the scale');
  });

  it('leaves out what was not published, and makes no zero of it', () => {
    const draws = [
      drawLike('1', { date: '2024-01-01', cutoff: null }),
      drawLike('2', { date: '2024-02-01', invitations: null }),
      drawLike('3', { date: '2024-03-01' }),
      drawLike('4', { date: '2024-04-01' }),
    ];

    const chart = chartOf(draws);

    expect(cornersOf(chart, 'cec', 'marks')).toHaveLength(3);
    expect(cornersOf(chart, 'cec', 'bars')).toHaveLength(2);
  });

  it.each([
    ['no draw', []],
    ['one draw', [drawLike('1')]],
    ['draws without cut-offs', [drawLike('1', { cutoff: null }), drawLike('2', { cutoff: null })]],
  ])('is not there for %s', (_, draws) => {
    expect(chartOf(draws)).toBe('');
  });

  it('names years, or months where there is but one year', () => {
    const years = shippedDraws();
    const months = years.filter(({ date }) => date.startsWith('2024'));

    expect(textsOf(chartOf(years), 'text')).toEqual(expect.arrayContaining(['2015', '2026']));
    expect(textsOf(chartOf(months), 'text')).toEqual(expect.arrayContaining(['Jan', 'Dec']));
    expect(textsOf(chartOf(months, 'fr'), 'text')).toEqual(expect.arrayContaining(['janv.', 'déc.']));
  });

  it('of many years names no more than there is room for', () => {
    const draws = ['2015-01-31', '2024-05-31', '2090-12-31'].map((date, index) =>
      drawLike(String(index), { date }),
    );

    const years = textsOf(chartOf(draws), 'text').filter((text) => /^\d{4}$/.test(text));

    expect(years.length).toBeGreaterThan(5);
    expect(years.length).toBeLessThanOrEqual(14);
  });
});

describe('whoever cannot see the chart', () => {
  it('hears what it is and between which figures it lies', () => {
    const chart = chartOf(shippedDraws());

    expect(chart).toContain('role="img" aria-labelledby="chart-title chart-description"');
    expect(chart).toContain(
      '<title id="chart-title">Cut-offs and invitations, from January 31, 2015 to July 10, 2026</title>',
    );
    expect(chart).toMatch(
      /<desc id="chart-description">427 draws with cut-offs from 75 to 902 and from 118 to 27,332 invitations\./,
    );
  });

  it('finds the latest of a day where a day has two, whatever the order of the draws', () => {
    const draws = ['1', '2'].map((number) =>
      drawLike(number, { date: '2024-05-01', cutoff: 500 + Number(number) }),
    );

    const [table, again] = [chartOf(draws), chartOf(draws.toReversed())].map((chart) => textsOf(chart, 'td'));

    expect(again).toEqual(table);
    expect(table?.at(-1)).toContain('502');
  });

  it('finds the figures of each type in a table', () => {
    const [, ...rows] = textsOf(chartOf(shippedDraws()).replaceAll('\n', ''), 'tr');

    const french = rows.find((row) => row.includes('French-language proficiency'));
    expect(rows).toHaveLength(14);
    expect(
      french
        ?.replace(/<[^>]+>/g, ' ')
        .replace(/\s+/g, ' ')
        .trim(),
    ).toMatch(
      /^French-language proficiency 33 [\d,]+ 336 February 29, 2024 486 October 25, 2023 420 July 9, 2026$/,
    );
  });

  it('finds the figures of each year where there is one type', () => {
    const draws = shippedDraws().filter(({ type }) => type === 'cec');

    const chart = chartOf(draws);

    const rows = textsOf(chart.replaceAll('\n', ''), 'tr').slice(1);
    expect(rows.map((row) => /<th scope="row">(\d+)</.exec(row)?.[1])).toEqual([
      '2026',
      '2025',
      '2024',
      '2021',
      '2020',
      '2015',
    ]);
    expect(chart).not.toContain('<fieldset');
  });

  it('of colours tells types by the shape of their mark', () => {
    const shapes = [...DRAW_TYPES, 'other' as const].map((type) => String(markPath(type)));

    expect(new Set(shapes).size).toBe(shapes.length);
  });

  it.each(['light', 'dark'])('well finds every mark stand out from a %s card by 3 to 1', (scheme) => {
    const values = new Map<string, string>();
    for (const sheet of [BASE, CHART]) {
      const [light = '', dark = ''] = [...sheet.matchAll(/:root \{([^}]*)\}/g)].map(([, root]) => root);
      for (const [, name = '', value = ''] of (scheme === 'light' ? light : dark).matchAll(
        /--([\w-]+): (#\w+)/g,
      ))
        values.set(name, value);
    }

    const contrasts = [1, 2, 3, 4, 5, 6].map((hue) =>
      contrast(values.get(`hue-${hue}`) ?? '', values.get('card') ?? ''),
    );

    expect(Math.min(...contrasts)).toBeGreaterThanOrEqual(3);
  });
});

/** Of two colours as in a style sheet. */
function contrast(one: string, other: string): number {
  const [darker = 0, lighter = 0] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (lighter + 0.05) / (darker + 0.05);
}

function luminance(color: string): number {
  const digits =
    color.length === 4
      ? [...color.slice(1)].map((digit) => digit + digit)
      : (color.slice(1).match(/../g) ?? []);
  const [r = Number.NaN, g = Number.NaN, b = Number.NaN] = digits.map((pair) => {
    const c = Number.parseInt(pair, 16) / 255;
    return c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

describe('a type nobody has taught us', () => {
  it('is there under the name it was published with', () => {
    const draws = ['1', '2'].map((number) =>
      drawLike(number, { type: 'other:poets', label: 'Poets <of> Ottawa', date: `2024-01-0${number}` }),
    );

    const chart = chartOf([...draws, drawLike('3')]);

    expect(cornersOf(chart, 'other', 'marks')).toHaveLength(2);
    expect(chart).toContain('“Poets &lt;of&gt; Ottawa”</label>');
  });

  it('stands together with others of its kind', () => {
    const draws = ['poets', 'bakers'].map((name, index) =>
      drawLike(String(index), { type: `other:${name}`, label: name }),
    );

    const chart = chartOf([...draws, drawLike('3')]);

    expect(chart).toContain('Other types</label>');
    expect(chart).toContain('<th scope="row">“bakers”</th>');
  });
});
