// Preloaded by Node in a process whose machine has another clock: it begins at MACHINE_CLOCK, and runs on from there.

const start = Date.parse(process.env.MACHINE_CLOCK ?? '');
if (!Number.isNaN(start)) {
  const Real = Date;
  const ahead = start - Real.now();
  globalThis.Date = class extends Real {
    constructor(...args) {
      super(...(args.length === 0 ? [Real.now() + ahead] : args));
    }
    static now() {
      return Real.now() + ahead;
    }
  };
}
