import type { Field } from '../../../import/field.ts';
import { type KnownService, serviceId } from '../../../import/inventory.ts';
import type { NativeDocument } from '../../../import/native-document.ts';
import type { ReadDocument } from '../../../import/read-document.ts';
import { isSameJson } from '../../../lib/is-same-json.ts';
import type { Json } from '../../../lib/json.ts';
import type { Settings } from '../../../spec/types.gen.ts';
import { readDuration } from './durations.ts';
import { type KumaContext, type Selected, selectCallee } from './places.ts';
import { readRetry } from './retry.ts';

/** Settings of calls, as the Mesh and services have them. */
export type ReadSettings = Pick<
  Settings,
  'timeout' | 'retries' | 'connections' | 'outlierDetection' | 'loadBalancing'
>;

/** The settings of all services, and documents with those of single services. */
export interface AllSettings {
  readonly mesh: ReadSettings;
  readonly documents: readonly ReadDocument[];
}

const readers: Readonly<Record<string, (field: Field) => ReadSettings>> = {
  MeshTimeout: readTimeout,
  MeshRetry: readRetry,
  MeshCircuitBreaker: readBreaker,
  MeshLoadBalancingStrategy: readStrategy,
};

/** Kinds of policies about calls. */
export const settingKinds: readonly string[] = Object.keys(readers);

/** Reads the policies about calls; a policy for some callers alone is lost, since settings hold for all callers. */
export function readSettings(documents: readonly NativeDocument[], context: KumaContext): AllSettings {
  let mesh: ReadSettings = {};
  const found: CalleeSettings[] = [];
  for (const document of documents) {
    const { root, kind } = document;
    const spec = root.at('spec');
    const ref = spec.at('targetRef');
    const server = 'times and limits at the proxy of the server are not carried: those of callers hold';
    spec.at('from').lost({ callers: server });
    spec.at('rules').lost({ callers: server });
    const isForAll = !ref.isPresent || ref.at('kind').text() === 'Mesh';
    if (!isForAll) {
      spec.lost({
        callers: 'settings for some callers alone are not carried: those of the service hold for all',
      });
      continue;
    }
    if (ref.at('proxyTypes').isPresent)
      ref.at('proxyTypes').lost({ callers: 'the settings hold for sidecars and gateways' });
    for (const to of spec.at('to').items()) {
      const settings = readers[kind]?.(to.at('default')) ?? {};
      const callee = selectCallee(to.at('targetRef'), context.namespaceOf(document), context);
      if (callee === 'all') mesh = merged(mesh, settings);
      else if (callee === undefined)
        to.lost({ callers: 'the settings of a callee that is no service of the mesh are not carried' });
      else found.push({ kind, callee, settings, to, root });
    }
  }
  const whole = found.filter(({ callee }) => callee.version === undefined);
  const versions = found.filter(({ callee }) => callee.version !== undefined);
  return {
    mesh,
    documents: [
      ...whole.flatMap(documentsOf),
      ...versions.flatMap((one) => ofVersion(one, whole, context.isExact === true)),
    ],
  };
}

/** The settings of calls to a service, to one of its ports or to a version. */
interface CalleeSettings {
  readonly kind: string;
  readonly callee: Selected;
  readonly settings: ReadSettings;
  readonly to: Field;
  readonly root: Field;
}

function documentsOf({ callee, settings, to, root }: CalleeSettings): readonly ReadDocument[] {
  if (callee.port !== undefined)
    to.along('targetRef', 'sectionName').differently({
      callers: 'the settings hold for all ports of the service',
    });
  return callee.services.map((service) => documentOf(service, settings, root));
}

/**
 * Accounts for the settings of a version: those of its service are carried, and others are lost. A proof takes them for the
 * service, so that the difference is not overlooked.
 */
function ofVersion(
  { kind, callee, settings, to, root }: CalleeSettings,
  whole: readonly CalleeSettings[],
  isExact: boolean,
): readonly ReadDocument[] {
  const [service] = callee.services;
  const own = whole
    .filter((one) => one.kind === kind && one.callee.port === undefined)
    .filter((one) => one.callee.services.some((other) => other === service))
    .reduce<ReadSettings>((all, one) => merged(all, one.settings), {});
  if (service === undefined || isSameJson(own as Json, settings as Json)) return [];
  to.lost({ callers: 'the version has the settings of its service' });
  return isExact ? [documentOf(service, settings, root)] : [];
}

