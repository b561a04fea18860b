import type { Ir } from '../../../ir/ir.ts';
import type { Rollout } from '../../../ir/rollout.ts';
import { readsRequests, type Service } from '../../../ir/service.ts';
import type { Json } from '../../artifact.ts';
import { clusterName } from '../cluster-name.ts';
import { extension, type Fields } from '../typed-config.ts';
import { armMetrics } from './arm-metrics.ts';

/**
 * Returns the loggers by which the proxies of callers count the requests to each arm of each rollout, once a request is
 * over: by cluster, status, reason of a failure and gRPC status. Envoy's own counters of a cluster miss answers that
 * break off and errors of gRPC.
 */
export function clientCounters(ir: Ir): readonly Fields[] {
  const counted = Object.values(ir.rollouts ?? {}).map((rollout) => ({
    clusters: armClusters(ir, rollout),
    slowAbove: rollout.judge.latency?.max,
  }));
  const all = counted.flatMap(({ clusters }) => clusters);
  if (all.length === 0) return [];
  const limits = [...new Set(counted.flatMap(({ slowAbove }) => slowAbove ?? []))].sort((a, b) => a - b);
  return [
    counter(armMetrics.requests, ['cluster'], isOneOf(all)),
    ...limits.map((limit) => {
      const clusters = counted
        .filter(({ slowAbove }) => slowAbove === limit)
        .flatMap((each) => each.clusters);
      return counter(armMetrics.slow, ['cluster'], {
        and_filter: { filters: [isSlower(limit), isOneOf(clusters)] },
      });
    }),
  ];
}

/** Returns the logger by which the proxy of an instance counts what its application answers, if its service is rolled out. */
export function serverCounters(ir: Ir, { id }: Service, version: string): readonly Fields[] {
  const isRolledOut = Object.values(ir.rollouts ?? {}).some(({ services }) => services.includes(id));
  return isRolledOut ? [counter(armMetrics.served, [], undefined, { service: id, version })] : [];
}

/** Returns the clusters of both arms. */
function armClusters(ir: Ir, { services, from, to }: Rollout): readonly string[] {
  return services.flatMap((id) => {
    const service = ir.services[id];
    return (service?.ports ?? [])
      .filter((port) => service !== undefined && readsRequests(service, port))
      .flatMap(({ name: port }) =>
        [from, to].map((version) => clusterName(ir, { service: id, version, port })),
      );
  });
}

function counter(
  name: string,
  more: readonly 'cluster'[],
  filter: Json | undefined,
  fixed: Readonly<Record<string, string>> = {},
): Fields {
  const formats = {
    ...fixed,
    ...(more.length > 0 && { cluster: '%UPSTREAM_CLUSTER%' }),
    code: '%RESPONSE_CODE%',
    flags: '%RESPONSE_FLAGS%',
    grpc: '%GRPC_STATUS_NUMBER%',
  };
  const tags = Object.entries(formats).map(([tag, value_format]) => ({ name: tag, value_format }));
  return {
    ...extension('envoy.access_loggers.stats', 'envoy.extensions.access_loggers.stats.v3.Config', {
      stats_scope: { prefix: 'mesh' },
      counters: [{ stat: { name, tags }, value_fixed: 1 }],
    }),
    ...(filter !== undefined && { filter }),
  };
}

function isOneOf(clusters: readonly string[]): Json {
  return {
    extension_filter: extension(
      'envoy.access_loggers.extension_filters.cel',
      'envoy.extensions.access_loggers.filters.cel.v3.ExpressionFilter',
      { expression: `xds.cluster_name in ${JSON.stringify(clusters)}` },
    ),
  };
}

/** Envoy cuts durations to whole milliseconds. */
function isSlower(milliseconds: number): Json {
  return {
    duration_filter: {
      comparison: {
        op: 'GE',
        value: { default_value: Math.floor(milliseconds) + 1, runtime_key: 'meshwright.slow' },
      },
    },
  };
}
