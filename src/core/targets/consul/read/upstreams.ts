import type { Field } from '../../../import/field.ts';
import type { NativeDocument } from '../../../import/native-document.ts';
import type { ReadDocument } from '../../../import/read-document.ts';
import type { ReadContext } from '../../../import/reader.ts';
import { isSameJson } from '../../../lib/is-same-json.ts';
import type { Json } from '../../../lib/json.ts';
import type { Connections, OutlierDetection } from '../../../spec/types.gen.ts';
import { readDuration } from './durations.ts';
import type { ServiceNames } from './services.ts';

/** Limits that callers keep. */
interface Limits {
  readonly connections?: Connections;
  readonly outlierDetection?: OutlierDetection;
}

/** The limits of all calls, and those of the calls to single services. */
export interface ReadUpstreams {
  /** Undefined where the proxies have the limits of Envoy itself. */
  readonly defaults: Limits | undefined;
  readonly documents: readonly ReadDocument[];
}

/** The limits that the callers of a service say. */
interface Override {
  readonly field: Field;
  readonly limits: Limits;
}

const byCaller =
  'limits that one caller keeps are no limits of the language, which are those of the service that is called';

/**
 * Reads the limits of calls, which Consul keeps at each caller: those that all callers say are limits of the mesh, or of the service
 * that is called.
 */
export function readUpstreams(
  defaults: readonly NativeDocument[],
  serviceNames: ServiceNames,
  context: ReadContext,
): ReadUpstreams {
  const { services } = context.inventory;
  const names = new Set(services.map(({ name }) => name));
  // A service that routes alone have calls nobody.
  const callers = defaults.filter(
    ({ name, root }) =>
      services.length === 0 || names.has(name) || root.along('spec', 'upstreamConfig').isPresent,
  );
  const configs = callers.map(({ root }) => root.along('spec', 'upstreamConfig'));
  const known = new Set(defaults.map(({ name }) => name));
  const isComplete = services.every(({ name }) => known.has(name));
  const all = configs.map((config) => ({
    field: config.at('defaults'),
    limits: readLimits(config.at('defaults')),
  }));
  const isCommon = isComplete && all.length > 0 && all.every(({ field }) => field.isPresent) && isSame(all);
  if (!isCommon) for (const { field } of all) field.lost({ callers: byCaller });
  const overrides = new Map<string, Override[]>();
  for (const config of configs)
    for (const field of config.at('overrides').items()) {
      const name = field.at('name').text() ?? '';
      overrides.set(name, [...(overrides.get(name) ?? []), { field, limits: readLimits(field) }]);
    }
  const common = isCommon ? all[0]?.limits : undefined;
  const documents = [...overrides].flatMap(([name, list]): readonly ReadDocument[] => {
    const [first] = list;
    const id =
      first && isSame(list)
        ? serviceNames.idOf(name, namespaceNear(defaults, context), first.field.at('name'))
        : undefined;
    if (first === undefined || id === undefined) {
      for (const { field } of list) field.lost({ callers: byCaller });
      return [];
    }
    if (list.length < configs.length)
      for (const { field } of list)
        field.at('name').differently({ callers: 'callers without these limits have them, too' });
    const [namespace = '', service = ''] = id.split('/');
    const spec = { ...first.limits };
    return [{ kind: 'Service', namespace, name: service, spec, from: [], beside: id }];
  });
  return { defaults: common, documents };
}

function namespaceNear([first]: readonly NativeDocument[], { namespaceOf }: ReadContext): string {
  return first === undefined ? 'default' : namespaceOf(first);
}

function isSame([first, ...others]: readonly Override[]): boolean {
  return others.every(({ limits }) => isSameJson(limits as Json, (first?.limits ?? {}) as Json));
}

/** A number that no proxy reaches. */
const unlimited = 2_147_483_647;

function readLimits(config: Field): Limits {
  const limits = config.at('limits');
  const limit = (name: string): number | undefined => {
    const value = limits.at(name).number();
    return value === undefined || value < 1 || value >= unlimited ? undefined : value;
  };
  const [maxConnections, maxPendingRequests, maxRequests] = [
    limit('maxConnections'),
    limit('maxPendingRequests'),
    limit('maxConcurrentRequests'),
  ];
  for (const name of [
    'connectTimeoutMs',
    'protocol',
    'meshGateway',
    'envoyListenerJSON',
    'envoyClusterJSON',
    'balanceOutboundConnections',
  ])
    config.at(name).lost({ callers: 'a setting of one caller is not carried' });
  const connections = {
    ...(maxConnections !== undefined && { maxConnections }),
    ...(maxPendingRequests !== undefined && { maxPendingRequests }),
    ...(maxRequests !== undefined && { maxRequests }),
  };
  const outlierDetection = readOutliers(config.at('passiveHealthCheck'));
  return {
    ...(Object.keys(connections).length > 0 && { connections }),
    ...(outlierDetection && { outlierDetection }),
  };
}

/** Envoy has five failures, 10 s, 30 s and a tenth of the instances where an entry leaves these out. */
function readOutliers(check: Field): OutlierDetection | undefined {
  if (!check.isPresent) return undefined;
  const enforcing = check.at('enforcingConsecutive5xx').number() ?? 100;
  const most = check.at('maxEjectionPercent').number() ?? 10;
  const [interval, base] = [readDuration(check.at('interval')), readDuration(check.at('baseEjectionTime'))];
  const failures = check.at('maxFailures').number() ?? 5;
  if (enforcing === 0 || most === 0 || failures < 1) return undefined;
  if (enforcing < 100)
    check
      .at('enforcingConsecutive5xx')
      .differently({ callers: 'an instance that fails so often is ejected each time' });
  return {
    consecutive5xx: failures,
    interval: interval === undefined || interval === '0s' ? '10s' : interval,
    baseEjectionTime: base === undefined || base === '0s' ? '30s' : base,
    maxEjectionPercent: `${String(Math.min(100, Math.max(0, most)))}%`,
  };
}
