import { always, none, upTo } from '../mesh-classes/split-and-access.ts';
import type { Capabilities } from '../target.ts';

const otherRule = 'such requests go by the next rule that takes them, or get 404';
const unguarded = 'calls that should be refused are served, unless something else refuses them';
const unread = 'calls that need a token are refused';
const inEnvoyConfig = (what: string) =>
  `Cilium has ${what} in CiliumEnvoyConfigs alone, which must not meet a route for the same Service`;
const balancing = none(
  inEnvoyConfig('a choice of how instances are picked'),
  'calls go to instances in turn, or at random',
);
const pools = none(
  inEnvoyConfig('limits of connections'),
  'connections fail and end after the times of Cilium, and requests over the limit are sent',
);
const telemetry = none(
  'Cilium has its telemetry in Hubble and in the settings of its installation',
  'nothing; who reads it finds that of Cilium',
);
const headers = upTo(
  'a filter of the Gateway API changes 16 headers in each way at most',
  'the headers after these stay as they are',
);
const faults = (what: string) => `the Envoy of Cilium is built without the filter that ${what}`;

/** Capabilities for the conditions of rules: HTTPRoutes, as Cilium itself translates them. */
const matches = {
  'route.no-match': upTo(
    'a Gateway passes requests that no rule of a host takes on to a wider host',
    'such requests get 500 instead of 404',
  ),
  'route.path-regex': upTo(
    'a path of the Gateway API has 1024 characters at most, and Envoy takes small patterns alone',
    otherRule,
  ),
  'route.starts-with': upTo('Envoy takes small patterns alone, as which such paths are written', otherRule),
  'route.order': upTo(
    'Cilium begins with exact paths, then takes the longest pattern, then the longest prefix, and no match says what certain rules both take',
    'some requests of a rule go by a later one',
  ),
  'route.headers': upTo(
    'a match of the Gateway API can not ask that a header is absent or different, nor twice for one header, and Envoy takes small patterns alone',
    otherRule,
  ),
  'route.cookies': upTo(
    'a match of the Gateway API can not ask that a cookie is absent, nor for two of them, and Envoy takes small patterns alone',
    otherRule,
  ),
  'route.query': upTo('a match of the Gateway API can not ask that a parameter is absent', otherRule),
  'route.methods': upTo('the Gateway API knows no other methods than those of HTTP', otherRule),
  'route.from': none(
    'Cilium picks a route by the request, not by its caller',
    'rules for some callers are never taken',
  ),
  'route.split': upTo(
    'a rule of the Gateway API has 16 backends at most, answers 500 where all weights are zero, and divides requests of HTTP alone',
    'further backends get nothing, or the status is another, or connections go to the Service that they name',
  ),
  'route.sni': none(
    'Cilium reads routes of connections at gateways alone',
    'connections go to the Service that they name',
  ),
} as const;

const actions = {
  'route.redirect': upTo(
    'a redirect of the Gateway API replaces a prefix by path element alone, and has one of five statuses',
    'the path stays as requested or begins with two slashes, or the status is 302',
  ),
  'route.respond': none('the Gateway API has no filter that answers a request', 'such requests get 500'),
  'route.rewrite-path': upTo(
    'the Gateway API replaces a prefix by path element alone',
    'the path stays as requested',
  ),
  'route.rewrite-host': upTo(
    'a filter of the Gateway API names a host without a port',
    'the host stays as requested',
  ),
  'route.request-headers': headers,
  'route.response-headers': headers,
  'route.mirror': upTo('Cilium copies whole percents of the requests', 'fewer copies are sent, or none'),
  'route.fault-delay': none(faults('delays requests'), 'requests are not delayed'),
  'route.fault-abort': none(faults('aborts requests'), 'requests are not aborted'),
  'route.cors': always(
    'Cilium answers every preflight itself, also one of an origin that is not allowed',
    'such a preflight does not reach the application',
  ),
  'route.rate-limit': none(inEnvoyConfig('rate limits'), 'requests over the limit are served'),
} as const;

const settings = {
  'settings.default-balancing': balancing,
  'settings.default-connections': pools,
  'settings.no-retries': always(
    'Cilium tries requests again, three times after a 5xx, on ports whose Access has conditions on requests, unless its installation has `http-retry-count: 0`',
    'requests that fail are tried again',
  ),
  'settings.timeout': 'full',
  'settings.retries': none(
    'Cilium reads retries of a route in the experimental channel of the Gateway API alone',
    'requests that fail are not tried again',
  ),
  'settings.retry-budget': none(
    inEnvoyConfig('budgets of retries'),
    'the number of retries has no such limit',
  ),
  'settings.connections': pools,
  'settings.outlier-detection': none(
    inEnvoyConfig('the ejection of instances'),
    'instances that fail still get calls',
  ),
  'settings.load-balancing': balancing,
  'settings.affinity': none(
    inEnvoyConfig('an affinity of callers'),
    'a caller meets one instance now and another then',
  ),
  'settings.locality': none(
    'Cilium takes localities from nodes and from annotations of Services, which this target does not write',
    'calls go to instances that are far away',
  ),
  'settings.rate-limit': none(
    'the Envoy of Cilium counts for a whole node, not for one instance',
    'requests over the limit are served',
  ),
  'settings.rate-limit-service': none(inEnvoyConfig('rate limits'), 'requests over the limit are served'),
} as const;

