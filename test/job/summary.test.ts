// The summary of a job, as a person reads it, and as somebody who means harm would have it.

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { EVENT_TYPES, type Event } from '../../src/event/event.ts';
import type { JobReport } from '../../src/job/report.ts';
import { oneLine, writeSummary } from '../../src/job/summary.ts';
import { shippedDraws } from '../draw/history.ts';
import { endlessEvents, eventsWith, TEXTS } from '../notify/formats/samples.ts';
import { eventsOf, newDraw, reportOf, SITE, sourceOf, toldOf } from './summary-samples.ts';

const OFFICIAL = 'https://www.canada.ca/';
const FAILING = sourceOf({
  status: 'failing',
  reason: 'ircc: expected the feed from https://mirror.example.net/x?key=hunter2, found status 404.',
});

/** Everything that a report can hold, with this text wherever a text of others stands. */
function hostile(text: string, events: Event[]): JobReport {
  // Events name their draw by an id that is no text of others, so that each is found and told in full.
  const draws = events.flatMap((event) =>
    'draw' in event.data ? [{ ...event.data.draw, id: event.draw ?? '' }] : [],
  );
  return reportOf({
    sources: [
      sourceOf({ status: 'failing', reason: text }, { new: [text], quarantined: [text, text] }),
      sourceOf({ id: text }, { corrected: [text], withdrawn: [text] }),
    ],
    events,
    draws: [...draws, ...draws.map((draw) => ({ ...draw, id: `${draw.id}x` }))],
    told: toldOf({ email: { sent: 2 } }),
    mailStopped: { reason: text, told: null },
    waiting: { unknown: 1, otherSecret: 2 },
    rehearsed: { draw: text, sent: 1, failed: 1, reasons: [text, text] },
  });
}

