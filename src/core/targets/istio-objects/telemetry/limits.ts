import type { Ir } from '../../../ir/ir.ts';
import type { Service } from '../../../ir/service.ts';
import type { Tracing } from '../../../ir/telemetry.ts';
import type { Limit } from '../../target.ts';
import { waypointFor } from '../ambient/waypoint-for.ts';
import type { LoweringOptions } from '../lowering-options.ts';
import { formatterSince, headerOf } from './custom-tags.ts';

/** Returns the limits of proxies of this version in telemetry. */
export function telemetryLimits(ir: Ir, options: LoweringOptions): readonly Limit[] {
  const own = Object.values(ir.services).filter(({ telemetry }) => telemetry !== undefined);
  const labelled = own.length === 0 ? new Map<string, readonly Service[]>() : byLabel(ir);
  return [
    ...[ir.telemetry, ...own.map(({ telemetry }) => telemetry)].flatMap((told) =>
      missingTags(told?.tracing, options),
    ),
    ...own.flatMap((service) => [
      ...samePods(labelled, service),
      ...keptTags(ir, service),
      ...withoutProxy(ir, service, options),
    ]),
  ];
}

/** Returns services by namespace and by each label of their pods. */
function byLabel({ services }: Ir): ReadonlyMap<string, readonly Service[]> {
  const all = new Map<string, Service[]>();
  for (const service of Object.values(services)) {
    for (const key of [service.namespace, ...labelKeys(service)]) {
      const list = all.get(key);
      if (list === undefined) all.set(key, [service]);
      else list.push(service);
    }
  }
  return all;
}

function labelKeys({ namespace, workload }: Service): readonly string[] {
  return Object.entries(workload.labels).map(([key, value]) => `${namespace}/${key}=${value}`);
}

/** Returns the services whose pods are also those of a service: their telemetry is the same. */
function samePods(labelled: ReadonlyMap<string, readonly Service[]>, service: Service): readonly Limit[] {
  const [first = service.namespace] = labelKeys(service);
  const shared = labelled
    .get(first)
    ?.find(
      (other) =>
        other !== service &&
        Object.entries(service.workload.labels).every(([key, value]) => other.workload.labels[key] === value),
    );
  return shared === undefined
    ? []
    : limit(
        service,
        `pods of ${service.id} are those of ${shared.id}, too, and Istio has one telemetry for a pod`,
      );
}

/** Returns the limit that an object without tags inherits those of the mesh. */
function keptTags(ir: Ir, service: Service): readonly Limit[] {
  const inherited = ir.telemetry.tracing?.tags.length ?? 0;
  if (service.telemetry?.tracing?.tags.length !== 0 || inherited === 0) return [];
  return limit(service, 'Istio takes no tags of spans away that the mesh has');
}

/**
 * Returns the limits of services without a waypoint: without sidecars only a waypoint reports, and only calls to the
 * service.
 */
function withoutProxy(ir: Ir, service: Service, { mode }: LoweringOptions): readonly Limit[] {
  if (mode !== 'ambient') return [];
  return limit(
    service,
    waypointFor(ir, service) === undefined
      ? 'a service without waypoint has no proxy that Istio lets report anything else than the mesh says'
      : 'a waypoint reports calls to the service, and calls that it makes are reported as the called one says',
  );
}

function limit({ telemetry, origin }: Service, reason: string): readonly Limit[] {
  const callers = 'nothing; who reads logs and traces finds others than the service asks for';
  return [{ feature: 'telemetry.service', reason, callers, origin: telemetry?.origin ?? origin }];
}

function missingTags(tracing: Tracing | undefined, { minor }: LoweringOptions): readonly Limit[] {
  if (tracing === undefined || minor >= formatterSince) return [];
  return tracing.tags
    .filter(({ expression }) => headerOf(expression) === undefined)
    .map(({ name }) => ({
      feature: 'telemetry.tracing',
      reason: `Istio before 1.${String(formatterSince)} makes tags of headers alone, so that spans have no ${name}`,
      callers: 'nothing; who reads traces misses a tag',
      origin: tracing.origin,
    }));
}
