// E-mail as it leaves: a real SMTP server receives it, or a directory does.

import { mkdir, readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import PostalMime from 'postal-mime';
import { describe, expect, it } from 'vitest';
import type { Draw } from '../../src/draw/draw.ts';
import { InputError } from '../../src/errors.ts';
import type { Event } from '../../src/event/event.ts';
import { signUnsubscribe } from '../../src/notify/tokens.ts';
import { emptyFolder, headersOf, mailServer, openMail, SECRET } from './mail-world.ts';
import {
  correctedNotice,
  DRAW,
  PROFILES,
  READER_ID,
  sampleNotice,
  withdrawnNotice,
} from './sample-notices.ts';

const TOKEN = signUnsubscribe(READER_ID, SECRET);

describe('over SMTP', () => {
  it('brings the answer in the subject and on the first line of both parts', async () => {
    const server = await mailServer();
    const channel = await openMail({ smtpUrl: server.url });

    const result = await channel.send(sampleNotice());

    const [message] = server.received;
    expect(result).toEqual({ outcome: 'sent', detail: 'taken by the mail server' });
    expect(message?.subject).toBe(
      'You would have been invited: #297 Canadian Experience Class, May 31, 2024, cut-off 522, you 530 (+8), first in 990 days',
    );
    expect(message?.text?.split('\n')[0]).toBe(
      'You would have been invited in draw #297 (Canadian Experience Class, May 31, 2024): the cut-off was 522, your score is 530 (+8). It was the first Canadian Experience Class draw in 990 days.',
    );
    expect(message?.html).toContain('You would have been invited in draw #297');
  });

  it('brings French with its accents, spaces and signs', async () => {
    const server = await mailServer();
    const channel = await openMail({ smtpUrl: server.url });

    await channel.send(sampleNotice({ locale: 'fr', profile: PROFILES['cannot-tell'] }));

    const [message] = server.received;
    expect(message?.subject).toContain('Impossible de dire si vous auriez reçu une invitation\u00a0:');
    expect(message?.text).toContain('Catégorie de l’expérience canadienne');
    expect(message?.html).toContain('«\u00a0Catégorie de l’expérience canadienne\u00a0»');
  });

  it('brings corrections and withdrawals with both parts and the same headers', async () => {
    const server = await mailServer();
    const channel = await openMail({ smtpUrl: server.url });

    await channel.send(correctedNotice());
    await channel.send({ ...withdrawnNotice(), key: 'ntc_8' });

    const [corrected, withdrawn] = server.received;
    expect(corrected?.subject).toMatch(/^Corrected: you would have been invited after all: #297 /);
    expect(withdrawn?.subject).toMatch(/^Withdrawn: draw #297, /);
    for (const mail of server.received) {
      expect(mail.recipients).toEqual(['amina@example.org']);
      expect(mail.html).toContain('<html lang="en"');
      expect(headersOf(mail.raw).get('List-Unsubscribe')).toContain(`unsubscribe%20${TOKEN}`);
    }
  });

  it('has the headers that mailbox providers and mailing lists go by', async () => {
    const server = await mailServer();
    const channel = await openMail({ smtpUrl: server.url });

    await channel.send(sampleNotice());

    const [message] = server.received;
    const headers = headersOf(message?.raw ?? '');
    expect(message).toMatchObject({
      envelopeFrom: 'draws@lists.example.org',
      recipients: ['amina@example.org'],
    });
    expect(Object.fromEntries(headers)).toMatchObject({
      From: 'Drawbell <draws@lists.example.org>',
      To: 'amina@example.org',
      'Reply-To': 'operator@example.org',
      Date: 'Fri, 31 May 2024 17:05:00 +0000',
      'Message-ID': '<ntc_7Hq2Zk9@lists.example.org>',
      'Auto-Submitted': 'auto-generated',
      'List-ID': 'drawbell <drawbell.lists.example.org>',
      'List-Unsubscribe': `<mailto:operator@example.org?subject=unsubscribe%20${TOKEN}>`,
      'Feedback-ID': 'ircc-297:draw-published:en:drawbell',
    });
    expect(headers.has('List-Unsubscribe-Post')).toBe(false);
    expect(headers.has('Precedence')).toBe(false);
  });

  it.each([
    ['https://draws.example.org', 'https://draws.example.org/unsubscribe/'],
    ['https://example.org/draws/', 'https://example.org/draws/unsubscribe/'],
    ['https://example.org:8443/a?b=c#d', 'https://example.org:8443/a/unsubscribe/'],
  ])('is ended by one click on a page of ours at %s', async (publicUrl, page) => {
    const server = await mailServer();
    const channel = await openMail({ smtpUrl: server.url, publicUrl });

    await channel.send(sampleNotice({ locale: 'fr' }));

    const [message] = server.received;
    const headers = headersOf(message?.raw ?? '');
    expect(headers.get('List-Unsubscribe')).toBe(`<${page}${TOKEN}>`);
    expect(headers.get('List-Unsubscribe-Post')).toBe('List-Unsubscribe=One-Click');
    expect(headers.get('Feedback-ID')).toBe('ircc-297:draw-published:fr:drawbell');
    expect(message?.text).toContain(`${page}${TOKEN}\n`);
    expect(message?.html).toContain(`<a href="${page}${TOKEN}">`);
    expect(message?.raw).not.toContain('mailto:');
  });

  it('leads to our page of the draw where pages are files, and ends by mail as nobody answers there', async () => {
    const server = await mailServer();
    const siteUrl = 'https://draws.example.github.io/drawbell/';
    const channel = await openMail({ smtpUrl: server.url, siteUrl });

    await channel.send(sampleNotice({ locale: 'fr' }));

    const [message] = server.received;
    const page = `${siteUrl}fr/draws/ircc-297/`;
    expect(message?.text).toContain(`Tout sur cette ronde\n${page}\n`);
    expect(message?.html).toContain(`<a href="${page}">Tout sur cette ronde</a>`);
    expect(message?.text?.split(siteUrl)).toHaveLength(2);
    expect(headersOf(message?.raw ?? '').get('List-Unsubscribe')).toMatch(/^<mailto:/);
  });

  it('is ended by mail where our pages are not safe from being changed on the way', async () => {
    const server = await mailServer();
    const channel = await openMail({ smtpUrl: server.url, publicUrl: 'http://draws.example.org' });

    await channel.send(sampleNotice());

    const [message] = server.received;
    const headers = headersOf(message?.raw ?? '');
    expect(headers.get('List-Unsubscribe')).toMatch(/^<mailto:/);
    expect(headers.has('List-Unsubscribe-Post')).toBe(false);
    expect(message?.text).toContain(`to operator@example.org with the subject “unsubscribe ${TOKEN}”`);
  });

  it('has the address of its reader in the envelope and in To, and nowhere else', async () => {
    const server = await mailServer();
    const channel = await openMail({ smtpUrl: server.url, publicUrl: 'https://draws.example.org' });

    await channel.send(sampleNotice());

    expect(server.received[0]?.raw.match(/^.*amina.*$/gm)).toEqual(['To: amina@example.org']);
  });

  it('takes answers and unsubscriptions at its own address where the operator has no mailto:', async () => {
    const server = await mailServer();
    const channel = await openMail({ smtpUrl: server.url, operator: 'https://example.org/contact' });

    await channel.send(sampleNotice());

    const headers = headersOf(server.received[0]?.raw ?? '');
    expect(headers.get('List-Unsubscribe')).toBe(
      `<mailto:draws@lists.example.org?subject=unsubscribe%20${TOKEN}>`,
    );
    expect(headers.has('Reply-To')).toBe(false);
  });

  it('gives a repeat of a notice the same Message-ID', async () => {
    const server = await mailServer();
    const first = await openMail({ smtpUrl: server.url });
    const second = await openMail({ smtpUrl: server.url, now: () => new Date('2024-06-01T03:00:00Z') });

    await first.send(sampleNotice());
    await second.send(sampleNotice());

    const ids = server.received.map((mail) => mail.messageId);
    expect(ids).toEqual(['<ntc_7Hq2Zk9@lists.example.org>', '<ntc_7Hq2Zk9@lists.example.org>']);
  });

  it('lets no text from a page or a profile into the headers', async () => {
    const evil = `x\r\nBcc: victim@example.net\r\n\r\n<script>alert(1)</script>\u202e${'y'.repeat(10_000)}`;
    const draw: Draw = { ...DRAW, type: 'other:x', label: evil, number: `1\r\nBcc: victim@example.net` };
    const notice = sampleNotice({ draw, special: [{ type: 'draw_type.new', drawType: 'other:x' }] });
    const server = await mailServer();
    const channel = await openMail({ smtpUrl: server.url, sender: evil });

    await channel.send({
      ...notice,
      event: { ...notice.event, draw: evil },
      reader: { ...notice.reader, id: 'sub_1\r\nBcc: victim@example.net' },
    });

    const [message] = server.received;
    const headers = headersOf(message?.raw ?? '');
    expect(message?.recipients).toEqual(['amina@example.org']);
    expect(headers.has('Bcc')).toBe(false);
    expect(headers.has('Cc')).toBe(false);
    expect(headers.get('Feedback-ID')?.length).toBeLessThan(100);
    expect(message?.subject).not.toMatch(/[\p{Cc}\p{Cf}]/u);
    expect(message?.subject?.length).toBeLessThanOrEqual(145);
    expect(message?.html).not.toContain('<script');
    expect(message?.raw.length).toBeLessThan(60_000);
  });

  it('lets no name of any length or kind out of its place', async () => {
    const server = await mailServer();
    const name = `Éva \u202e ${'long '.repeat(2_000)}`;
    const channel = await openMail({ smtpUrl: server.url, from: `${name} <draws@lists.example.org>` });

    await channel.send(sampleNotice());

    const [message] = server.received;
    expect(message?.envelopeFrom).toBe('draws@lists.example.org');
    expect(message?.from?.address).toBe('draws@lists.example.org');
    expect(message?.from?.name?.length).toBeLessThanOrEqual(100);
    expect(message?.from?.name).not.toMatch(/[\p{Cc}\p{Cf}]/u);
    for (const line of message?.raw.split('\r\n') ?? []) expect(line.length).toBeLessThan(999);
  });
});

describe('without an SMTP server', () => {
  it('writes one file a notice, for its owner only', async () => {
    const mailDir = join(await emptyFolder(), 'mail');
    const channel = await openMail({ mailDir });

    const result = await channel.send(sampleNotice());

    const path = join(mailDir, 'ntc_7Hq2Zk9.eml');
    const mail = await PostalMime.parse(await readFile(path));
    expect(result).toEqual({ outcome: 'sent', detail: 'written to the mail directory' });
    expect((await stat(path)).mode & 0o777).toBe(0o600);
    expect(mail.messageId).toBe('<ntc_7Hq2Zk9@lists.example.org>');
    expect(mail.to).toEqual([{ name: '', address: 'amina@example.org' }]);
    expect(mail.text).toContain('the cut-off was 522, your score is 530 (+8)');
    expect(mail.html).toContain('<html lang="en"');
  });

  it('overwrites the file on a repeat and leaves nothing unfinished behind', async () => {
    const mailDir = join(await emptyFolder(), 'mail');
    const channel = await openMail({ mailDir });
    await mkdir(mailDir);
    await writeFile(join(mailDir, 'ntc_7Hq2Zk9.eml'), 'half a mess');

    await channel.send(sampleNotice());
    await channel.send(sampleNotice());

    expect(await readdir(mailDir)).toEqual(['ntc_7Hq2Zk9.eml']);
    const mail = await PostalMime.parse(await readFile(join(mailDir, 'ntc_7Hq2Zk9.eml')));
    expect(mail.text).toContain('You would have been invited');
  });

  it('leaves the notice as it is when the directory cannot be written', async () => {
    const mailDir = join(await emptyFolder(), 'a-file');
    await writeFile(mailDir, '');
    const channel = await openMail({ mailDir });

    const result = await channel.send(sampleNotice());

    expect(result).toMatchObject({ outcome: 'stopped', cause: 'unreachable' });
    expect(result.detail).toMatch(/^the mail directory cannot be written \(E[A-Z]+\)$/);
  });

  it('writes nowhere but into the directory', async () => {
    const folder = await emptyFolder();
    const channel = await openMail({ mailDir: join(folder, 'mail') });

    const result = await channel.send({ ...sampleNotice(), key: '../escaped' });

    expect(result.outcome).toBe('failed');
    expect(await readdir(folder)).toEqual([]);
  });
});

describe('an e-mail channel', () => {
  it('gives up a notice of an event that no e-mail is written for', async () => {
    const notice = sampleNotice();
    const event: Event = { ...notice.event, type: 'draw_type.new', data: { draw: DRAW, drawType: 'cec' } };
    const channel = await openMail();

    const result = await channel.send({ ...notice, event });

    expect(result).toEqual({ outcome: 'failed', detail: 'no e-mail is written for draw_type.new' });
  });

  it('gives up a correction that changes nothing for the reader', async () => {
    const notice = correctedNotice();
    const channel = await openMail();

    const result = await channel.send({ ...notice, verdictBefore: notice.verdict });

    expect(result).toEqual({ outcome: 'failed', detail: 'no e-mail is written for draw.corrected' });
  });

  it.each(['nobody', 'a@b@c', 'x@[127.0.0.1', ''])(
    'is not opened with a sender that is no address: "%s"',
    async (from) => {
      await expect(openMail({ from })).rejects.toThrow(InputError);
    },
  );
});
