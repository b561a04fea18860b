import type { Field } from '../../../../import/field.ts';
import type { ReadAddress } from './access.ts';
import { fits, hole } from './forms.ts';
import type { Reading } from './reading.ts';

const range = { address_prefix: hole('prefix'), prefix_len: hole('length') } as const;

/** Returns a reader of clients by their addresses at a listener that reads them from the connection, or behind `hops` proxies. */
export function readAddress(reading: Reading, hops: number): ReadAddress {
  return (field, isRefused) => {
    const one = { remote_ip: range } as const;
    const ranges = [{ or_ids: { ids: [one] } }, { or_ids: { ids: [one, one] } }];
    if (hops === 0) {
      const form = ranges.find((candidate) => fits(field.value, candidate));
      return form === undefined ? undefined : readRange(reading, field);
    }
    const word = isRefused ? 'or_ids' : 'and_ids';
    const parts = field.along(word, 'ids');
    const known = {
      header: { name: 'x-forwarded-for', string_match: { safe_regex: { regex: hole('regex') } } },
    } as const;
    const second = isRefused ? { not_id: known } : known;
    const isForwarded = ranges.some((first) => fits(field.value, { [word]: { ids: [first, second] } }));
    if (!isForwarded) return undefined;
    reading.check(field, { [word]: { ids: [hole('range'), second] } });
    checkEntry(reading, parts.item(1), isRefused, hops);
    return readRange(reading, parts.item(0));
  };
}

function readRange(reading: Reading, field: Field): { readonly address: string } {
  const list = field.along('or_ids', 'ids');
  const [first, second] = list.items();
  const read = (one: Field | undefined): readonly [string, number] => {
    if (one === undefined) return ['', 0];
    const { prefix, length } = reading.take(one, { remote_ip: range });
    return [prefix.text() ?? '', length.number() ?? 0];
  };
  const [address, length] = read(first);
  const isFour = !address.includes(':');
  if (isFour !== (second !== undefined)) reading.report(field, 'an address of IPv4 also in the form of IPv6');
  if (second !== undefined) {
    const [mapped, bits] = read(second);
    if (mapped !== `::ffff:${address}` || bits !== length + 96)
      reading.report(second, 'the same address in the form of IPv6');
  }
  return { address: `${address}/${String(length)}` };
}

/** The list of addresses has to end in a plain address and one entry for each proxy behind it. */
function checkEntry(reading: Reading, field: Field, isRefused: boolean, hops: number): void {
  const regex = (isRefused ? field.at('not_id') : field).along(
    'header',
    'string_match',
    'safe_regex',
    'regex',
  );
  const text = regex.text() ?? '';
  const [start, end] = ['(?:.*,)?[ \\t]*(?:', `)[ \\t]*(?:,[^,]*){${String(hops)}}`];
  if (text !== `${start}${plainAddress}${end}`) reading.report(regex, 'a plain address before the proxies');
}

const octet = '(?:25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])';
const hex = '[0-9a-fA-F]{1,4}';

/** All forms of an address: four numbers, or groups of hexadecimal digits with at most one gap. */
const plainAddress = [
  `${octet}(?:\\.${octet}){3}`,
  `(?:${hex}:){7}${hex}`,
  `(?:${hex}:){1,7}:`,
  `(?:${hex}:){1,6}(?::${hex}){1,1}`,
  `(?:${hex}:){1,5}(?::${hex}){1,2}`,
  `(?:${hex}:){1,4}(?::${hex}){1,3}`,
  `(?:${hex}:){1,3}(?::${hex}){1,4}`,
  `(?:${hex}:){1,2}(?::${hex}){1,5}`,
  `${hex}:(?::${hex}){1,6}`,
  `:(?:(?::${hex}){1,7}|:)`,
].join('|');
