import type { Field } from '../../../import/field.ts';

/** Reads a list of networks. Returns true if it has every address; marks a list that has some alone. */
export function readNetworks(list: Field): boolean {
  const ranges = list.items().map((item) => {
    const except = item.at('except').texts() ?? [];
    return { cidr: item.at('cidr').text() ?? '', isWhole: except.length === 0 };
  });
  const has = (cidr: RegExp): boolean => ranges.some((one) => one.isWhole && cidr.test(one.cidr));
  const [ipv4, ipv6] = [has(/^0\.0\.0\.0\/0$/), has(/^(?:::|0:0:0:0:0:0:0:0)\/0$/)];
  if (ipv4 && !ipv6)
    list.differently({
      callers: 'callers over IPv6 get in, too',
      witness: 'a call from [2001:db8::7]',
      access: 'wider',
    });
  else if (!ipv4)
    list.lost({
      callers: 'callers inside the mesh have no addresses in the language, so that these callers are refused',
      access: 'narrower',
    });
  return ipv4;
}
