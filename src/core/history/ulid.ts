/** Returns a ULID (github.com/ulid/spec): ids sort by time, then at random. Takes 10 random bytes. */
export function ulid(time: Date, random: Uint8Array): string {
  let stamp = '';
  for (let rest = time.getTime(), digit = 0; digit < 10; digit++, rest = Math.floor(rest / 32)) {
    stamp = (alphabet[rest % 32] ?? '') + stamp;
  }
  let bits = 0n;
  for (const byte of random.subarray(0, 10)) bits = (bits << 8n) | BigInt(byte);
  let chance = '';
  for (let digit = 0; digit < 16; digit++, bits >>= 5n)
    chance = (alphabet[Number(bits & 31n)] ?? '') + chance;
  return stamp + chance;
}

/** Crockford's base 32. */
const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