/** What is in a summary beside text that says nothing to GitHub, by its own rules for Markdown and for what it looks for. */
function faultsOf(summary: string): string[] {
  const faults: string[] = [];
  for (const line of summary.split('\n')) {
    // Where the links that are ours lead, and their words; then what has a backslash before it.
    const links = /\[[\w ]+\]\((https:\/\/[^\s()<>\\|`]+)\)/g;
    for (const [, href = ''] of line.matchAll(links)) {
      if (
        !/^https:\/\/(amina\.example\.github\.io|www\.canada\.ca|github\.com|evil\.example)\//.test(
          `${href}/`,
        )
      )
        faults.push(`leads to ${href}`);
    }
    const text = line.replace(links, 'link').replace(/\\[!-/:-@[-`{-~]/g, 'x');
    const cells = /^\|.*\|$/.test(text) ? text.split('|').length - 2 : null;
    const words = (cells === null ? text : text.replaceAll('|', '')).replace(/^(#{2,3}|-) /, '');
    if (cells !== null && ![2, 4].includes(cells)) faults.push(`${cells} cells in ${line}`);
    if (/[\\*_~`|[\]<>@$&]|:\/\/|www\.|\bgh-\d/i.test(words.replace(/DRAWBELL_SECRET/, '')))
      faults.push(`Markdown in ${line}`);
    // What is looked for in the text as it is shown, when no backslash is there any more.
    const shown = line.replace(links, '').replace(/\\([!-/:-@[-`{-~])/g, '$1');
    if (/:\/\/|www\.|[@$]|gh-\d/i.test(shown)) faults.push(`found by GitHub in ${line}`);
    if (/#(?!\d{1,6}[a-z]?\b)/.test(words) || (words.match(/#/g) ?? []).length > 1)
      faults.push(`# in ${line}`);
    if (/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u.test(line) || !line.isWellFormed()) faults.push(`signs in ${line}`);
    if (/^(\s|#{1}\s|#{4}|\d+[.)]|[+*>=])/.test(text)) faults.push(`begins with a mark: ${line}`);
  }
  return faults;
}

describe('the summary of a new draw', () => {
  const summary = writeSummary(newDraw());
  const blocks = summary.trimEnd().split('\n\n');

  it('says at once what it is, and then what is special about it', () => {
    expect(blocks.slice(0, 2)).toEqual([
      '## Canadian Experience Class draw #297: 3,000 invited, cut-off 522',
      'The first Canadian Experience Class draw in 990 days (previous: September 14, 2021, 2,000 invitations at 462; 92 draws of other types in between).',
    ]);
  });

  it('has its facts in a small table, and leads to our page and the official one', () => {
    expect(blocks[2]).toContain('\n| Tie-break | March 19, 2024 at 18:58:58 UTC |\n');
    expect(blocks[3]).toMatch(/^\[Everything about this draw\]\(.*\) · \[This draw on the official page\]\(/);
    expect(blocks[3]).toContain(`(${SITE}/en/draws/ircc-297/)`);
    expect(blocks[3]).toContain(`(${OFFICIAL}`);
  });

  it('says in numbers only who was told', () => {
    expect(blocks[4]).toBe(
      [
        '| Told | sent | waiting | given up |',
        '| --- | --- | --- | --- |',
        '| Readers, by e-mail | 2 | 1 | 0 |',
        '| Teams, by webhook | 1 | 0 | 0 |',
        '| The operator | 0 | 0 | 1 |',
      ].join('\n'),
    );
  });

  it('leads to all draws and to what is remembered, and says each thing once', () => {
    expect(blocks).toHaveLength(6);
    expect(blocks[5]).toBe(
      `[All draws](${SITE}) · [What drawbell remembers](https://github.com/amina/draws/tree/drawbell-state)`,
    );
    expect(faultsOf(summary)).toEqual([]);
  });

  it('leads nowhere of ours where there are no pages over https', () => {
    for (const siteUrl of [null, 'http://draws.example.org']) {
      const text = writeSummary(newDraw({ siteUrl, stateUrl: null }));

      expect(text.match(/\]\(/g)).toHaveLength(1);
      expect(text).toContain(`[This draw on the official page](${OFFICIAL}`);
    }
  });
});

describe('the summary', () => {
  it('of a run with nothing new is one line, and where to look', () => {
    expect(writeSummary(reportOf({ siteUrl: null, stateUrl: null }))).toBe('Nothing new. ircc was read.\n');
  });

  it('says of a correction what changed, and of a draw that is gone since when', () => {
    const text = writeSummary(reportOf({ events: eventsOf('draw.corrected', 'draw.withdrawn') }));

    expect(text).toContain('## Corrected: General draw #262 of August 15, 2023\n');
    expect(text).toContain('tie-break: August 1, 2023 at 12:59:52 UTC became July 4, 2023 at 19:36:18 UTC');
    expect(text).toContain(
      '## Withdrawn: Canadian Experience Class draw #297 of May 31, 2024 is no longer on the official page\n\nThe official page has not listed this draw since June 2, 2024',
    );
    expect(text).not.toContain('Nothing new');
  });

  it('says since when a source has been failing, and why, without an address', () => {
    const [told] = eventsOf('source.failing');
    const since = { ircc: '2024-05-31T15:00:00Z' };

    const [first, later, unknown] = [{ events: told ? [told] : [] }, { failingSince: since }, {}].map(
      (parts) => writeSummary(reportOf({ sources: [FAILING], ...parts })),
    );

    expect(first).toContain(
      '### What needs a look\n\n- ircc has been failing since May 31, 2024 at 15:00:00 UTC. It no longer has the document where it was. Nothing is announced',
    );
    expect(later).toContain(
      '- ircc has been failing since May 31, 2024 at 15:00:00 UTC. The last look ended with: expected the feed from its address, found status 404. Nothing',
    );
    expect(unknown).toContain('- ircc is failing. The last look ended with');
    for (const text of [first, later, unknown]) {
      // What is new there nobody knows.
      expect(text).toMatch(/^ircc could not be read\.\n/);
      expect(text).not.toMatch(/mirror|hunter2/);
    }
  });

  it('names rounds that are kept apart, and why where that is news', () => {
    const sources = [sourceOf({}, { quarantined: ['ircc:298', 'ircc:299'] })];

    const text = writeSummary(reportOf({ sources, events: eventsOf('source.quarantined') }));

    expect(text).toContain(
      '- 2 rounds of ircc are kept apart and told to nobody: ircc:298 (it has more invitations than were ever sent at once), ircc:299.\n',
    );
  });

  it('says what waits and what can be done about it', () => {
    const text = writeSummary(
      reportOf({
        mailStopped: {
          reason: '554 5.7.1 refused for bell@example.org at smtps://u:hunter2@mail.example.org',
          told: null,
        },
        waiting: { unknown: 1, otherSecret: 4 },
      }),
    );

    expect(text).toContain(
      '- Mail to readers waits: 554 5.7.1 refused for an address at its address. Nothing',
    );
    expect(text).toContain('- 4 notices wait that were noted under another secret');
    expect(text).toContain('Put the former DRAWBELL_SECRET back');
    expect(text).toContain('- 1 notice waits for somebody who is not among the subscribers');
  });

  it.each([
    [{ raceLost: true }, 'Another run was quicker:'],
    [{ firstRun: true }, 'This was the first run:'],
    [
      { firstRun: true, dryRun: true, told: toldOf({}) },
      'Dry run: nothing was sent or written. No notice would have been sent.\n\nNothing is remembered yet:',
    ],
    [
      { dryRun: true, told: toldOf({}) },
      'Dry run: nothing was sent or written. No notice would have been sent.\n',
    ],
    [
      { dryRun: true, told: toldOf({ email: { queued: 2 }, webhook: { queued: 1 } }) },
      'Dry run: nothing was sent or written. 3 notices would have been: 2 by e-mail and 1 by webhook.\n',
    ],
  ] satisfies [Partial<JobReport>, string][])('begins with what must be known first: %j', (parts, first) => {
    expect(writeSummary(newDraw(parts)).startsWith(first)).toBe(true);
  });

  it('has no table of who was told where nobody was', () => {
    expect(writeSummary(newDraw({ dryRun: true }))).not.toContain('| Told |');
    expect(writeSummary(reportOf())).not.toContain('| Told |');
  });

  it('says what became of a rehearsal', () => {
    const rehearsed = { draw: 'ircc:297', sent: 2, failed: 1, reasons: ['550 5.1.1 refused'] };

    expect(writeSummary(reportOf({ rehearsed }))).toContain(
      '\nRehearsal, about ircc:297: 2 of 3 messages sent; 550 5.1.1 refused.\n',
    );
    expect(
      writeSummary(reportOf({ rehearsed: { ...rehearsed, sent: 1, failed: 0, reasons: [] } })),
    ).toContain('\nRehearsal, about ircc:297: 1 message sent.\n');
    expect(writeSummary(reportOf({ rehearsed: { draw: null, sent: 0, failed: 0, reasons: [] } }))).toContain(
      'there was nothing to send',
    );
  });

  it('of a first run leads to a rehearsal, but for one that was', () => {
    const rehearsed = { draw: 'ircc:297', sent: 2, failed: 0, reasons: [] };

    expect(writeSummary(reportOf({ firstRun: true }))).toContain('With “rehearse” everyone');
    expect(writeSummary(reportOf({ firstRun: true, rehearsed }))).not.toContain('With “rehearse”');
  });

  it('of a whole history that is no news lists the latest, and counts the rest', () => {
    const draws = shippedDraws();

    const text = writeSummary(reportOf({ draws }));

    expect(text).toContain('Nothing to tell. ircc was read.\n\n### Noted, and told to nobody\n');
    expect(text.match(/^- .* draw #/gm)).toHaveLength(20);
    expect(text).toContain(`- and ${draws.length - 20} others\n`);
  });

  it('of very many draws tells the latest in full, and keeps room for what is wrong', () => {
    const [published] = eventsOf('draw.published');
    if (published?.type !== 'draw.published') throw new Error('expected a draw that is published');
    const draws = Array.from({ length: 500 }, (_, index) => ({
      ...published.data.draw,
      id: `ircc:${index}`,
      number: String(index),
    }));
    const events = draws.map((draw): Event => ({ ...published, draw: draw.id, data: { draw, special: [] } }));

    const text = writeSummary(reportOf({ sources: [FAILING], draws, events }));

    expect(text.startsWith('## Canadian Experience Class draw #499:')).toBe(true);
    expect(text.match(/^## /gm)).toHaveLength(5);
    expect(text).toContain('And 470 other changes.\n');
    expect(text).toContain('### What needs a look\n');
  });

  it('of endless corrections keeps room for what is wrong, and says that there are more', () => {
    const corrected = endlessEvents('*'.repeat(10_000)).filter(({ type }) => type === 'draw.corrected');
    const events = Array.from({ length: 40 }, () => corrected).flat();

    const text = writeSummary(reportOf({ sources: [FAILING], events }));

    expect(text.match(/^## Corrected/gm)?.length).toBeGreaterThan(1);
    expect(text).toMatch(/\nAnd \d+ other changes\.\n/);
    expect(text).toContain('### What needs a look\n');
    expect(text).not.toContain('There is more, which does not fit here.');
    expect(Buffer.byteLength(text)).toBeLessThan(60_000);
  });

  it.each(EVENT_TYPES)('has words for a run in which there was %s', (type) => {
    const text = writeSummary(reportOf({ events: eventsOf(type) }));

    expect(text).not.toMatch(/undefined|null|NaN/);
    expect(faultsOf(text)).toEqual([]);
  });
});

describe('text from elsewhere', () => {
  it.each(Object.entries(TEXTS))('says nothing to GitHub, and has an end: %s', (_, text) => {
    for (const events of [eventsWith(text), endlessEvents(text), Array(300).fill(eventsWith(text)).flat()]) {
      const summary = writeSummary(hostile(text, events));

      expect(faultsOf(summary)).toEqual([]);
      expect(Buffer.byteLength(summary)).toBeLessThan(60_000);
      expect(summary).toContain('### What needs a look');
    }
  });

  it.each([
    '@octocat',
    'amina/draws#12 GH-12 #12',
    'www.evil.example https://evil.example amina@example.org',
    '[x](https://evil.example) ![x](//evil.example/x.png) <img src=x> <!-- -->',
    'a | b\n| --- |\n| c |',
    '&#64;octocat &num;12 &lt;b&gt;',
    '$x$ :smile: `code` ~~no~~ **bold** __b__ [^1]',
    '\\',
    '\\|',
    '# 1. - + > ===',
    '_www.evil.example *www.evil.example www',
  ])('is shown and works no wonders: %s', (text) => {
    expect(faultsOf(writeSummary(hostile(text, eventsWith(text))))).toEqual([]);
  });

  it('says nothing to GitHub, whatever it is', () => {
    const marks = fc.constantFrom(
      ...'\\`*_{}[]()<>#+-.!|~$@&:/;"\'=^ \n\r\t',
      'www.',
      'GH-1',
      '://',
      'a',
      '1',
    );
    const text = fc.oneof(
      fc.array(marks, { maxLength: 40 }).map((parts) => parts.join('')),
      fc.string({ unit: 'binary', maxLength: 40 }),
    );

    fc.assert(
      fc.property(text, (said) => {
        const report = hostile(said, eventsWith(said));
        expect(faultsOf(writeSummary(report))).toEqual([]);
        expect(oneLine(report)).toMatch(/^[\w:.,; -]+$/);
      }),
      { numRuns: 150 },
    );
  });
});

describe('one line', () => {
  it.each([
    [reportOf(), 'Noted'],
    [reportOf({ firstRun: true }), 'First run'],
    [newDraw({ firstRun: true }), 'First run; New draw ircc:297'],
    [newDraw(), 'New draw ircc:297'],
    [reportOf({ sources: [FAILING] }), 'ircc is failing'],
    [reportOf({ events: eventsOf('source.recovered') }), 'ircc is well again'],
    [reportOf({ sources: [FAILING], events: eventsOf('source.recovered') }), 'ircc is failing'],
    [
      reportOf({
        sources: [sourceOf({}, { new: ['a:1', 'a:2', 'a:3', 'a:4', 'a:5', 'a:6'], withdrawn: ['a:0'] })],
      }),
      'New draws a:1, a:2, a:3, a:4, a:5 and 1 more; Withdrawn a:0',
    ],
  ])('names what was found by ids: %#', (report, line) => {
    expect(oneLine(report)).toBe(line);
  });
});
