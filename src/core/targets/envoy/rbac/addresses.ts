import type { ClientAddress } from '../../../ir/gateway.ts';
import type { AddressMatch } from '../../../ir/principal.ts';
import { parseRange } from '../../../lib/ip-range.ts';
import type { Json } from '../../artifact.ts';

/**
 * Returns clients of a gateway by address as an RBAC principal. If the list of forwarded addresses is too short or its
 * entry isn't a plain address, Envoy uses the address of the peer, which is a proxy of ours. With `refused` the
 * principal includes such clients, as a deny needs; otherwise it excludes them.
 */
export function addressPrincipal(
  { range }: AddressMatch,
  clientAddress: ClientAddress | undefined,
  refused: boolean,
): Json {
  const inRange = { or_ids: { ids: ranges(range).map((remote_ip) => ({ remote_ip })) } };
  if (clientAddress?.type !== 'forwarded') return inRange;
  const known = {
    header: { name: 'x-forwarded-for', string_match: { safe_regex: { regex: entry(clientAddress.hops) } } },
  };
  return refused ? { or_ids: { ids: [inRange, { not_id: known }] } } : { and_ids: { ids: [inRange, known] } };
}

/** Returns a range, and for IPv4 also the range of IPv4-mapped IPv6 addresses. */
function ranges(range: string): readonly { readonly [key: string]: Json }[] {
  const [address = ''] = range.split('/');
  const parsed = parseRange(range);
  if (parsed === undefined) return [];
  const own = { address_prefix: address, prefix_len: parsed.length };
  return parsed.family === 6
    ? [own]
    : [own, { address_prefix: `::ffff:${address}`, prefix_len: parsed.length + 96 }];
}

const octet = '(?:25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])';
const group = '[0-9a-fA-F]{1,4}';

/** The plain forms of IPv6 (RFC 4291, 2.2) by the number of groups before `::`. */
const ipv6 = [
  `(?:${group}:){7}${group}`,
  `(?:${group}:){1,7}:`,
  ...[6, 5, 4, 3, 2].map((first) => `(?:${group}:){1,${String(first)}}(?::${group}){1,${String(7 - first)}}`),
  `${group}:(?::${group}){1,6}`,
  `:(?:(?::${group}){1,7}|:)`,
];

const plain = `(?:${octet}(?:\\.${octet}){3}|${ipv6.join('|')})`;

/**
 * Returns a pattern for a list in which a plain address is followed by `hops` entries: Envoy has appended the peer to
 * the entries of the proxies.
 */
function entry(hops: number): string {
  return `(?:.*,)?[ \\t]*${plain}[ \\t]*(?:,[^,]*){${String(hops)}}`;
}
