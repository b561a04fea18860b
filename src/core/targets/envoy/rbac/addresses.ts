import type { ClientAddress } from '../../../ir/gateway.ts';
import type { AddressMatch } from '../../../ir/principal.ts';
import { parseRange } from '../../../lib/ip-range.ts';
import type { Json } from '../../artifact.ts';

/**
 * Clients of a gateway by address as an RBAC principal. Envoy falls back to the address of the peer, a proxy of ours, when
 * the list of forwarded addresses is too short or its entry is no plain address: such a client is `refused` (fits a rule
 * that refuses, and no other).
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

/** A range of IPv4 also as IPv6 writes it. */
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

/** The plain forms of IPv6 (RFC 4291, 2.2) by the number of groups in front of `::`. */
const ipv6 = [
  `(?:${group}:){7}${group}`,
  `(?:${group}:){1,7}:`,
  ...[6, 5, 4, 3, 2].map((first) => `(?:${group}:){1,${String(first)}}(?::${group}){1,${String(7 - first)}}`),
  `${group}:(?::${group}){1,6}`,
  `:(?:(?::${group}){1,7}|:)`,
];

const plain = `(?:${octet}(?:\\.${octet}){3}|${ipv6.join('|')})`;

/** A list whose entry is a plain address that is followed by so many: Envoy has added the peer to those of the proxies. */
function entry(hops: number): string {
  return `(?:.*,)?[ \\t]*${plain}[ \\t]*(?:,[^,]*){${String(hops)}}`;
}
