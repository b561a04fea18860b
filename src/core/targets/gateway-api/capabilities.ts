import type { Feature } from '../../ir/feature.ts';
import type { Capabilities, Capability } from '../target.ts';

const suite =
  'the conformance tests of the Gateway API for meshes ask for none, so that no mesh has to keep it';

/** A capability that an implementation may have, and that nobody promises. */
function unpromised(what: string, callers: string): Capability {
  return { partial: `${what} are written, but ${suite}`, callers, found: 'at each use' };
}

function none(what: string, callers: string): Capability {
  return { none: `the Gateway API has no words for ${what}`, callers };
}

function upTo(partial: string, callers: string): Capability {
  return { partial, callers, found: 'by limits' };
}

const otherRule = 'such requests go by the next rule that takes them, or get 404';
const unguarded = 'calls that should be refused are served, unless something else refuses them';

const headers = upTo(
  'a match of the Gateway API can not ask that a header is absent or different, nor twice for one header, and leaves patterns to implementations',
  otherRule,
);
const query = upTo(
  'a match of the Gateway API can not ask that a parameter is absent, and leaves patterns to implementations',
  otherRule,
);
const redirect = upTo(
  'a redirect of the Gateway API replaces a prefix by path element alone, and has one of five statuses',
  'the path stays as requested, or the status is 302',
);
const rewritePath = upTo(
  'the Gateway API replaces a prefix by path element alone',
  'the path stays as requested',
);
const rewriteHost = upTo(
  'a filter of the Gateway API names a host without a port',
  'the host stays as requested',
);
const upTo16 = upTo(
  'a filter of the Gateway API changes 16 headers in each way at most',
  'the headers after these stay as they are',
);
const methods = upTo('the Gateway API knows no other methods than those of HTTP', otherRule);

/** Features that the Gateway API has no fields for, in any implementation. */
const wordless = {
  'egress.deny': none('hosts that nobody names', 'calls to unknown hosts may reach the network'),
  'request.unsafe-paths': none(
    'requests to refuse',
    'a request with an unsafe path, or over HTTP/2 with blanks around a header, gets no 400',
  ),
  'settings.default-balancing': none('balancing', 'calls go to instances as the mesh itself picks them'),
  'settings.default-connections': none(
    'limits of connections',
    'connections fail and end after the times of the mesh itself',
  ),
  'mtls.strict': none('identity', 'calls without identity are served where the mesh itself lets them in'),
  'mtls.permissive': none(
    'identity',
    'calls without identity are refused where the mesh itself refuses them',
  ),
  'mtls.disabled': none('identity', 'calls have an identity where the mesh itself gives them one'),
  'route.from': none('callers of a rule', 'rules for some callers are never taken'),
  'route.respond': none('answers that no server gives', 'such requests get 500'),
  'route.fault-delay': none('injected faults', 'requests are not delayed'),
  'route.fault-abort': none('injected faults', 'requests are not aborted'),
  'route.rate-limit': none('rate limits', 'requests over the limit are served'),
  'settings.retry-budget': none('a budget of retries', 'more requests are tried again'),
  'settings.connections': none('limits of connections', 'requests over the limit are sent'),
  'settings.outlier-detection': none('ejection of instances', 'instances that fail keep getting calls'),
  'settings.load-balancing': none('balancing', 'calls go to instances as the mesh itself picks them'),
  'settings.affinity': none(
    'affinity that follows the weights: its sessions stay where they are, even at weight 0',
    'a caller meets one instance now and another then',
  ),
  'settings.locality': none('localities', 'calls go to instances that are far away'),
  'settings.rate-limit': none('rate limits', 'requests over the limit are served'),
  'settings.rate-limit-service': none('rate limits', 'requests over the limit are served'),
  'service.health-check': none('checks', 'instances that fail their check still get calls'),
  'service.tls': none(
    'applications of a mesh that speak TLS themselves',
    'calls to that port reach the application in plain text',
  ),
  'service.expose-to': none('visibility', 'calls from other namespaces get through'),
  'access.address': none('access', unguarded),
  'access.identity': none('access', unguarded),
  'access.http': none('access', unguarded),
  'access.deny': none('access', unguarded),
  'access.except': none('access', unguarded),
  'access.jwt': none('tokens', unguarded),
  'authentication.jwt': none('tokens', 'bad and missing tokens are not refused'),
  'authentication.external': none('external authorization in its standard channel', unguarded),
  'gateway.client-address': none(
    'proxies in front of a gateway',
    'the address of the proxy in front counts as that of the client, and calls that begin with the PROXY protocol fail',
  ),
  'external.hosts': none('hosts outside of the mesh', 'calls to that host end as the mesh itself says'),
  'external.tls': none('hosts outside of the mesh', 'calls to that host leave without TLS'),
  'external.gateway': none('hosts outside of the mesh', 'calls to that host take no gateway'),
  'egress.allow': none('hosts that nobody names', 'calls to unknown hosts may fail'),
  'telemetry.metric-labels': none('telemetry', 'nothing; who reads metrics misses the label'),
  'telemetry.access-log': none('telemetry', 'nothing; who reads logs finds those of the mesh itself'),
  'telemetry.tracing': none('telemetry', 'nothing; who reads traces finds those of the mesh itself'),
  'telemetry.service': none('telemetry', 'nothing; logs and traces are those of the mesh itself'),
  federation: none('trust domains', 'calls from federated trust domains end as the mesh itself says'),
} satisfies Partial<Record<Feature, Capability>>;

