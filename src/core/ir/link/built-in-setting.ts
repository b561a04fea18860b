import type { MergedSettings } from './merged-settings.ts';
import { idempotentMethods } from './retries.ts';

/** Defaults that always hold, in the form that a document has. */
const always: Readonly<Record<string, unknown>> = {
  timeout: '15s',
  'retries.attempts': 0,
  'connections.maxConnections': 0,
  'connections.maxPendingRequests': 0,
  'connections.maxRequests': 0,
  'connections.maxRequestsPerConnection': 0,
  'connections.connectTimeout': '5s',
  'connections.idleTimeout': '1h',
  'loadBalancing.algorithm': 'least-request',
  'locality.prefer': 'none',
};

/** Defaults of settings whose group is on. */
const withinGroup: Readonly<Record<string, unknown>> = {
  'retries.perTryTimeout': '0s',
  'retries.on': ['connect-failure', 'refused-stream'],
  'retries.backoff': '25ms',
  'retries.methods': idempotentMethods,
  'outlierDetection.consecutive5xx': 5,
  'outlierDetection.consecutiveGatewayErrors': 0,
  'outlierDetection.interval': '10s',
  'outlierDetection.baseEjectionTime': '30s',
  'outlierDetection.maxEjectionPercent': '50%',
  'outlierDetection.minHealthPercent': '0%',
  'retryBudget.percent': '20%',
  'retryBudget.minRetryConcurrency': 3,
  'telemetry.accessLog.format': 'json',
  'telemetry.accessLog.output': 'stdout',
  'telemetry.tracing.sampling': '1%',
  'rateLimit.burst': 0,
  'rateLimit.scope': 'instance',
};

/** Returns the default of a setting; undefined for a setting that is off. */
export function builtInSetting(path: string, merged: MergedSettings): unknown {
  if (path === 'loadBalancing.algorithm' && merged.has('loadBalancing.affinity')) return 'ring-hash';
  const group = path.slice(0, path.lastIndexOf('.'));
  const on = group === 'retries' ? merged.get('retries.attempts')?.value !== undefined : merged.has(group);
  return on && path in withinGroup ? withinGroup[path] : always[path];
}
