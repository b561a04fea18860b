import { parseDuration } from '../../spec/duration.ts';
import { parsePercentage } from '../../spec/percentage.ts';
import type { Affinity } from '../../spec/types.gen.ts';

/**
 * Converts a written setting to milliseconds, percent, numbers or plain data, so that `1000ms` and `1s` are one value.
 */
export type ReadSetting = (written: unknown) => unknown;

const asIs: ReadSetting = (written) => written;
const duration: ReadSetting = (written) => parseDuration(String(written));
const percentage: ReadSetting = (written) => parsePercentage(written as string | number);
const conditions: ReadSetting = (written) => [...new Set((written as (string | number)[]).map(condition))];
const methods: ReadSetting = (written) => (written === 'all' ? 'all' : [...new Set(written as string[])]);

/** Every setting by its path. Each setting is merged by itself; an affinity is one setting. */
export const settingPaths: Readonly<Record<string, ReadSetting>> = {
  timeout: duration,
  'retries.attempts': asIs,
  'retries.perTryTimeout': duration,
  'retries.on': conditions,
  'retries.backoff': duration,
  'retries.methods': methods,
  'connections.maxConnections': asIs,
  'connections.maxPendingRequests': asIs,
  'connections.maxRequests': asIs,
  'connections.maxRequestsPerConnection': asIs,
  'connections.connectTimeout': duration,
  'connections.idleTimeout': duration,
  'outlierDetection.consecutive5xx': asIs,
  'outlierDetection.consecutiveGatewayErrors': asIs,
  'outlierDetection.interval': duration,
  'outlierDetection.baseEjectionTime': duration,
  'outlierDetection.maxEjectionPercent': percentage,
  'outlierDetection.minHealthPercent': percentage,
  'loadBalancing.algorithm': asIs,
  'loadBalancing.affinity': affinity,
  'retryBudget.percent': percentage,
  'retryBudget.minRetryConcurrency': asIs,
  'rateLimit.requests': asIs,
  'rateLimit.per': duration,
  'rateLimit.burst': asIs,
  'rateLimit.scope': asIs,
  'locality.prefer': asIs,
  'locality.failover': asIs,
  'telemetry.accessLog': isOn,
  'telemetry.accessLog.format': asIs,
  'telemetry.accessLog.when': asIs,
  'telemetry.accessLog.output': asIs,
  'telemetry.tracing': isOn,
  'telemetry.tracing.sampling': percentage,
  'telemetry.tracing.otlp': asIs,
  'telemetry.tracing.tags': asIs,
};

/** Groups that take effect when they are written, even if empty. */
export const presentGroups: readonly string[] = ['outlierDetection', 'retryBudget', 'rateLimit'];

/** Groups that `null` turns off: sources of lower precedence then have no effect on them. */
export const nullableGroups: readonly string[] = ['telemetry.accessLog', 'telemetry.tracing'];

/** An affinity as written in a document, without its place. */
export type WrittenAffinity =
  | { readonly type: 'cookie'; readonly name: string; readonly ttl: number }
  | { readonly type: 'header' | 'query'; readonly name: string }
  | { readonly type: 'sourceAddress' };

function isOn(written: unknown): boolean {
  return written !== null;
}

function affinity(written: unknown): WrittenAffinity {
  const { cookie, header, query } = written as Affinity;
  if (cookie !== undefined)
    return { type: 'cookie', name: cookie.name, ttl: parseDuration(cookie.ttl ?? '0s') };
  if (header !== undefined) return { type: 'header', name: header.toLowerCase() };
  return query === undefined ? { type: 'sourceAddress' } : { type: 'query', name: query };
}

function condition(written: string | number): string | number {
  return typeof written === 'string' && /^[0-9]+$/.test(written) ? Number(written) : written;
}
