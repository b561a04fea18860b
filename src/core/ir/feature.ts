/**
 * Features that the language promises even to a spec that doesn't mention them. Most of them are off in a mesh only if
 * it uses another feature (`egress: allow`).
 */
export const baseFeatures = {
  'egress.deny': 'refusal of calls to hosts that the mesh does not name',
  'request.unsafe-paths': 'refusal of unsafe paths and padded headers',
  'route.no-match': '404 where no rule matches',
  'settings.default-balancing': 'least-request balancing where no algorithm is asked for',
  'settings.default-connections': 'the built-in limits of time for connections',
  'settings.no-retries': 'calls without retries where none are asked for',
  'mtls.strict': 'calls only with a verified identity',
} as const;

/**
 * Features of the language that some targets lack, by their names in `degrade`. `features-used` finds the places in the
 * IR where a mesh uses them.
 */
export const features = {
  ...baseFeatures,
  'route.path-regex': 'matching paths by regular expression',
  'route.starts-with': 'matching paths by their first characters',
  'route.order': 'rules that are tried in the order of the document',
  'route.headers': 'matching by request header',
  'route.cookies': 'matching by cookie',
  'route.query': 'matching by query parameter',
  'route.methods': 'matching by method',
  'route.from': 'matching by caller',
  'route.split': 'weighted splits between backends',
  'route.redirect': 'redirects',
  'route.respond': 'direct responses',
  'route.rewrite-path': 'rewriting paths',
  'route.rewrite-host': 'rewriting hosts',
  'route.request-headers': 'changing request headers',
  'route.response-headers': 'changing response headers',
  'route.mirror': 'mirrored requests',
  'route.fault-delay': 'injected delays',
  'route.fault-abort': 'injected aborts',
  'route.cors': 'cross-origin rules',
  'route.rate-limit': 'rate limits of a rule',
  'route.sni': 'routing TLS by server name',
  'settings.timeout': 'request timeouts',
  'settings.retries': 'retries',
  'settings.retry-budget': 'retry budgets',
  'settings.connections': 'connection limits',
  'settings.outlier-detection': 'ejection of failing instances',
  'settings.load-balancing': 'load-balancing algorithms',
  'settings.affinity': 'session affinity',
  'settings.locality': 'locality preference and failover',
  'settings.rate-limit': 'rate limits counted by each instance',
  'settings.rate-limit-service': 'rate limits counted over a whole service',
  'service.expose-to': 'services that only some namespaces see',
  'service.health-check': 'checks of the health of instances',
  'service.tls': 'applications that speak TLS themselves',
  'mtls.permissive': 'calls with and without identity side by side',
  'mtls.disabled': 'calls without any identity',
  'access.identity': 'access by caller',
  'access.http': 'access by method, path, host and header',
  'access.deny': 'deny rules',
  'access.except': 'exceptions of access rules',
  'access.address': 'access by the address of a client',
  'access.jwt': 'access by token claims',
  'authentication.jwt': 'validation of tokens',
  'authentication.external': 'external authorization',
  'external.hosts': 'hosts outside the mesh',
  'external.tls': 'TLS started by the proxy towards a host outside the mesh',
  'external.gateway': 'calls that leave through an egress gateway',
  'egress.allow': 'calls to hosts that the mesh does not name',
  'gateway.http': 'gateways for HTTP',
  'gateway.tls': 'gateways that end TLS',
  'gateway.passthrough': 'gateways that pass TLS and TCP on',
  'gateway.https-redirect': 'redirects of a whole listener to https',
  'gateway.client-address': 'addresses of clients that other proxies pass on',
  'gateway.shared-ports': 'listeners that share a port',
  'telemetry.metric-labels': 'labels on metrics',
  'telemetry.access-log': 'access logs',
  'telemetry.tracing': 'traces',
  'telemetry.service': 'telemetry of one service',
  federation: 'callers of federated trust domains',
} as const;

/** Name of a feature. */
export type Feature = keyof typeof features;
