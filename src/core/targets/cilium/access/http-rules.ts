import { quoteRegex } from '../../../lib/quote-regex.ts';
import type { CiliumNetworkPolicySpec } from '../crds/cilium.gen.ts';
import { methodPatterns } from './methods.ts';
import type { Operation } from './operation.ts';
import { pathPatterns } from './path-pattern.ts';

type Ingress = NonNullable<CiliumNetworkPolicySpec['ingress']>[number];
type ToPorts = NonNullable<Ingress['toPorts']>[number];
type HttpRule = NonNullable<NonNullable<ToPorts['rules']>['http']>[number];

/**
 * Returns the rules of Cilium for an operation. Cilium compares whole values: the path with its query, the host with
 * its port. Names of headers are in lower case, in which Envoy compares them.
 */
export function httpRules({ methods, paths, hosts, headers }: Operation): readonly HttpRule[] {
  const patterns = pathPatterns(paths);
  if (patterns === 'unsayable') return [];
  const values = headers.flatMap(({ name, value }) => (value === undefined ? [] : [{ name, value }]));
  const present = headers.filter(({ value }) => value === undefined).map(({ name }) => name);
  const common: HttpRule = {
    ...(hosts && !hosts.includes('*') && { host: hostPattern(hosts) }),
    ...(present.length > 0 && { headers: present }),
    ...(values.length > 0 && { headerMatches: values }),
  };
  return (methodPatterns(methods) ?? [undefined]).flatMap((method) => {
    const asked: HttpRule = { ...(method !== undefined && { method }), ...common };
    return patterns === 'every' ? [asked] : patterns.map((path) => ({ ...asked, path }));
  });
}

/** Returns a pattern of hosts in any case, with or without a port and a final dot. */
function hostPattern(hosts: readonly string[]): string {
  const names = hosts.map((host) =>
    host.startsWith('*.') ? `(?:[^.:]+\\.)+${quoteRegex(host.slice(2))}` : quoteRegex(host),
  );
  return `(?i)(?:${names.join('|')})\\.?(?::[0-9]*)?`;
}
