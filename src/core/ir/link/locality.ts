import { defineMessages, finding } from '../../diagnostics/message.ts';
import type { Locality } from '../settings.ts';
import { knownCluster } from './clusters.ts';
import type { Linking } from './linking.ts';
import type { MergedSettings } from './merged-settings.ts';
import { itemsOf, locationOf, originOfWritten } from './spec-place.ts';

export const messages = defineMessages({
  MESH2038: {
    severity: 'error',
    text: 'failover needs outlierDetection',
    explanation:
      'Calls go to another cluster when the instances of the first are ejected, and only outlierDetection ejects instances. Write `outlierDetection: {}` to use its defaults.',
  },
  MESH2039: {
    severity: 'error',
    text: 'failover leads from {cluster} to itself',
    explanation:
      'A failover names two clusters of the mesh: the one whose instances fail, and the one that takes their calls.',
  },
});

/** Returns the preferred instances; unknown clusters are reported. */
export function localityOf(linking: Linking, merged: MergedSettings): Locality | undefined {
  const prefer = merged.get('locality.prefer');
  const failover = merged.get('locality.failover');
  const written = prefer ?? failover;
  if (written === undefined) return undefined;
  if (failover !== undefined && !merged.has('outlierDetection')) {
    linking.report(finding(messages, 'MESH2038', locationOf(failover), {}));
  }
  return {
    origin: originOfWritten(written),
    prefer: (prefer?.value as Locality['prefer'] | undefined) ?? 'none',
    failover: failoverOf(linking, (failover?.value ?? []) as Locality['failover']),
  };
}

function failoverOf(linking: Linking, list: Locality['failover']): Locality['failover'] {
  return itemsOf(list).flatMap(([item, at]) => {
    const from = knownCluster(linking, item.from, { container: item, key: 'from' });
    const to = knownCluster(linking, item.to, { container: item, key: 'to' });
    if (item.from === item.to)
      linking.report(finding(messages, 'MESH2039', locationOf(at), { cluster: item.from }));
    return from && to ? [{ from: item.from, to: item.to }] : [];
  });
}
