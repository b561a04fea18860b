/** Returns the bytes of a size such as `64KiB`; NaN for any other text. */
export function parseSize(text: string): number {
  const [, number = '', unit = ''] = /^(\d+)(B|KiB|MiB|GiB)$/.exec(text) ?? [];
  return number === '' ? Number.NaN : Number(number) * (bytes[unit] ?? Number.NaN);
}

const bytes: Readonly<Record<string, number>> = { B: 1, KiB: 1024, MiB: 1024 ** 2, GiB: 1024 ** 3 };
