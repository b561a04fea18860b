import { dnsLabel } from '../../../import/dns-label.ts';
import type { Field } from '../../../import/field.ts';
import { isHostPattern } from '../../../import/written-values.ts';
import type { RouteRule } from '../../../spec/types.gen.ts';
import type { ReadRule } from './read-rules.ts';
import { type NamedRoute, wantedName } from './route-names.ts';
import { type RuleSets, withCondition } from './rule-sets.ts';
import { isNamed, type KnownGateway, type KnownListener, type Surroundings } from './surroundings.ts';
import { tidyBackends } from './tidy-backends.ts';

/** The number of Routes so far at a gateway for a host and a protocol: later ones are asked later. */
export type TakenHosts = Map<string, number>;

/** The parts of a VirtualService that hold at gateways. */
export interface GatewayPart {
  readonly name: string;
  readonly namespace: string;
  readonly sets: RuleSets;
  readonly root: Field;
  readonly hosts: readonly { readonly field: Field; readonly host: string }[];
  readonly known: readonly KnownGateway[];
}

/** Returns the Routes of a VirtualService at its gateways. */
export function gatewayRoutes(
  part: GatewayPart,
  surroundings: Surroundings,
  taken: TakenHosts,
): readonly NamedRoute[] {
  const { name, namespace, sets, root, hosts } = part;
  const known = part.known.filter(({ listeners }) => listeners.some((one) => takes(one, namespace)));
  if (known.length === 0) return [];
  const isAny = hosts.some(({ host }) => host === '*');
  const hostnames = hosts.flatMap(({ field, host }) => {
    const lower = host.toLowerCase();
    if (host !== '*' && !isHostPattern(lower))
      field.lost({ callers: 'this is no host name: nothing enters by it' });
    return host !== '*' && isHostPattern(lower) ? [lower] : [];
  });
  if (!isAny && hostnames.length === 0) return [];
  return (['http', 'tls', 'tcp'] as const).flatMap((protocol): readonly NamedRoute[] => {
    const place = { known, namespace, isHttp: protocol === 'http' };
    const rules = sets[protocol].filter(leadsSomewhere).flatMap((one) => atGateways(one, place));
    if (rules.length === 0) return [];
    const keys = known.flatMap(({ id }) =>
      (isAny ? ['*'] : hostnames).map((host) => `${id} ${host} ${protocol}`),
    );
    const rank = Math.max(...keys.map((key) => taken.get(key) ?? 0));
    for (const key of keys) taken.set(key, rank + 1);
    return [
      {
        kind: 'Route',
        namespace,
        name: dnsLabel(`${name}-gateway${protocol === 'http' ? '' : `-${protocol}`}`) ?? name,
        spec: {
          gateways: known.map(({ id }) => id),
          // A connection without TLS names no host.
          ...(isAny || protocol === 'tcp' ? {} : { hostnames }),
          ...(rank === 0 ? {} : { priority: -rank }),
          rules: tidyBackends(rules, { namespace }, surroundings),
        },
        from: [root],
        ...wantedName(sets[protocol]),
      },
    ];
  });
}

/** A rule at a gateway needs a destination; without it the connections take the next rule. */
function leadsSomewhere({ nowhere }: ReadRule): boolean {
  nowhere?.lost({ callers: 'at a gateway the connections of this rule take the next rule', access: 'wider' });
  return nowhere === undefined;
}

function takes({ admits }: KnownListener, namespace: string): boolean {
  return admits === 'all' || admits.includes(namespace);
}

function atGateways(
  { rule, port, gateways }: ReadRule,
  { known, namespace, isHttp }: { known: readonly KnownGateway[]; namespace: string; isHttp: boolean },
): readonly RouteRule[] {
  const ids = gateways?.map((name) => (name.includes('/') ? name : `${namespace}/${name}`));
  const meant = known.filter((one) => ids === undefined || isNamed(one, ids));
  if (meant.length === 0) return [];
  const fits = (one: KnownListener): boolean =>
    (port === undefined || one.port === port) && one.isHttp === isHttp && takes(one, namespace);
  const speaking = meant.map(({ listeners }) => listeners.filter((one) => one.isHttp === isHttp));
  if (speaking.every((listeners) => listeners.length > 0 && listeners.every(fits))) return [rule];
  const names = [...new Set(speaking.flatMap((listeners) => listeners.filter(fits).map(({ name }) => name)))];
  const match = names.flatMap((name) => withCondition(rule, { port: name }).match ?? []);
  return names.length === 0 ? [] : [{ ...rule, match }];
}
