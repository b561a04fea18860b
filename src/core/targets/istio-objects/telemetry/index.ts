import type { Ir } from '../../../ir/ir.ts';
import type { Service } from '../../../ir/service.ts';
import type { Telemetry } from '../../../ir/telemetry.ts';
import type { Artifact } from '../../artifact.ts';
import { waypointFor } from '../ambient/waypoint-for.ts';
import type { TelemetrySpec } from '../crds/istio.gen.ts';
import type { LoweringOptions } from '../lowering-options.ts';
import { object } from '../object.ts';
import { needsProviders } from '../provider.ts';
import { reports } from './reports.ts';

/** Returns the Telemetry of the whole mesh and of services that differ. Istio's own metrics stay. */
export function telemetry(ir: Ir, options: LoweringOptions): readonly Artifact[] {
  const { accessLog, tracing, metricLabels } = ir.telemetry;
  const { logging, providers } = reports(ir, ir.telemetry, options);
  return [
    object({
      kind: 'Telemetry',
      namespace: options.rootNamespace,
      name: 'mesh',
      from: `Mesh/${ir.name}`,
      annotations: needsProviders(providers),
      origins: [accessLog, tracing, ...metricLabels].flatMap((part) => part?.origin ?? []).concat(ir.origin),
      spec: { ...logging, ...(metricLabels.length > 0 && { metrics: metrics(metricLabels) }) },
    }),
    ...Object.values(ir.services).flatMap((service) => ofService(ir, service, options)),
  ];
}

/**
 * Returns the object of a service whose telemetry differs. In ambient a waypoint reports, so a service without a
 * waypoint has none.
 */
function ofService(ir: Ir, service: Service, options: LoweringOptions): readonly Artifact[] {
  const { id, namespace, name, origin, workload } = service;
  if (service.telemetry === undefined) return [];
  const ambient = options.mode === 'ambient';
  if (ambient && waypointFor(ir, service) === undefined) return [];
  const labelled = Object.keys(workload.labels).length > 0;
  const { logging, providers } = reports(ir, service.telemetry, options);
  return [
    object({
      kind: 'Telemetry',
      namespace,
      name,
      from: `Service/${id}`,
      annotations: needsProviders(providers),
      origins: [service.telemetry.origin, origin],
      spec: {
        ...(ambient && { targetRefs: [{ group: '', kind: 'Service', name }] }),
        ...(!ambient && labelled && { selector: { matchLabels: workload.labels } }),
        ...logging,
      },
    }),
  ];
}

function metrics(labels: Telemetry['metricLabels']): NonNullable<TelemetrySpec['metrics']> {
  return [
    {
      providers: [{ name: 'prometheus' }],
      overrides: [
        {
          match: { metric: 'ALL_METRICS', mode: 'CLIENT_AND_SERVER' },
          tagOverrides: Object.fromEntries(
            labels.map((label) => [label.name, { operation: 'UPSERT', value: label.expression }]),
          ),
        },
      ],
    },
  ];
}