const gateways = {
  'gateway.http': upTo(
    'a Gateway needs a class, and the Gateway API has none by which calls leave a mesh',
    'nothing listens',
  ),
  'gateway.tls': {
    partial: 'a Gateway ends TLS with certificates from Secrets alone, and no such Gateway was tried',
    callers:
      'connections to a listener with another certificate, or one that demands those of callers, are refused',
    found: 'at each use',
  },
  'gateway.passthrough': upTo(
    'a Gateway needs a class, and its routes for TLS name the server names that they take',
    'nothing listens, or connections with other names are closed',
  ),
  'gateway.https-redirect': {
    partial: 'a redirect of the Gateway API that names the scheme alone chooses the port by itself',
    callers: 'they may be sent to 443 or to the port of the Host instead of that of the https listener',
    found: 'at each use',
  },
  'gateway.shared-ports': {
    partial: 'a Gateway may answer for a host of another listener of the port, which gets no 421',
    callers: 'a caller reaches one host by the TLS of another',
    found: 'at each use',
  },
} satisfies Partial<Record<Feature, Capability>>;

const asked = 'Gateways are written where the option gatewayClass names their class';

/** Gateways of a mesh of which no class is known. */
const gatewaysByClass = {
  'gateway.http': { partial: asked, callers: 'nothing listens', found: 'at each use' },
  'gateway.tls': {
    partial: `${asked}, with certificates from Secrets alone`,
    callers: 'nothing listens, or connections to that listener are refused',
    found: 'at each use',
  },
  'gateway.passthrough': {
    partial: `${asked}, and routes for TLS name the server names that they take`,
    callers: 'nothing listens, or connections with other names are closed',
    found: 'at each use',
  },
} satisfies Partial<Record<Feature, Capability>>;

/** The capabilities of any implementation that passes the conformance tests for meshes. */
export const capabilities: Capabilities = {
  ...wordless,
  ...gateways,
  ...gatewaysByClass,
  'route.no-match': upTo(
    'a Gateway passes requests that no rule of a host takes on to a wider host',
    'such requests get 500 instead of 404',
  ),
  'settings.no-retries': {
    partial: 'the Gateway API leaves retries to the mesh where a route has none',
    callers: 'requests may be tried again',
    found: 'at each use',
  },
  'route.path-regex': unpromised('patterns', otherRule),
  'route.starts-with': unpromised('patterns, as which paths by their characters', otherRule),
  'route.order': upTo(
    'the Gateway API begins with the most specific match, and no match says what certain rules both take',
    'some requests of a rule go by a later one',
  ),
  'route.headers': headers,
  'route.cookies': unpromised('patterns, as which cookies', otherRule),
  'route.query': unpromised('conditions on the query', 'the condition may count for nothing'),
  'route.methods': unpromised('conditions on methods', 'the condition may count for nothing'),
  'route.sni': upTo(
    'the Gateway API knows server names at gateways alone',
    'connections go by the first rule that names no server, or are closed',
  ),
  'route.split': upTo(
    'a rule of the Gateway API has 16 backends at most, and answers 500 where all weights are zero',
    'further backends get nothing, or the status is another',
  ),
  'route.redirect': unpromised(
    'redirects to another path, port or scheme',
    'the redirect may lead elsewhere',
  ),
  'route.rewrite-path': unpromised('rewritten paths', 'the path may stay as requested'),
  'route.rewrite-host': unpromised('rewritten hosts', 'the host may stay as requested'),
  'route.request-headers': upTo16,
  'route.response-headers': unpromised('changes of answers', 'these headers may be missing'),
  'route.mirror': unpromised('mirrors', 'copies may not be sent'),
  'route.cors': unpromised('cross-origin rules', 'preflights may be ordinary requests'),
  'settings.timeout': unpromised('timeouts', 'a request may wait without limit'),
  'settings.retries': {
    none: 'the Gateway API has retries in its experimental channel, and promises them nowhere',
    callers: 'requests that fail are not tried again',
  },
};

