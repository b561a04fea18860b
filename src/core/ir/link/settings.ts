import { defineMessages, finding } from '../../diagnostics/message.ts';
import type { Origin } from '../../location.ts';
import type {
  Affinity,
  Algorithm,
  Connections,
  LoadBalancing,
  Locality,
  ServiceRateLimit,
  Settings,
} from '../settings.ts';
import type { Linking } from './linking.ts';
import { localityOf } from './locality.ts';
import type { MergedSetting, MergedSettings } from './merged-settings.ts';
import { retriesOf } from './retries.ts';
import { presentGroups, type WrittenAffinity } from './setting-paths.ts';
import { meshTelemetry } from './setting-source.ts';
import { locationOf, originOfWritten } from './spec-place.ts';

export const messages = defineMessages({
  MESH2034: {
    severity: 'error',
    text: 'a rate limit needs {missing}',
    explanation:
      'A rate limit lets `requests` through every `per`. Neither has a default; they may stand in different places (Service, Profile, Mesh defaults).',
  },
  MESH2035: {
    severity: 'error',
    text: 'affinity needs the algorithm ring-hash or maglev, and {by} says {algorithm}',
    explanation:
      'Only hashing keeps a user on one instance. Leave the algorithm out (ring-hash is the default with affinity), or write ring-hash or maglev.',
  },
  MESH2036: {
    severity: 'error',
    text: 'a rate limit of scope service needs spec.rateLimiter in the Mesh',
    explanation:
      'All instances ask one service to count a limit over a whole service: `spec.rateLimiter: {service: infra/ratelimit}`. With scope instance each instance counts for itself.',
  },
  MESH2037: {
    severity: 'warning',
    text: 'retries without attempts: nothing is retried',
    explanation:
      'Retries are off by default, and the other fields of `retries` do not turn them on. Write `attempts`.',
  },
});

/** The language's defaults for settings that no document writes: milliseconds, percent, numbers. */
export const builtIn = {
  timeout: 15_000,
  'connections.maxRequestsPerConnection': 0,
  'connections.connectTimeout': 5_000,
  'connections.idleTimeout': 3_600_000,
  'outlierDetection.consecutive5xx': 5,
  'outlierDetection.consecutiveGatewayErrors': 0,
  'outlierDetection.interval': 10_000,
  'outlierDetection.baseEjectionTime': 30_000,
  'outlierDetection.maxEjectionPercent': 50,
  'outlierDetection.minHealthPercent': 0,
  'retryBudget.percent': 20,
  'retryBudget.minRetryConcurrency': 3,
  'rateLimit.burst': 0,
} as const satisfies Readonly<Record<string, number>>;

/**
 * Converts merged settings to settings of the linked mesh; reports settings that contradict each other. `by` is the
 * owner of the settings; `grpc` says that all its ports speak gRPC.
 */
export function settingsOf(linking: Linking, merged: MergedSettings, by: string, grpc: boolean): Settings {
  const retries = retriesOf(merged, grpc);
  const outlier = merged.get('outlierDetection');
  const budget = merged.get('retryBudget');
  const rateLimit = rateLimitOf(linking, merged);
  const locality: Locality | undefined = localityOf(linking, merged);
  checkRetries(linking, merged, by);
  return {
    timeout: numberAt(merged, 'timeout'),
    ...(retries && { retries }),
    connections: connectionsOf(merged),
    ...(outlier && {
      outlierDetection: {
        origin: originOfWritten(outlier),
        consecutive5xx: numberAt(merged, 'outlierDetection.consecutive5xx'),
        consecutiveGatewayErrors: numberAt(merged, 'outlierDetection.consecutiveGatewayErrors'),
        interval: numberAt(merged, 'outlierDetection.interval'),
        baseEjectionTime: numberAt(merged, 'outlierDetection.baseEjectionTime'),
        maxEjectionPercent: numberAt(merged, 'outlierDetection.maxEjectionPercent'),
        minHealthPercent: numberAt(merged, 'outlierDetection.minHealthPercent'),
      },
    }),
    loadBalancing: loadBalancingOf(linking, merged),
    ...(budget && {
      retryBudget: {
        origin: originOfWritten(budget),
        percent: numberAt(merged, 'retryBudget.percent'),
        minRetryConcurrency: numberAt(merged, 'retryBudget.minRetryConcurrency'),
      },
    }),
    ...(rateLimit && { rateLimit }),
    ...(locality && { locality }),
    origins: originsOf(merged),
  };
}

