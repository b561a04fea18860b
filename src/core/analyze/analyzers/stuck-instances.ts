import { defineMessages, finding, type Report } from '../../diagnostics/message.ts';
import type { Ir } from '../../ir/ir.ts';
import type { Instance, Service } from '../../ir/service.ts';
import type { OutlierDetection } from '../../ir/settings.ts';
import { pointAt } from '../../source/point-at.ts';
import type { Analyzer } from '../analyzer.ts';

const messages = defineMessages({
  MESH2279: {
    severity: 'warning',
    text: 'calls to {service} prefer near instances and never move away from those that fail: it has no outlierDetection',
    explanation:
      'Other instances get calls when the preferred ones are ejected, and only `outlierDetection` ejects instances. Write `outlierDetection: {}` (5 failures in a row, checked every 10s), or take `locality` out.',
  },
  MESH2280: {
    severity: 'warning',
    text: 'of {total} instances of {service} at most {most} can be ejected ({percent}% of {total}), and {place} has {count}: calls never move away from there',
    explanation:
      '`maxEjectionPercent` is a share of all instances of the service. Calls leave a zone or cluster when all of its instances are ejected; raise `maxEjectionPercent` far enough for that, or declare more instances elsewhere.',
  },
  MESH2281: {
    severity: 'warning',
    text: '{service} has one instance, and {percent}% of one is none: it is never ejected',
    explanation:
      'An instance is ejected while the ejected ones are at most `maxEjectionPercent` of all. Write 100% where a service may be without any instance for a while, or declare more instances.',
  },
});

/** Reports settings that should move calls away from failing instances, and can't. */
export const stuckInstances: Analyzer = {
  name: 'stuck-instances',
  description: 'Reports localities that calls never leave, and ejections that can not happen.',
  messages,
  analyze({ ir }, report) {
    for (const service of Object.values(ir.services))
      if (service.ports.length > 0) check(ir, service, report);
  },
};

function check(ir: Ir, service: Service, report: Report): void {
  const { locality, outlierDetection } = service.settings;
  const moves = locality !== undefined && (locality.prefer !== 'none' || locality.failover.length > 0);
  // Another check reports a failover without outlier detection.
  if (moves && outlierDetection === undefined) {
    if (locality.failover.length > 0) return;
    report(finding(messages, 'MESH2279', pointAt(locality.origin), { service: service.id }));
    return;
  }
  const instances = service.versions.flatMap((version) => version.instances ?? []);
  if (outlierDetection === undefined || instances.length === 0) return;
  const percent = Math.round(outlierDetection.maxEjectionPercent);
  if (instances.length === 1 && percent < 100) {
    report(
      finding(messages, 'MESH2281', pointAt(at(service, outlierDetection)), { service: service.id, percent }),
    );
    return;
  }
  if (!moves) return;
  const total = instances.length;
  const most = Math.floor((total * percent) / 100);
  const stuck = placesLeft(ir, service, instances).find(({ count }) => count > most && count < total);
  if (stuck === undefined) return;
  const values = { service: service.id, total, most, percent, ...stuck };
  report(finding(messages, 'MESH2280', pointAt(at(service, outlierDetection)), values));
}

function at({ settings }: Service, { origin }: OutlierDetection) {
  return settings.origins['outlierDetection.maxEjectionPercent'] ?? origin;
}

interface Place {
  readonly place: string;
  readonly count: number;
}

/** Returns the places that calls should leave when all of a place's instances fail. */
function placesLeft(ir: Ir, { settings }: Service, instances: readonly Instance[]): readonly Place[] {
  const { prefer = 'none', failover = [] } = settings.locality ?? {};
  const count = (kind: string, key: (instance: Instance) => string | undefined): readonly Place[] => {
    const counts = new Map<string, number>();
    for (const instance of instances) {
      const name = key(instance);
      if (name !== undefined) counts.set(name, (counts.get(name) ?? 0) + 1);
    }
    return [...counts].map(([name, number]) => ({ place: `the ${kind} ${name}`, count: number }));
  };
  const left = new Set(failover.map(({ from }) => from));
  return [
    ...count('cluster', ({ cluster }) =>
      cluster !== undefined && (left.has(cluster) || prefer === 'same-cluster') ? cluster : undefined,
    ),
    ...(prefer === 'same-zone' ? count('zone', ({ zone }) => zone) : []),
    ...(prefer === 'same-region' ? count('region', ({ cluster }) => ir.clusters[cluster ?? '']?.region) : []),
  ];
}
