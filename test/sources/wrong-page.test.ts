// Pages that stand where data is due, by what they say; whole ones are in fixtures/.

import { describe, expect, it } from 'vitest';
import { recogniseWrongPage } from '../../src/sources/wrong-page.ts';

function kindOf(text: string): string | null {
  return recogniseWrongPage(text)?.trouble ?? null;
}

describe('recogniseWrongPage', () => {
  it.each([
    'Access Denied',
    'Just a moment...',
    'Attention Required!',
    'Pardon Our Interruption&hellip;',
    'Request unsuccessful. Incapsula incident ID: 0-0',
    'Request Rejected',
    '403 Forbidden',
    'Please complete the captcha',
    'Checking your browser before you go on',
    'Verify you are human',
    'Are you a robot?',
    'Acc&egrave;s refus&eacute;',
    'V&#233;rifiez que vous n&rsquo;&ecirc;tes pas un robot',
  ])('takes "%s" for a bot wall, as title, as heading or in a short text', (words) => {
    const page = (title: string, heading: string, text: string) =>
      `<!doctype html><title>${title}</title><h1 class="x"><span>${heading}</span></h1><p>${text}</p>`;

    const kinds = [page(words, 'Hello', ''), page('Site', words, ''), page('Site', 'Hello', words)].map(
      kindOf,
    );

    expect(kinds).toEqual(['bot-wall', 'bot-wall', 'bot-wall']);
  });

  it.each([
    'Site under maintenance',
    'Down for scheduled maintenance',
    'This service is temporarily unavailable',
    'Service Unavailable',
    'We&#39;ll be back soon',
    'Site en maintenance',
    'Service momentan&eacute;ment indisponible',
    'Travaux d’entretien',
    'Nous serons de retour sous peu',
  ])('takes "%s" for maintenance', (words) => {
    const kinds = [`<title>${words}</title>`, `<html><body><h2>${words}</h2>`, `<p>${words}</p>`].map(kindOf);

    expect(kinds).toEqual(['maintenance', 'maintenance', 'maintenance']);
  });

  it('takes a page for what it is about, not for what it mentions in a long text', () => {
    const long = `${'<p>Programs and services of the Government.</p>'.repeat(50)}<a>Maintenance</a><a>captcha</a>`;

    expect(kindOf(`<title>Not found</title>${long}`)).toBe('html');
    expect(kindOf(`<title>Maintenance</title>${long}`)).toBe('maintenance');
  });

  it('reads no scripts, styles or comments as words', () => {
    const page = `<title>Sorry</title><!-- maintenance --><style>.maintenance{}</style>
      <script>show("captcha")</script><p>${'Something went wrong with the page that you asked for. '.repeat(5)}</p>`;

    expect(recogniseWrongPage(page)).toEqual({ trouble: 'html', found: 'an HTML page: "Sorry"' });
  });

  it('quotes the words it went by, made harmless', () => {
    const page = '\r\n <html><title>Canada.ca</title><h1>Access\u202e <b>denied</b>\u0007</h1>';

    expect(recogniseWrongPage(page)?.found).toBe('a page that takes us for a robot: "Access denied"');
  });

  it('knows a page without words by its markup', () => {
    expect(recogniseWrongPage('<div></div>')?.found).toBe('an HTML page: "<div></div>"');
  });

  it('knows a plain text that says what is wrong', () => {
    expect(kindOf('Access denied.\n')).toBe('bot-wall');
    expect(kindOf('Service temporarily unavailable')).toBe('maintenance');
  });

  it.each(['', '   ', '{"rounds":[{"drawName":"maintenance"', '[1,', '"captcha', 'nonsense', '\u0000\u0001'])(
    'leaves %j to be told as broken data',
    (text) => {
      expect(recogniseWrongPage(text)).toBeNull();
    },
  );

  it.each([
    '<',
    '<title',
    '<title>',
    '<h1><h1 ',
    '<!--',
    '<script ',
    '<p>&',
    ' ',
    '<h2>a</h2 ',
    '<style></style',
  ])('is not held by a page that repeats %j for ever', (piece) => {
    const page = `<${piece.repeat(2_000_000 / piece.length)}`;
    // What it costs, not how long it takes: a busy machine may leave it waiting.
    const before = process.threadCpuUsage();

    recogniseWrongPage(page);

    const { user, system } = process.threadCpuUsage(before);
    expect(user + system).toBeLessThan(1_000_000);
  });
});
