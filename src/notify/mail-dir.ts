// outbox -> delivered, where no SMTP server is set: mails are written as files.

import { mkdir, open, rename } from 'node:fs/promises';
import { join } from 'node:path';
import type { Carrier } from './carrier.ts';

/** One `<key>.eml` a notice, readable by its owner only. A repeat overwrites it; a crash leaves no half file. */
export async function openMailDir(mailDir: string): Promise<Carrier> {
  const { createTransport } = await import('nodemailer');
  const transport = createTransport({ streamTransport: true, buffer: true, newline: 'windows' });
  return {
    async carry(key, mail) {
      if (!/^\w+$/.test(key)) return { outcome: 'failed', detail: 'the key of the notice is no file name' };
      const { message } = await transport.sendMail({
        ...mail,
        disableFileAccess: true,
        disableUrlAccess: true,
      });
      try {
        await mkdir(mailDir, { recursive: true, mode: 0o700 });
        await writeWhole(join(mailDir, `${key}.eml`), message as Buffer);
        return { outcome: 'sent', detail: 'written to the mail directory' };
      } catch (error) {
        const { code } = error as NodeJS.ErrnoException;
        const detail = `the mail directory cannot be written (${code ?? 'unknown'})`;
        return { outcome: 'stopped', detail, cause: 'unreachable' };
      }
    },
    close: () => transport.close(),
  };
}

async function writeWhole(path: string, bytes: Buffer): Promise<void> {
  const unfinished = `${path}.tmp`;
  const file = await open(unfinished, 'w', 0o600);
  try {
    await file.writeFile(bytes);
    await file.sync();
  } finally {
    await file.close();
  }
  await rename(unfinished, path);
}
