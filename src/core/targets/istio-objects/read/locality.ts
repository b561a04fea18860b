import type { Field } from '../../../import/field.ts';
import type { ReadContext } from '../../../import/reader.ts';
import type { Failover, LocalityPreference } from '../../../spec/types.gen.ts';

/** The labels of nearness, by the word of the language. */
const nearness: readonly (readonly [string, LocalityPreference['prefer']])[] = [
  ['topology.istio.io/cluster topology.kubernetes.io/zone', 'same-zone'],
  ['topology.kubernetes.io/region', 'same-region'],
  ['topology.istio.io/cluster', 'same-cluster'],
];

type Clusters = NonNullable<ReadContext['clusters']>;

/**
 * Reads a LocalityLoadBalancerSetting: the order in which instances are preferred, if it is one of the language's own, or a
 * failover between regions whose clusters are known. No preference is the usual.
 */
export function readLocality(field: Field, clusters: Clusters): LocalityPreference | undefined {
  if (!field.isPresent) return undefined;
  const enabled = field.at('enabled');
  const names = field.entries().map(([name]) => name);
  const isOnly = (own: string): boolean => names.every((name) => name === 'enabled' || name === own);
  if (enabled.value === false && names.length === 1) {
    enabled.boolean();
    return undefined;
  }
  const isOn = !enabled.isPresent || enabled.value === true;
  const prefer = isOn && isOnly('failoverPriority') ? preferenceOf(field.at('failoverPriority')) : undefined;
  const failover = isOn && isOnly('failover') ? failoverOf(field.at('failover'), clusters) : undefined;
  if (prefer === undefined && failover === undefined) {
    field.lost({ callers: 'calls are not kept in, or moved between, localities: see Service.locality' });
    return undefined;
  }
  enabled.boolean();
  return prefer === undefined ? { failover: failover ?? [] } : { prefer };
}

function preferenceOf(labels: Field): LocalityPreference['prefer'] {
  const text = Array.isArray(labels.value) ? labels.value.join(' ') : '';
  const prefer = nearness.find(([known]) => known === text)?.[1];
  if (prefer !== undefined) labels.texts();
  return prefer;
}

/** Returns a failover of each cluster in a region to the one cluster in another; undefined if a region has not those. */
function failoverOf(list: Field, clusters: Clusters): readonly Failover[] | undefined {
  const inRegion = (region: unknown): readonly string[] =>
    Object.entries(clusters).flatMap(([name, one]) => (one.region === region ? [name] : []));
  const pairs = list.items().map((item) => {
    const [to, ...others] = inRegion(item.at('to').value);
    const from = inRegion(item.at('from').value);
    if (to === undefined || others.length > 0 || from.length === 0 || from.includes(to)) return undefined;
    return from.map((cluster) => ({ from: cluster, to }));
  });
  if (pairs.length === 0 || pairs.includes(undefined)) return undefined;
  for (const item of list.items()) {
    item.at('from').text();
    item.at('to').text();
  }
  return pairs.flatMap((pair) => pair ?? []);
}
