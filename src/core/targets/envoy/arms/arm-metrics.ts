/** Names of the counters of arms, below the scope `mesh`. */
export const armMetrics = {
  /** Requests by callers, by cluster. */
  requests: 'arm_requests',
  /** The slow ones among them. */
  slow: 'arm_slow',
  /** Requests by the proxies that serve them. */
  served: 'arm_served',
} as const;

/** Returns the name of a counter in the Prometheus format. */
export function exposedName(metric: (typeof armMetrics)[keyof typeof armMetrics]): string {
  return `envoy_mesh_${metric}`;
}
