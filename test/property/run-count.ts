/** True if tests make as many documents as a night allows (`npm run property`), not as few as each change can wait for. */
const all = process.env['PROPERTY'] === 'all';

/** Returns the number of inputs that a test makes: `long` with PROPERTY=all, otherwise `short`. */
export function runCount({ short, long }: { readonly short: number; readonly long: number }): number {
  return all ? long : short;
}
