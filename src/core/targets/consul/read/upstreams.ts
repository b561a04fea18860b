import type { Field } from '../../../import/field.ts';
import type { NativeDocument } from '../../../import/native-document.ts';
import type { ReadDocument } from '../../../import/read-document.ts';
import type { ReadContext } from '../../../import/reader.ts';
import { isSameJson } from '../../../lib/is-same-json.ts';
import type { Json } from '../../../lib/json.ts';
import type { Connections, OutlierDetection, Settings } from '../../../spec/types.gen.ts';
import { readDuration } from './durations.ts';
import type { ServiceNames } from './services.ts';

/** Limits that callers keep, all of them. */
interface Limits {
  readonly connections: Required<Pick<Connections, 'maxConnections' | 'maxPendingRequests' | 'maxRequests'>>;
  readonly outlierDetection: OutlierDetection;
}

/** A number that no proxy reaches. */
const unlimited = 2_147_483_647;

/** The limits of Envoy where callers say none. */
const limitsOfEnvoy: Limits = {
  connections: { maxConnections: 1024, maxPendingRequests: 1024, maxRequests: 1024 },
  outlierDetection: {
    consecutive5xx: 5,
    interval: '10s',
    baseEjectionTime: '30s',
    maxEjectionPercent: '10%',
  },
};

/** A detection that ejects nobody. */
const never: OutlierDetection = { consecutive5xx: 0 };

/** The limits of all calls, and those of the calls to single services. */
export interface ReadUpstreams {
  readonly defaults: Settings;
  readonly documents: readonly ReadDocument[];
}

/** The limits that the callers of a service say. */
interface Override {
  readonly field: Field;
  readonly limits: Partial<Limits>;
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
      if (isElsewhere(field)) {
        field.lost({ callers: 'this reader takes services of one datacenter and one partition' });
        continue;
      }
      overrides.set(name, [...(overrides.get(name) ?? []), { field, limits: readLimits(field) }]);
    }
  const mesh = { ...limitsOfEnvoy, ...(isCommon && all[0]?.limits) };
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
    const spec = differing({ ...mesh, ...first.limits }, mesh);
    return [{ kind: 'Service', namespace, name: service, spec, from: [], beside: id }];
  });
  return { defaults: asDefaults(mesh), documents };
}

function namespaceNear([first]: readonly NativeDocument[], { namespaceOf }: ReadContext): string {
  return first === undefined ? 'default' : namespaceOf(first);
}

function isElsewhere(field: Field): boolean {
  return ['partition', 'peer'].some((name) => (field.at(name).value ?? '') !== '');
}

function isSame([first, ...others]: readonly Override[]): boolean {
  return others.every(({ limits }) =>
    isSameJson(limits as unknown as Json, (first?.limits ?? {}) as unknown as Json),
  );
}

/** Reads limits. What an entry leaves out is Envoy's own: a thousand of each, and an ejection after five failures. */
function readLimits(config: Field): Partial<Limits> {
  const limits = config.at('limits');
  const limit = (name: string): number => {
    const value = limits.at(name).number() ?? limitsOfEnvoy.connections.maxConnections;
    return value < 1 || value > unlimited ? unlimited : value;
  };
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
    maxConnections: limit('maxConnections'),
    maxPendingRequests: limit('maxPendingRequests'),
    maxRequests: limit('maxConcurrentRequests'),
  };
  const check = config.at('passiveHealthCheck');
  return {
    ...(limits.isPresent && { connections }),
    ...(check.isPresent && { outlierDetection: readOutliers(check) }),
  };
}

/** Envoy has five failures, 10 s, 30 s and a tenth of the instances where an entry leaves these out. */
function readOutliers(check: Field): OutlierDetection {
  const enforcing = check.at('enforcingConsecutive5xx').number() ?? 100;
  const most = check.at('maxEjectionPercent').number() ?? 10;
  const [interval, base] = [readDuration(check.at('interval')), readDuration(check.at('baseEjectionTime'))];
  const failures = check.at('maxFailures').number() ?? 0;
  if (enforcing <= 0 || most <= 0) return never;
  if (enforcing < 100)
    check
      .at('enforcingConsecutive5xx')
      .differently({ callers: 'an instance that fails so often is ejected each time' });
  return {
    consecutive5xx: failures < 1 ? 5 : failures,
    interval: interval === undefined || interval === '0s' ? '10s' : interval,
    baseEjectionTime: base === undefined || base === '0s' ? '30s' : base,
    maxEjectionPercent: `${String(Math.min(100, most))}%`,
  };
}

/** Returns the limits of a service that differ from those of the Mesh. */
function differing({ connections, outlierDetection }: Limits, mesh: Limits): Settings {
  const usual = new Map(Object.entries(mesh.connections));
  const own = Object.fromEntries(
    Object.entries(connections).filter(([name, limit]) => limit !== usual.get(name)),
  );
  const isSameDetection = isSameJson(outlierDetection as Json, mesh.outlierDetection as Json);
  return {
    ...(Object.keys(own).length > 0 && { connections: own }),
    ...(!isSameDetection && { outlierDetection }),
  };
}

/** Returns limits as the defaults of a Mesh, in which what is left out has no limit. */
function asDefaults({ connections, outlierDetection }: Limits): Settings {
  const limits = Object.fromEntries(Object.entries(connections).filter(([, limit]) => limit < unlimited));
  return {
    ...(Object.keys(limits).length > 0 && { connections: limits }),
    ...(outlierDetection !== never && { outlierDetection }),
  };
}