function numberAt(merged: MergedSettings, path: keyof typeof builtIn): number {
  return (merged.get(path)?.value as number | undefined) ?? builtIn[path];
}

function connectionsOf(merged: MergedSettings): Connections {
  const limit = (name: 'maxConnections' | 'maxPendingRequests' | 'maxRequests'): Partial<Connections> => {
    const value = merged.get(`connections.${name}`)?.value as number | undefined;
    return value === undefined || value === 0 ? {} : { [name]: value };
  };
  return {
    ...limit('maxConnections'),
    ...limit('maxPendingRequests'),
    ...limit('maxRequests'),
    maxRequestsPerConnection: numberAt(merged, 'connections.maxRequestsPerConnection'),
    connectTimeout: numberAt(merged, 'connections.connectTimeout'),
    idleTimeout: numberAt(merged, 'connections.idleTimeout'),
  };
}

function loadBalancingOf(linking: Linking, merged: MergedSettings): LoadBalancing {
  const algorithm = merged.get('loadBalancing.algorithm');
  const written = merged.get('loadBalancing.affinity');
  if (written === undefined)
    return { algorithm: (algorithm?.value as Algorithm | undefined) ?? 'least-request' };
  if (algorithm !== undefined && algorithm.value !== 'ring-hash' && algorithm.value !== 'maglev') {
    const values = { by: algorithm.by, algorithm: String(algorithm.value) };
    const related = [{ location: locationOf(algorithm), message: `the algorithm that ${algorithm.by} says` }];
    linking.report(finding(messages, 'MESH2035', locationOf(written), values, { related }));
  }
  const affinity: Affinity = { origin: originOfWritten(written), ...(written.value as WrittenAffinity) };
  return { algorithm: (algorithm?.value as Algorithm | undefined) ?? 'ring-hash', affinity };
}

function rateLimitOf(linking: Linking, merged: MergedSettings): ServiceRateLimit | undefined {
  const present = merged.get('rateLimit');
  if (present === undefined) return undefined;
  const requests = merged.get('rateLimit.requests');
  const per = merged.get('rateLimit.per');
  if (requests === undefined || per === undefined) {
    const missing = requests === undefined ? '`requests`' : '`per`';
    linking.report(finding(messages, 'MESH2034', locationOf(present), { missing }));
    return undefined;
  }
  const scope = merged.get('rateLimit.scope');
  if (scope?.value === 'service' && linking.mesh.rateLimiter === undefined) {
    linking.report(finding(messages, 'MESH2036', locationOf(scope), {}));
  }
  return {
    origin: originOfWritten(present),
    requests: requests.value as number,
    per: per.value as number,
    burst: numberAt(merged, 'rateLimit.burst'),
    scope: (scope?.value as ServiceRateLimit['scope'] | undefined) ?? 'instance',
  };
}

/**
 * Reports fields of `retries` in `by` that have no effect because nothing sets attempts. Fields in Profiles and the
 * Mesh are not reported: they apply to services that set attempts.
 */
export function checkRetries(linking: Linking, merged: MergedSettings, by: string): void {
  if (merged.has('retries.attempts')) return;
  const stray = [...merged.values()].find(
    (setting) => setting.by === by && setting.path.startsWith('retries.'),
  );
  if (stray !== undefined) linking.report(finding(messages, 'MESH2037', locationOf(stray), {}));
}

function originsOf(merged: MergedSettings): Readonly<Record<string, Origin>> {
  const written = [...merged.values()].filter(
    ({ path, by }: MergedSetting) => !presentGroups.includes(path) && by !== meshTelemetry,
  );
  return Object.fromEntries(
    written
      .sort((a, b) => (a.path < b.path ? -1 : 1))
      .map((setting) => [setting.path, originOfWritten(setting)]),
  );
}
