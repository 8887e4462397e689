// The crash test's teams: each a path of one receiver, with a secret of its own that no other's message is signed by.

import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as after } from 'node:timers/promises';
import { Webhook } from 'standardwebhooks';
import { openCrowd } from './crowd.ts';
import { type Ledger, nameNotice } from './ledger.ts';

export interface Teams {
  /** `http://127.0.0.1:<port>` */
  origin: string;
  /** By path, each team's secret. */
  secrets: Map<string, string>;
  /** Resolves when nobody is connected any more: what a killed process had sent has arrived by then. */
  quiet(): Promise<void>;
  close(): Promise<void>;
}

/** A team takes up to so long to answer, in milliseconds: else none would be under way when the program dies. */
const SLOWEST = 120;

export async function openTeams(ledger: Ledger, random: () => number): Promise<Teams> {
  const secrets: Teams['secrets'] = new Map();
  const crowd = openCrowd();
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    try {
      for await (const chunk of request) chunks.push(chunk as Buffer);
    } catch {
      // Whoever was sending it was killed in the middle.
      return;
    }
    note(request, Buffer.concat(chunks).toString('utf8'));
    await after(random() * SLOWEST);
    await ledger.mayAnswer();
    response.writeHead(204).end();
    ledger.answer();
  });
  server.on('connection', crowd.join);

  function note({ url: path = '', headers }: IncomingMessage, body: string): void {
    const id = String(headers['webhook-id']);
    const { type, data } = JSON.parse(body);
    ledger.note({ notice: nameNotice(path, type, data.draw?.id ?? null), id, fault: faultOf(path, id) });

    function faultOf(path: string, id: string): string | null {
      const secret = secrets.get(path);
      if (!secret) return 'a webhook to a stranger';
      // Not whether the stamp is of this moment: the program may have been told that it is another.
      const at = new Date(Number(headers['webhook-timestamp']) * 1_000);
      const signatures = String(headers['webhook-signature']).split(' ');
      return signatures.includes(new Webhook(secret).sign(id, at, body)) ? null : 'a signature that is wrong';
    }
  }

  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    secrets,
    quiet: crowd.gone,
    async close() {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      server.closeAllConnections();
      await closed;
    },
  };
}
