import type { Field } from '../../../import/field.ts';
import type { NativeDocument } from '../../../import/native-document.ts';
import type { ReadDocument } from '../../../import/read-document.ts';
import type { ReadContext } from '../../../import/reader.ts';
import { isSameJson } from '../../../lib/is-same-json.ts';
import type { Json } from '../../../lib/json.ts';
import type { Connections, OutlierDetection, Settings } from '../../../spec/types.gen.ts';
import { readDuration } from './durations.ts';
import type { ServiceNames } from './services.ts';

/** Limits of calls, as the Mesh and services have them. */
export type Limits = Pick<Settings, 'connections' | 'outlierDetection'>;

/** The limits of all calls, and documents with those of the calls to single services. */
export interface UpstreamLimits {
  readonly mesh: Limits;
  readonly documents: readonly ReadDocument[];
}

/** Settings that one caller has for the calls to one service, or to all that it names no other settings for. */
interface Upstream {
  readonly field: Field;
  readonly caller: string;
}

/** The limits of Envoy that Consul leaves in force. */
const usual = 1024;
const usualFailures = 5;

const callers =
  'limits that only some callers keep are no limits of the language, which are those of the service that is called';
const more = 'callers without this entry keep these limits, too';

/**
 * Reads the limits of calls, which Consul keeps at callers (`upstreamConfig` of their ServiceDefaults). The language counts at each
 * caller, too, but has the same limits for all of them: limits on which all callers of a service agree
 * are carried, and limits of all upstreams if every service has them.
 */
export function readUpstreams(
  documents: readonly NativeDocument[],
  names: ServiceNames,
  context: ReadContext,
): UpstreamLimits {
  const all: Upstream[] = [];
  const single = new Map<string, Upstream[]>();
  for (const document of documents) {
    const config = document.root.along('spec', 'upstreamConfig');
    const caller = document.name;
    if (config.at('defaults').isPresent) all.push({ field: config.at('defaults'), caller });
    for (const field of config.at('overrides').items()) {
      const name = field.at('name').text() ?? '';
      const namespace = field.at('namespace').text() ?? context.namespaceOf(document);
      const id = elsewhere(field) ? undefined : names.idOf(name, namespace, field.at('name'));
      if (id === undefined) field.lost({ callers });
      else single.set(id, [...(single.get(id) ?? []), { field, caller }]);
    }
  }
  const mesh = all.length === documents.length ? agreed(all, documents.length) : undefined;
  if (all.length < documents.length) lose(all);
  return {
    mesh: mesh ?? {},
    documents: [...single].flatMap(([id, upstreams]): readonly ReadDocument[] => {
      const spec = agreed(upstreams, documents.length);
      const [namespace = '', name = ''] = id.split('/');
      const from = upstreams.map(({ field }) => field);
      return spec === undefined ? [] : [{ kind: 'Service', namespace, name, spec, from, beside: id }];
    }),
  };
}

function elsewhere(field: Field): boolean {
  return ['partition', 'peer'].some((name) => (field.at(name).value ?? '') !== '');
}

/** Returns the limits on which callers agree; undefined, and the limits are lost, if they don't. */
function agreed(upstreams: readonly Upstream[], most: number): Limits | undefined {
  const [first] = upstreams;
  if (first === undefined) return undefined;
  const isSame = upstreams.every(({ field }) => isSameJson(field.value as Json, first.field.value as Json));
  if (!isSame) {
    lose(upstreams);
    return undefined;
  }
  const isForAll = new Set(upstreams.map(({ caller }) => caller)).size === most;
  const [limits] = upstreams.map(({ field }) => readLimits(field, isForAll));
  return limits;
}

function lose(upstreams: readonly Upstream[]): void {
  for (const { field } of upstreams) field.lost({ callers });
}

function readLimits(field: Field, isForAll: boolean): Limits {
  for (const name of ['envoyClusterJSON', 'envoyListenerJSON', 'meshGateway', 'protocol'])
    field.at(name).lost({ callers: 'calls go as those of other callers, with the protocol of the service' });
  const connections = readConnections(field, isForAll);
  const outlierDetection = readHealthCheck(field.at('passiveHealthCheck'), isForAll);
  return { ...(connections && { connections }), ...(outlierDetection && { outlierDetection }) };
}

function readConnections(field: Field, isForAll: boolean): Connections | undefined {
  const limits = field.at('limits');
  const time = field.at('connectTimeoutMs').number();
  const [maxConnections, maxPendingRequests, maxRequests] = [
    'maxConnections',
    'maxPendingRequests',
    'maxConcurrentRequests',
  ].map((name) => limits.at(name).number());
  if (!isForAll)
    for (const one of [limits, field.at('connectTimeoutMs')])
      if (one.isPresent) one.differently({ callers: more });
  if (!limits.isPresent && time === undefined) return undefined;
  return {
    ...(limits.isPresent && {
      maxConnections: maxConnections ?? usual,
      maxPendingRequests: maxPendingRequests ?? usual,
      maxRequests: maxRequests ?? usual,
    }),
    ...(time !== undefined && time > 0 && { connectTimeout: `${String(time)}ms` }),
  };
}

function readHealthCheck(check: Field, isForAll: boolean): OutlierDetection | undefined {
  if (!check.isPresent) return undefined;
  const share = check.at('enforcingConsecutive5xx').number() ?? 100;
  const failures = check.at('maxFailures').number() ?? 0;
  const most = check.at('maxEjectionPercent').number();
  const [interval, baseEjectionTime] = ['interval', 'baseEjectionTime'].map((name) =>
    readDuration(check.at(name)),
  );
  if (!isForAll) check.differently({ callers: more });
  if (share > 0 && share < 100)
    check.at('enforcingConsecutive5xx').differently({ callers: 'an instance that fails is always ejected' });
  if (share <= 0) return { consecutive5xx: 0 };
  return {
    consecutive5xx: failures > 0 ? failures : usualFailures,
    ...(interval !== undefined && interval !== '0s' && { interval }),
    ...(baseEjectionTime !== undefined && baseEjectionTime !== '0s' && { baseEjectionTime }),
    maxEjectionPercent: `${String(most ?? 10)}%`,
  };
}