const promisedInTests = {
  ...gateways,
  'route.query': query,
  'route.redirect': redirect,
  'route.rewrite-path': rewritePath,
} satisfies Partial<Record<Feature, Capability>>;

/** Istio 1.31 with its own translation of routes, tried on real proxies. */
export const istioCapabilities: Capabilities = {
  ...capabilities,
  ...promisedInTests,
  'external.hosts': upTo(
    'Istio reads routes of a ServiceEntry, which names hosts without a pattern, a caller or an egress gateway',
    'calls to that host end as the mesh itself says',
  ),
  'external.tls': upTo(
    'a BackendTLSPolicy takes authorities from a ConfigMap or those of the system, and shows no certificate of the client',
    'calls to that host end as the mesh itself says',
  ),
  'gateway.tls': upTo(
    'a Gateway ends TLS with a certificate from a Secret, and asks for no certificates of callers',
    'connections to a listener with another certificate, or one that asks callers for theirs, are refused',
  ),
  'settings.no-retries': {
    partial:
      'Istio retries where a route has no retries, unless its MeshConfig has `defaultHttpRetryPolicy: {attempts: 0}`',
    callers: 'a request whose connection fails is tried again, twice',
    found: 'at each use',
  },
  'route.path-regex': upTo(
    'a path of the Gateway API has 1024 characters at most',
    'requests of that rule get 404, or what the next rule that takes them says',
  ),
  'route.starts-with': upTo('a path of the Gateway API has 1024 characters at most', otherRule),
  'route.cookies': upTo(
    'a match of the Gateway API can not ask that a cookie is absent, nor for two of them',
    otherRule,
  ),
  'route.methods': methods,
  'route.rewrite-host': rewriteHost,
  'route.response-headers': upTo16,
  'route.mirror': 'full',
  'route.cors': {
    partial: 'Istio answers a preflight of an origin that is not allowed itself, without its headers',
    callers: 'such a preflight does not reach the application',
    found: 'at each use',
  },
  'settings.timeout': 'full',
};

/** Istio where the cluster has the experimental channel. */
export const istioExperimentalCapabilities: Capabilities = {
  ...istioCapabilities,
  'settings.retries': upTo(
    'the Gateway API retries failed connections whenever it retries, and beside them statuses that are named one by one',
    'requests are tried again after other failures than those that are named',
  ),
};

/** Cilium 1.20, by its report of conformance. */
export const ciliumCapabilities: Capabilities = {
  ...capabilities,
  ...promisedInTests,
  'route.redirect': upTo(
    'a redirect of the Gateway API replaces a prefix by path element alone, and has one of five statuses',
    'the path stays as requested or begins with two slashes, or the status is 302',
  ),
};

/** Kuma 2.6, by its report of conformance. */
export const kumaCapabilities: Capabilities = {
  ...capabilities,
  ...promisedInTests,
  'route.methods': methods,
  'route.rewrite-host': rewriteHost,
  'route.response-headers': upTo16,
  'route.mirror': unpromised('several mirrors of a request', 'only some copies may be sent'),
};

const refused = 'Linkerd takes no notice of a route that has such a filter, so that none is written';

/** Linkerd 2.20, by its report of conformance and its documentation. */
export const linkerdCapabilities: Capabilities = {
  ...capabilities,
  'route.query': query,
  'route.rewrite-path': { none: refused, callers: 'the path stays as requested' },
  'route.rewrite-host': { none: refused, callers: 'the host stays as requested' },
  'route.mirror': { none: refused, callers: 'no copies are sent' },
  'route.cors': { none: refused, callers: 'preflights are ordinary requests' },
};