function documentOf({ namespace, name }: KnownService, spec: ReadSettings, from: Field): ReadDocument {
  return { kind: 'Service', namespace, name, spec, from: [from], beside: serviceId({ namespace, name }) };
}

function merged(one: ReadSettings, other: ReadSettings): ReadSettings {
  return {
    ...one,
    ...other,
    ...((one.connections ?? other.connections) && {
      connections: { ...one.connections, ...other.connections },
    }),
    ...((one.outlierDetection ?? other.outlierDetection) && {
      outlierDetection: { ...one.outlierDetection, ...other.outlierDetection },
    }),
  };
}

function readTimeout(field: Field): ReadSettings {
  const timeout = readDuration(field.along('http', 'requestTimeout'));
  const connectTimeout = readDuration(field.at('connectionTimeout'));
  const idleTimeout = readDuration(field.at('idleTimeout'));
  for (const name of [
    'streamIdleTimeout',
    'maxStreamDuration',
    'maxConnectionDuration',
    'requestHeadersTimeout',
  ]) {
    const other = field.along('http', name);
    if (other.value === '0s' || other.value === '0')
      other.withoutEffect('zero is no limit, as in the language');
    else other.lost({ callers: 'requests and connections are not ended by this time' });
  }
  const connections = {
    ...(connectTimeout !== undefined && connectTimeout !== '0s' && { connectTimeout }),
    ...(idleTimeout !== undefined && { idleTimeout }),
  };
  return {
    ...(timeout !== undefined && { timeout }),
    ...(Object.keys(connections).length > 0 && { connections }),
  };
}

function readBreaker(field: Field): ReadSettings {
  const limits = field.at('connectionLimits');
  const [maxConnections, maxPendingRequests, maxRequests] = [
    'maxConnections',
    'maxPendingRequests',
    'maxRequests',
  ].map((name) => limits.at(name).number());
  for (const name of ['maxConnectionPools', 'maxRetries']) {
    const limit = limits.at(name);
    if (Number(limit.value) >= unlimited) limit.withoutEffect('so many is no limit');
    else limit.lost({ callers: 'pools and retries at a time have no limit of their own' });
  }
  const connections = {
    ...(maxConnections !== undefined && maxConnections > 0 && { maxConnections }),
    ...(maxPendingRequests !== undefined && maxPendingRequests > 0 && { maxPendingRequests }),
    ...(maxRequests !== undefined && maxRequests > 0 && { maxRequests }),
  };
  const outlierDetection = readOutliers(field.at('outlierDetection'));
  return {
    ...(Object.keys(connections).length > 0 && { connections }),
    ...(outlierDetection && { outlierDetection }),
  };
}

/** The number from which on a limit is none, since no proxy has so many. */
const unlimited = 2_147_483_647;

function readOutliers(field: Field): ReadSettings['outlierDetection'] | undefined {
  if (!field.isPresent || field.at('disabled').boolean() === true) {
    for (const name of [
      'interval',
      'baseEjectionTime',
      'maxEjectionPercent',
      'splitExternalAndLocalErrors',
      'healthyPanicThreshold',
      'detectors',
    ])
      field.at(name).withoutEffect('the detection is off');
    return undefined;
  }
  const detectors = field.at('detectors');
  const total = detectors.along('totalFailures', 'consecutive').number();
  const gateway = detectors.along('gatewayFailures', 'consecutive').number();
  for (const name of ['localOriginFailures', 'successRate', 'failurePercentage'])
    detectors.at(name).lost({ callers: 'instances are not ejected by these statistics' });
  field
    .at('splitExternalAndLocalErrors')
    .lost({ callers: 'failures of connections count as other failures' });
  const [interval, baseEjectionTime] = [
    readDuration(field.at('interval')),
    readDuration(field.at('baseEjectionTime')),
  ];
  const maxEjectionPercent = percentage(field.at('maxEjectionPercent'));
  const minHealthPercent = percentage(field.at('healthyPanicThreshold'));
  return {
    consecutive5xx: total ?? 0,
    consecutiveGatewayErrors: gateway ?? 0,
    ...(interval !== undefined && interval !== '0s' && { interval }),
    ...(baseEjectionTime !== undefined && baseEjectionTime !== '0s' && { baseEjectionTime }),
    ...(maxEjectionPercent !== undefined && { maxEjectionPercent }),
    ...(minHealthPercent !== undefined && { minHealthPercent }),
  };
}

