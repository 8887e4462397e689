// Preloaded by Node in a process whose machine has another clock: it begins at MACHINE_CLOCK, and runs on from there.

const ahead = Date.parse(process.env.MACHINE_CLOCK ?? '') - Date.now();
if (!Number.isNaN(ahead)) {
  const real = Date.now.bind(Date);
  const now = () => real() + ahead;
  globalThis.Date = new Proxy(Date, {
    construct: (target, args, self) => Reflect.construct(target, args.length === 0 ? [now()] : args, self),
    get: (target, name) => (name === 'now' ? now : Reflect.get(target, name)),
  });
}
