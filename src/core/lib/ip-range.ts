/** The addresses of one family that share the first `length` bits of `bits`. */
export interface IpRange {
  readonly family: 4 | 6;
  readonly bits: bigint;
  readonly length: number;
}

/**
 * Reads an address or a range in CIDR notation. Returns undefined if the text is neither, or has an unusual spelling.
 */
export function parseRange(text: string): IpRange | undefined {
  const [address = '', length, ...more] = text.split('/');
  const single = parseAddress(address);
  if (single === undefined || more.length > 0 || length === undefined)
    return more.length > 0 ? undefined : single;
  if (!/^(?:0|[1-9][0-9]{0,2})$/.test(length) || Number(length) > single.length) return undefined;
  return { ...single, length: Number(length) };
}

/** Reads one address as a range of one. Returns undefined for IPv6 with a dotted end or a zone. */
export function parseAddress(text: string): IpRange | undefined {
  if (isIpv4(text)) {
    const bits = text.split('.').reduce((sum, octet) => sum * 256n + BigInt(octet), 0n);
    return { family: 4, bits, length: 32 };
  }
  const groups = ipv6Groups(text);
  if (groups === undefined) return undefined;
  const bits = groups.reduce((sum, group) => sum * 65_536n + BigInt(`0x${group}`), 0n);
  return { family: 6, bits, length: 128 };
}

/**
 * Returns true if an address is in a range. An IPv4-mapped IPv6 address (`::ffff:a00:1`, RFC 4291, 2.5.5.2) counts as
 * both.
 */
export function isInRange(range: IpRange, address: IpRange): boolean {
  if (range.family === address.family) return startsAlike(range, address.bits, sizes[range.family]);
  return (
    address.family === 6 &&
    address.bits >> 32n === mapped &&
    startsAlike(range, address.bits & 0xffffffffn, 32)
  );
}

const sizes = { 4: 32, 6: 128 } as const;

/** The first 96 bits of IPv4-mapped IPv6 addresses. */
const mapped = 0xffffn;

function startsAlike({ bits, length }: IpRange, address: bigint, size: number): boolean {
  const rest = BigInt(size - length);
  return bits >> rest === address >> rest;
}

function isIpv4(text: string): boolean {
  const octets = text.split('.');
  return (
    octets.length === 4 &&
    octets.every((octet) => /^(?:0|[1-9][0-9]{0,2})$/.test(octet) && Number(octet) < 256)
  );
}

/** Returns the eight groups of an IPv6 address (RFC 4291, 2.2). */
function ipv6Groups(text: string): readonly string[] | undefined {
  const halves = text.split('::').map((half) => (half === '' ? [] : half.split(':')));
  const [first = [], last] = halves;
  const written = halves.flat();
  if (halves.length > 2 || !written.every((group) => /^[0-9a-fA-F]{1,4}$/.test(group))) return undefined;
  if (last === undefined) return first.length === 8 ? first : undefined;
  const missing = 8 - written.length;
  return missing < 1 ? undefined : [...first, ...Array<string>(missing).fill('0'), ...last];
}