/** Returns a share in the form of the language; undefined if it isn't there or is none. */
function percentage(field: Field): string | undefined {
  const share = field.numberOrText();
  return share !== undefined && /^\d{1,2}(?:\.\d{1,4})?$|^100$/.test(String(share))
    ? `${String(share)}%`
    : undefined;
}

const algorithms = {
  RoundRobin: 'round-robin',
  LeastRequest: 'least-request',
  Random: 'random',
  RingHash: 'ring-hash',
  Maglev: 'maglev',
} as const;

function readStrategy(field: Field): ReadSettings {
  const balancer = field.at('loadBalancer');
  const type = balancer.at('type').text() ?? '';
  const algorithm = Object.hasOwn(algorithms, type) ? algorithms[type as keyof typeof algorithms] : undefined;
  const locality = field.at('localityAwareness');
  if (locality.at('disabled').boolean() !== true)
    locality.lost({
      callers: 'instances of the own zone are not preferred, and zones do not stand in for each other',
    });
  const old = ['ringHash', 'maglev'].map((name) => balancer.at(name).at('hashPolicies'));
  const policies = [field.at('hashPolicies'), ...old].flatMap((list) => (list.isPresent ? list.items() : []));
  for (const name of ['ringHash', 'maglev', 'leastRequest', 'random', 'roundRobin'])
    if (!balancer.at(name).at('hashPolicies').isPresent)
      balancer.at(name).withoutEffect('sizes of tables change only how evenly calls are spread');
  for (const name of ['hashFunction', 'minRingSize', 'maxRingSize', 'tableSize'])
    for (const table of ['ringHash', 'maglev'])
      balancer.at(table).at(name).withoutEffect('sizes of tables change only how evenly calls are spread');
  const [first, ...others] = policies;
  for (const other of others) other.lost({ callers: 'callers are told apart by the first key alone' });
  const affinity = first === undefined ? undefined : readAffinity(first);
  if (algorithm === undefined) return {};
  const isHash = algorithm === 'ring-hash' || algorithm === 'maglev';
  return { loadBalancing: { algorithm, ...(isHash && affinity && { affinity }) } };
}

function readAffinity(policy: Field): NonNullable<ReadSettings['loadBalancing']>['affinity'] | undefined {
  policy.at('terminal').withoutEffect('there is no other key after this one');
  const type = policy.at('type').text();
  const name = (of: string): string | undefined => {
    const text = policy.at(of).at('name').text();
    return text !== undefined && /^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/.test(text) ? text : undefined;
  };
  const [header, query, cookie] = [name('header'), name('queryParameter'), name('cookie')];
  const isAddress = policy.along('connection', 'sourceIP').boolean() === true;
  policy.at('filterState').lost({ callers: 'a caller meets one instance now and another then' });
  if (type === 'Header' && header !== undefined) return { header };
  if (type === 'QueryParameter' && query !== undefined) return { query };
  if ((type === 'Connection' || type === 'SourceIP') && (isAddress || type === 'SourceIP'))
    return { sourceAddress: true };
  if (type !== 'Cookie' || cookie === undefined) return undefined;
  const ttl = readDuration(policy.along('cookie', 'ttl'));
  const path = policy.along('cookie', 'path').text();
  return {
    cookie: {
      name: cookie,
      ...(ttl !== undefined && ttl !== '0s' && { ttl }),
      ...(path !== undefined && /^\/[!-:<-~]*$/.test(path) && { path }),
    },
  };
}