const byLabels =
  'Cilium knows callers by the labels of their pods, reads no certificates, and encrypts where its installation says so';

const access = {
  'mtls.strict': always(
    byLabels,
    'every pod of the cluster counts as verified, connections are encrypted or not, and refused calls time out',
  ),
  'mtls.permissive': always(byLabels, 'connections are encrypted or not, and refused calls time out'),
  'mtls.disabled': always(byLabels, 'connections are encrypted or not, and refused calls time out'),
  'service.expose-to': always(
    'Cilium shows every Service to every namespace, and refuses the calls of the others at the pods',
    'calls from other namespaces time out instead of a 404, also those of callers without a proxy',
  ),
  'service.health-check': none(
    'Cilium asks no instance for its health by itself',
    'instances that fail their check still get calls, as far as Kubernetes calls them ready',
  ),
  'service.tls': none(
    'Cilium passes requests on as the caller sends them',
    'calls to that port reach the application in plain text',
  ),
  'access.identity': always(
    'Cilium names pods by account and namespace, and all gateways of a cluster as one caller; other identities are not written',
    'refused callers get no 403: their connections time out, and callers that are not written are refused',
  ),
  'access.http': upTo(
    'Cilium has values of headers alone, small patterns of paths, and no expression with a `;` or an assertion',
    'such calls are refused',
  ),
  'access.deny': upTo(
    'Cilium denies whole connections, so that denied requests are left out of those that are allowed: no pattern leaves out hosts, headers or an expression',
    'other calls of these callers are refused, too',
  ),
  'access.except': upTo(
    'Cilium denies whole connections, so that excepted requests are left out of those that are allowed: no pattern leaves out hosts, headers or an expression',
    'more calls are refused than the exception says',
  ),
  'access.address': none('Cilium knows no addresses of clients behind its gateways', unguarded),
  'access.jwt': none('Cilium reads no tokens of a request', unread),
  'authentication.jwt': none('Cilium reads no tokens of a request', 'bad and missing tokens are not refused'),
  'authentication.external': none(
    'Cilium asks another service about a request in the experimental channel of the Gateway API alone',
    unguarded,
  ),
  federation: none(
    'Cilium knows the pods of its own clusters alone',
    'calls from federated trust domains are refused',
  ),
} as const;

const surroundings = {
  'egress.deny': always(
    'Cilium closes pods to everything but the namespaces of the mesh, its DNS, and the hosts that the mesh names',
    'calls to other hosts time out instead of a 404, and those to other pods in these namespaces get through',
  ),
  'egress.allow': 'full',
  'external.hosts': always(
    'Cilium opens a host to pods by its name and its ports, has no rules and settings for it, and closes none where every host may be called',
    'calls to that host reach the addresses of its DNS at the port of the call, and get through where every host may be called',
  ),
  'external.tls': none(
    'this target starts no TLS towards hosts outside of the mesh',
    'calls to that host are refused',
  ),
  'external.gateway': none(
    'a CiliumEgressGatewayPolicy names nodes, and no gateway of the mesh',
    'calls to that host are refused',
  ),
  'gateway.http': upTo('Cilium has no gateways by which calls leave a mesh', 'nothing listens'),
  'gateway.tls': upTo(
    'a Gateway ends TLS with a certificate from a Secret, and asks for no certificates of callers',
    'connections to a listener with another certificate, or one that asks callers for theirs, are refused',
  ),
  'gateway.passthrough': upTo(
    'a Gateway of Cilium takes TLS whose routes name the server names, and no plain TCP',
    'nothing listens, or connections with other names are closed',
  ),
  'gateway.https-redirect': always(
    'a redirect of Cilium leads to the port 443',
    'they are sent to 443 instead of the port of the https listener',
  ),
  'gateway.client-address': none(
    'the Gateway API has no words for proxies in front of a gateway',
    'the address of the proxy in front counts as that of the client, and calls that begin with the PROXY protocol fail',
  ),
  'gateway.shared-ports': always(
    'a Gateway may answer for a host of another listener of the port, which gets no 421',
    'a caller reaches one host by the TLS of another',
  ),
  'telemetry.metric-labels': telemetry,
  'telemetry.access-log': telemetry,
  'telemetry.tracing': telemetry,
  'telemetry.service': telemetry,
} as const;

/** Cilium 1.20, by its sources, its CRDs and its policy engine. */
export const capabilities: Capabilities = {
  'request.unsafe-paths': always(
    'Cilium resolves unsafe paths, redirects those with an encoded slash, and passes the rest on; where Access has conditions on paths, a path with `;` fits none of those that take more than one path',
    'a request with an unsafe path gets no 400, but an answer of the application, or 403',
  ),
  ...matches,
  ...actions,
  ...settings,
  ...access,
  ...surroundings,
};
