// Who is connected to a server of the crash test: what a killed process had sent may still be on its way.

import type { Socket } from 'node:net';
import { setImmediate } from 'node:timers/promises';

export interface Crowd {
  join(socket: Socket): void;
  /** Resolves when nobody is connected any more, and what they had sent was read to its end. */
  gone(): Promise<void>;
}

/** Turns of the event loop after which what a closed connection had brought has been read. */
const TURNS = 10;

export function openCrowd(): Crowd {
  const sockets = new Set<Socket>();
  const waiting: (() => void)[] = [];
  return {
    join(socket) {
      sockets.add(socket);
      socket.on('close', () => {
        sockets.delete(socket);
        for (const resolve of waiting.splice(0)) resolve();
      });
    },
    async gone() {
      while (sockets.size > 0) await new Promise<void>((resolve) => waiting.push(resolve));
      for (let turn = 0; turn < TURNS; turn += 1) await setImmediate();
    },
  };
}
