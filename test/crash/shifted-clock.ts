// Loaded before the program: its clock starts at the instant in CRASH_CLOCK and goes on from there.

const ahead = Date.parse(process.env.CRASH_CLOCK ?? '') - Date.now();
const real = Date.now.bind(Date);
const now = () => real() + ahead;
globalThis.Date = new Proxy(Date, {
  construct: (target, args, self) => Reflect.construct(target, args.length === 0 ? [now()] : args, self),
  get: (target, name) => (name === 'now' ? now : Reflect.get(target, name)),
});
