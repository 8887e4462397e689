// `drawbell site`: the pages, the feeds and the API as files, for whoever has no server.

import { Command } from 'commander';
import { isWebAddress, WEB_ADDRESS } from '../config.ts';
import { InputError, quote } from '../errors.ts';
import { readStatus } from '../journey/status.ts';
import { SOURCES } from '../sources/index.ts';
import { instantOption } from './options.ts';
import { print, printJson, styled } from './output.ts';
import { type Session, withSession } from './session.ts';
import { formatSize } from './size.ts';

interface Options {
  out: string;
  url?: string;
  now?: Date;
  json?: true;
}

export function makeCommand(): Command {
  return new Command('site')
    .requiredOption('--out <folder>', 'where to: an empty folder, or one that holds an earlier export')
    .option('--url <url>', 'where the world will find them (default: DRAWBELL_SITE_URL)')
    .option('--now <instant>', 'act as if it were this instant (RFC 3339)', instantOption)
    .option('--json', 'print one JSON document')
    .addHelpText(
      'after',
      '\nThe files are the same until something changes. Without a URL, feeds link to the official pages. A profile\n' +
        'that somebody checks there is compared in their own browser, and sent nowhere.',
    )
    .action(async ({ out, url, now = new Date(), json }: Options) => {
      if (url !== undefined) checkUrl(url);
      const { checkFolder } = await import('../web/write-site.ts');
      checkFolder(out);
      const report = await withSession(
        (session) => exportSite(session, out, url ?? session.config.siteUrl),
        () => now,
      );
      if (json) return printJson({ folder: out, ...report });
      const { files, bytes, changed, removed, checker } = report;
      print(`${styled('bold', out)} holds ${files} files (${formatSize(bytes)}).`);
      print(`${changed} of them are new or other than before; ${removed} that were there are gone.`);
      const { en, fr } = checker;
      print(
        `The checker is ${formatSize(en.bytes)}, ${formatSize(en.compressed)} compressed (French: ${formatSize(fr.compressed)}).`,
      );
    });
}

/** Writes the pages, feeds and API of the database into a folder; `url`: where the world will find them. */
export async function exportSite({ config, db, now }: Session, folder: string, url: string | null) {
  const [{ makeStaticSite }, { writeSite }, { openShelf }] = await Promise.all([
    import('../web/static-site.ts'),
    import('../web/write-site.ts'),
    import('../web/shelf.ts'),
  ]);
  const { cadence, sender, operator } = config;
  const site = { kind: 'static', origin: url?.replace(/\/+$/, '') ?? null, sender, operator } as const;
  const archive = await openShelf(db, { cadence, now }).archive();
  const status = await readStatus(db, SOURCES, cadence, now());
  const { files, checkers } = await makeStaticSite({ site, archive, status, now: now() });
  const size = ({ bytes, compressed }: { bytes: number; compressed: number }) => ({ bytes, compressed });
  return { ...writeSite(folder, files), checker: { en: size(checkers.en), fr: size(checkers.fr) } };
}

function checkUrl(text: string): void {
  if (isWebAddress(text)) return;
  const fault = { where: '--url', expected: WEB_ADDRESS, found: quote(text) };
  throw new InputError('the site cannot be written', [fault]);
}
