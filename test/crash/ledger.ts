// The crash test's record of what arrived, whoever took it, and in which life of the program.

/** A message as its recipient saw it. */
export interface Arrival {
  /** The life of the program it came from: 1 for the first start. */
  life: number;
  /** Which notice it is, by recipient and event, as `nameNotice` writes it. */
  notice: string;
  /** `Message-ID` or `webhook-id`. */
  id: string;
  /** What is wrong with it as its recipient sees it: not signed, or meant for another. */
  fault: string | null;
}

export interface Ledger {
  arrivals: Arrival[];
  life(): number;
  /** What arrives from now on comes from the next life. */
  nextLife(): void;
  note(arrival: Omit<Arrival, 'life'>): void;
  /** A message was answered: whoever sent it may know now that it was taken. */
  answer(): void;
  /** Resolves when so many more messages were answered. */
  answered(count: number): Promise<void>;
  /** Nobody answers until what is returned is called: what is under way stays so. */
  hold(): () => void;
  /** Resolves when whoever has read a message may answer. */
  mayAnswer(): Promise<void>;
}

export function openLedger(): Ledger {
  const arrivals: Arrival[] = [];
  const waiting = new Set<{ left: number; resolve: () => void }>();
  let life = 0;
  let held: Promise<void> = Promise.resolve();
  return {
    arrivals,
    life: () => life,
    nextLife() {
      life += 1;
      waiting.clear();
    },
    note(arrival) {
      arrivals.push({ ...arrival, life });
    },
    answer() {
      for (const one of waiting) {
        one.left -= 1;
        if (one.left > 0) continue;
        waiting.delete(one);
        one.resolve();
      }
    },
    hold() {
      const { promise, resolve } = Promise.withResolvers<void>();
      held = promise;
      return resolve;
    },
    mayAnswer: () => held,
    answered: (count) => new Promise((resolve) => waiting.add({ left: count, resolve })),
  };
}

/** `to`: an address, or the path of a team. */
export function nameNotice(to: string, eventType: string, draw: string | null): string {
  return `${to} ${eventType} ${draw}`;
}
