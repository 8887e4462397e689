// What Amazon signs with is fetched within limits, and from nowhere inside.

import { describe, expect, it } from 'vitest';
import { fetchText } from '../../src/web/bounces/fetch-text.ts';
import { serve } from '../support/http.ts';

const HERE = ['127.0.0.1'];

describe('what is fetched', () => {
  it('is the text of an answer with 200', async ({ onTestFinished }) => {
    const origin = await serve(onTestFinished, (_, response) => response.end('a certificate'));

    expect(await fetchText(`${origin}/a.pem`, HERE)).toBe('a certificate');
  });

  it('is nothing from a private address that nobody allowed', async ({ onTestFinished }) => {
    let asked = 0;
    const origin = await serve(onTestFinished, (_, response) => {
      asked += 1;
      response.end('a secret');
    });

    await expect(fetchText(`${origin}/a.pem`)).rejects.toThrow();
    await expect(fetchText(`${origin.replace('127.0.0.1', 'localhost')}/a.pem`)).rejects.toThrow();
    expect(asked).toBe(0);
  });

  it.for([
    [404, {}],
    [204, {}],
    [302, { location: '/elsewhere' }],
  ] as const)(
    'is nothing of an answer with %i, and no redirect is followed',
    async ([status, headers], { onTestFinished }) => {
      const asked: string[] = [];
      const origin = await serve(onTestFinished, ({ url = '' }, response) => {
        asked.push(url);
        response.writeHead(status, headers).end();
      });

      await expect(fetchText(`${origin}/a.pem`, HERE)).rejects.toThrow(`answered ${status}`);
      expect(asked).toEqual(['/a.pem']);
    },
  );

  it('is nothing of an answer that has no end', async ({ onTestFinished }) => {
    const origin = await serve(onTestFinished, (_, response) => {
      response.on('drain', more).on('error', () => undefined);
      function more(): void {
        while (!response.destroyed && response.write('x'.repeat(16_384)));
      }
      more();
    });

    await expect(fetchText(`${origin}/a.pem`, HERE)).rejects.toThrow();
  });
});
