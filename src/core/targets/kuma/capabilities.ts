import { always, none, upTo } from '../mesh-classes/split-and-access.ts';
import type { Capabilities } from '../target.ts';

const onConnections = 'a permission of Kuma is about a connection, not about requests';
const entrance = none(
  'Kuma 3.0 has no gateway of its own: a gateway that you bring stands there, with the label `kuma.io/gateway`',
  'nothing listens',
);
const outside = none(
  'this target writes no MeshExternalService, which needs a zone egress',
  'calls to that host pass or fail as egress says',
);
const tokens = none('Kuma reads no tokens of a request', 'calls that need a token are refused');
const unguarded = 'calls that should be refused are served, unless something else refuses them';
const telemetry = none(
  'Kuma has its telemetry in policies that this target does not write',
  'nothing; who reads it finds that of the installation',
);
const perRule = (what: string) => `Kuma has ${what} at servers for all requests, not for a rule`;

const otherRule =
  'such requests go by the next rule that takes them, or get 500 (before Kuma 3.0 an answer of the service itself)';

/** Kuma 2.14 and 3.0, by its documentation, its CRDs and its sources; its output was not tried on a proxy. */
export const capabilities: Capabilities = {
  'egress.deny': always(
    'transparent proxies of Kuma close a connection to an address that the mesh does not name',
    'a call to such a host gets no 404 but a closed connection',
  ),
  'egress.allow': 'full',
  'request.unsafe-paths': always(
    'a proxy of Kuma normalises dot segments of a path and passes other odd spellings on',
    'a request with an unsafe path gets no 400, but goes by the rule for its spelling',
  ),
  'route.no-match': always(
    'a route of Kuma sends every request somewhere, here to a service that can not be there',
    'a request that no rule takes gets 500 from Kuma 3.0 on, and before that an answer of the service itself',
  ),
  'settings.default-balancing': 'full',
  'settings.default-connections': 'full',
  'settings.no-retries': 'full',
  'mtls.strict': upTo(
    'Kuma lets in the callers of all services that are the same port of the same pods',
    'nobody may call a port whose services differ',
  ),
  'mtls.permissive': none(
    'permissions of Kuma name identities, which a call in plain text has not',
    'calls without an identity are refused',
  ),
  'mtls.disabled': none(
    'proxies of Kuma with an identity encrypt every call',
    'calls without an identity are refused, and only rules for anyone let callers in',
  ),
  'route.path-regex': 'full',
  'route.starts-with': 'full',
  'route.order': upTo(
    'Kuma sorts the matches of all rules by how specific they are, and no match says what certain rules both take',
    'some requests of a rule go by a later one, or connections are closed',
  ),
  'route.headers': upTo(
    'a match of a route asks once for a header, and this target writes none that asks for its absence',
    otherRule,
  ),
  'route.cookies': upTo(
    'a match of a route can not ask that a cookie is absent, nor for two of them',
    otherRule,
  ),
  'route.query': upTo('a match of a route can not ask that a parameter is absent', otherRule),
  'route.methods': upTo('Kuma knows no other methods than those of HTTP', otherRule),
  'route.from': none(
    'this target writes the same routes for all callers',
    'rules for some callers are never taken',
  ),
  'route.split': upTo(
    'a rule whose weights are all zero sends to a service that can not be there',
    'requests get 500 instead of 503 (before Kuma 3.0 the service itself answers), or further backends get nothing',
  ),
  'route.sni': none(
    'a route of Kuma takes all connections to a port, whatever server name they have',
    'connections to that port are closed',
  ),
  'route.redirect': upTo(
    'a redirect of Kuma names a host without a port, and replaces a prefix by path element',
    'the host or the path stays as requested, or the status is 302',
  ),
  'route.respond': none(
    'a route of Kuma has no filter that answers a request',
    'such requests get 500, and before Kuma 3.0 an answer of the service itself',
  ),
  'route.rewrite-path': upTo(
    'a route of Kuma replaces the prefix of a match by path element, of no pattern',
    'the path stays as requested',
  ),
  'route.rewrite-host': upTo('a route of Kuma names a host without a port', 'the host stays as requested'),
  'route.request-headers': upTo(
    'a filter of a route changes 16 headers in each way at most',
    'the headers after these stay as they are',
  ),
  'route.response-headers': upTo(
    'a filter of a route changes 16 headers in each way at most',
    'the headers after these stay as they are',
  ),
  'route.mirror': 'full',
  'route.fault-delay': none(perRule('faults to inject'), 'requests are not delayed'),
  'route.fault-abort': none(perRule('faults to inject'), 'requests are not aborted'),
  'route.cors': none('Kuma has no cross-origin rules inside of the mesh', 'preflights are ordinary requests'),
  'route.rate-limit': none(perRule('limits of requests'), 'requests over the limit are served'),
  'settings.timeout': upTo(
    'this target writes one timeout for a port',
    'requests of rules with other timeouts have the timeout of the service',
  ),
  'settings.retries': always(
    'this target writes one way to try again for a port, where all of its rules have the same; Kuma knows other failures for gRPC than for HTTP and none for HTTP/2, and the time of a try holds for every method',
    'requests are not tried again where the rules of a port differ or its protocol is http2, and requests that may not be tried again end after the time of a try',
  ),
  'settings.retry-budget': none(
    'Kuma limits the number of retries at a time, not their share',
    'any number of requests is tried again',
  ),
  'settings.connections': upTo(
    'Kuma has no limit of the requests of one connection',
    'connections serve any number of requests',
  ),
  'settings.outlier-detection': 'full',
  'settings.load-balancing': 'full',
  'settings.affinity': 'full',
  'settings.locality': none(
    'this target writes no localities, which are zones of Kuma',
    'calls go to instances that are far away',
  ),
  'settings.rate-limit': upTo(
    'the bucket of Kuma holds the requests of one interval',
    'fewer requests at once are served than the burst allows',
  ),
  'settings.rate-limit-service': none(
    'Kuma counts requests at each instance alone',
    'requests over the limit are served',
  ),
  'service.expose-to': none(
    'this target shows every service to every caller',
    'calls from other namespaces get through where Access allows them',
  ),
  'service.health-check': none(
    'this target writes no checks, which callers of Kuma would make past no permission',
    'instances that fail their check still get calls, as far as their readiness says',
  ),
  'service.tls': none(
    'a proxy of Kuma speaks plain text to its application',
    'calls to that port reach the application in plain text',
  ),
  'access.identity': upTo(
    'beside rules about requests only callers that the mesh names can be told apart',
    'callers that the mesh does not name are refused',
  ),
  'access.http': always(onConnections, 'all calls of callers that may send only some requests are refused'),
  'access.deny': upTo(onConnections, 'other calls of callers that are denied in part are refused, too'),
  'access.except': always(
    'a permission of Kuma knows no exceptions, so that excepted callers are left out',
    'more calls are refused than the exception says',
  ),
  'access.address': none('Kuma has no gateway, where addresses of clients count', unguarded),
  'access.jwt': tokens,
  'authentication.jwt': none('Kuma reads no tokens of a request', 'bad and missing tokens are not refused'),
  'authentication.external': none('Kuma asks no other service about a request', unguarded),
  federation: none(
    'this target writes no trust in other domains, a MeshTrust',
    'calls from federated trust domains are refused',
  ),
  'external.hosts': outside,
  'external.tls': outside,
  'external.gateway': outside,
  'gateway.http': entrance,
  'gateway.tls': entrance,
  'gateway.passthrough': entrance,
  'gateway.https-redirect': entrance,
  'gateway.client-address': entrance,
  'gateway.shared-ports': entrance,
  'telemetry.metric-labels': telemetry,
  'telemetry.access-log': telemetry,
  'telemetry.tracing': telemetry,
  'telemetry.service': telemetry,
};
