// What a browser judges by: the same verdicts and words as from all that is known, from less of it.

import { describe, expect, it } from 'vitest';
import type { Present } from '../../src/match/profile.ts';
import { CHECK_DATA_PATH, checkData, readCheckData } from '../../src/web/browser/data.ts';
import { answerForm } from '../../src/web/pages/check-answer.ts';
import { checkBody } from '../../src/web/pages/check-body.ts';
import { viewOf } from '../../src/web/site.ts';
import { shippedDraw } from '../draw/history.ts';
import { AMINA, archiveWith, formWith, RECENT, SCORE_ONLY, TODAY } from './check-forms.ts';

const archive = archiveWith();
const occupations = new Set(['31301', '31102']);
const text = JSON.stringify(checkData(archive, occupations));
const present: Present = { now: new Date(TODAY), occupations };

describe('the data file', () => {
  it.each(['en', 'fr'] as const)(
    'gives the very same page in %s as the archive it was made from',
    (locale) => {
      const site = { kind: 'static', origin: null, sender: null, operator: null } as const;
      const view = viewOf(site, locale, `/${locale}/check/`);
      const read = readCheckData(JSON.parse(text));
      const forms = [
        formWith(AMINA, 'ircc:297'),
        formWith(RECENT, 'all'),
        formWith(SCORE_ONLY),
        formWith({}, 'all'),
      ];

      for (const form of forms) {
        const [fromData, fromArchive] = [read, archive].map((material) =>
          String(checkBody(view, material, answerForm(form, material, present))),
        );

        expect(fromData).toBe(fromArchive);
      }
      expect(read.occupations).toEqual(occupations);
    },
  );

  it('keeps what had to be inferred, which is said', () => {
    const draw = readCheckData(JSON.parse(text)).draws.find(({ number }) => number === '208');

    expect(draw?.inferred).toEqual(shippedDraw(208).inferred);
  });

  it('is small enough to be loaded by a telephone', () => {
    expect(text.length).toBeLessThan(250_000);
    expect(CHECK_DATA_PATH).toBe('/check.json');
  });

  it.each([{}, [], { ...JSON.parse(text), format: 2 }, { format: 1, draws: [] }])(
    'is refused when it is another file, or of another version',
    (other) => {
      expect(() => readCheckData(other)).toThrow('not the data of this page');
    },
  );
});
