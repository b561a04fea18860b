// Preloaded with --import: the wall clock is off by CLOCK_OFFSET milliseconds, or stands at CLOCK_AT.
const { CLOCK_AT, CLOCK_OFFSET = '0' } = process.env;
const Real = Date;
const now = () => (CLOCK_AT === undefined ? Real.now() + Number(CLOCK_OFFSET) : Number(CLOCK_AT));

globalThis.Date = class extends Real {
  constructor(...args) {
    if (args.length === 0) super(now());
    else super(...args);
  }

  static now() {
    return now();
  }
};
