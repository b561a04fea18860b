import { always, none, upTo } from '../mesh-classes/split-and-access.ts';
import type { Capabilities } from '../target.ts';

const answers = none('a router of Consul only sends requests on', 'such requests get 503');
const passes = (what: string) => `a router of Consul has no ${what}`;
const entrance = none(
  'this target writes no API gateway: a gateway of your own stands there, a service of Consul with the name of the Gateway',
  'nothing listens',
);
const outside = none(
  'this target writes no terminating gateway, by which hosts outside of the mesh would be reached',
  'calls to that host pass or fail as egress says',
);
const counted = none(
  'the community edition of Consul counts no requests',
  'requests over the limit are served',
);
const unguarded = 'calls that should be refused are served, unless something else refuses them';
const tokens = none(
  'this target writes no JWTProvider, and a rule about tokens lets nobody in',
  'calls that need a token are refused',
);
const telemetry = none(
  'Consul has its telemetry in the settings of its installation and in ProxyDefaults, where this target writes none',
  'nothing; who reads it finds that of the installation',
);

/** Consul with consul-k8s; requests by config entries were compared on the real agent and Envoy. */
export const capabilities: Capabilities = {
  'egress.deny': always(
    'transparent proxies of Consul close a connection to an address that the mesh does not name; other proxies see no such call',
    'a call to such a host gets no 404 but a closed connection, or gets through past a proxy that is not transparent',
  ),
  'egress.allow': 'full',
  'request.unsafe-paths': always(
    'the proxy of a server normalises paths and refuses encoded slashes; the proxy of a caller routes by the path as it comes',
    'a request with an unsafe path goes by the rule for its spelling, and some get an answer of the application',
  ),
  'route.no-match': always(
    'a router of Consul sends every request somewhere, here to a subset without instances',
    'a request that no rule takes gets 503',
  ),
  'settings.default-balancing': 'full',
  'settings.default-connections': 'full',
  'settings.no-retries': upTo(
    'Consul sends only to services of the protocol that was called',
    'requests for such a backend get 503',
  ),
  'mtls.strict': 'full',
  'mtls.permissive': upTo(
    'Consul lets a call without identity past every intention',
    'calls without an identity are refused where anything could refuse them',
  ),
  'mtls.disabled': none(
    'Consul encrypts every call between its proxies',
    'calls without an identity are refused, and only rules for anyone let callers in',
  ),
  'route.path-regex': 'full',
  'route.starts-with': 'full',
  'route.order': upTo(
    'Consul sends all connections to a port without HTTP to one place',
    'connections to that port are closed',
  ),
  'route.headers': 'full',
  'route.cookies': 'full',
  'route.query': upTo(
    'a route of Consul can not ask that a parameter is absent',
    'such requests go by the next rule that takes them, or get 503',
  ),
  'route.methods': 'full',
  'route.from': none(
    'a router of Consul picks a route by the request, not by its caller',
    'rules for some callers are never taken',
  ),
  'route.split': upTo(
    'Consul divides requests of HTTP in steps of 0.01 %, between ports of one protocol',
    'the shares differ by less than 0.01 %, requests for a port of another protocol get 503, or connections are closed',
  ),
  'route.sni': none(
    'Consul picks no route by the server name of a connection',
    'connections to that port are closed',
  ),
  'route.redirect': answers,
  'route.respond': answers,
  'route.rewrite-path': upTo(
    'Consul exchanges the prefix or the whole of a path that a route names',
    'where a rule without an exact path replaces all of it, the path stays as requested, or the request gets 503 if Access behind it asks about paths',
  ),
  'route.rewrite-host': none(
    passes('way to change a host'),
    'the host stays as requested, or the request gets 503 if Access behind it asks about hosts',
  ),
  'route.request-headers': 'full',
  'route.response-headers': 'full',
  'route.mirror': none(passes('copies of requests'), 'no copies are sent'),
  'route.fault-delay': none(passes('faults to inject'), 'requests are not delayed'),
  'route.fault-abort': none(passes('faults to inject'), 'requests are not aborted'),
  'route.cors': none(passes('cross-origin rules'), 'preflights are ordinary requests'),
  'route.rate-limit': none(passes('rate limits'), 'requests over the limit are served'),
  'settings.timeout': 'full',
  'settings.retries': always(
    'Consul has no limit of time for a try and no wait of its own between tries, tries three requests at a time again for each backend, and sees a failure between a proxy and its application as 503',
    'a try takes the whole timeout, tries may meet the same instance, and fewer failures are tried again',
  ),
  'settings.retry-budget': none(
    'Consul has no budgets of retries: three requests at a time are tried again for each backend',
    'fewer requests are tried again',
  ),
  'settings.connections': upTo(
    'Consul has limits of connections and of requests at a time, for the service that is called',
    'connections live as long as those of Envoy, and other limits hold where a rule sends to another service',
  ),
  'settings.outlier-detection': always(
    'Consul ejects after failures in a row, knows no gateway errors apart, and keeps the statistics of Envoy that eject an instance with fewer successes than its peers',
    'more instances may be ejected than the spec says',
  ),
  'settings.load-balancing': 'full',
  'settings.affinity': upTo(
    'Consul finds the instance of a caller by its requests',
    'a caller of a port without HTTP meets one instance now and another then',
  ),
  'settings.locality': none(
    'the community edition of Consul has no localities',
    'calls go to instances that are far away',
  ),
  'settings.rate-limit': counted,
  'settings.rate-limit-service': counted,
  'service.expose-to': none(
    'the community edition of Consul shows every service to every caller',
    'calls from other namespaces get through where Access allows them',
  ),
  'service.health-check': none(
    'Consul checks the health of instances as their registration says, which this target does not write',
    'instances that fail their check still get calls, as far as Consul calls them healthy',
  ),
  'service.tls': none(
    'a proxy of Consul speaks plain text to its application',
    'calls to that port reach the application in plain text',
  ),
  'access.identity': upTo(
    'intentions of Consul name services, not accounts, and only those of the mesh are written',
    'callers that the mesh does not name are refused',
  ),
  'access.http': 'full',
  'access.deny': upTo(
    'intentions of Consul name services, so that callers which the mesh does not name can not be told apart',
    'callers that the mesh does not name are refused, too',
  ),
  'access.except': upTo(
    'the first permission of an intention that fits decides, and not every exception has an order',
    'more calls are refused than the exception says',
  ),
  'access.address': none('this target writes no gateways, where addresses of clients count', unguarded),
  'access.jwt': tokens,
  'authentication.jwt': none(
    'this target writes no provider of tokens, a JWTProvider',
    'bad and missing tokens are not refused',
  ),
  'authentication.external': none('this target writes no extension that asks another service', unguarded),
  federation: none(
    'intentions of Consul name peers, not trust domains',
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

/** Consul on virtual machines, whose proxies are not transparent. */
export const vmCapabilities: Capabilities = {
  ...capabilities,
  'mtls.permissive': none(
    'a port of Consul takes calls without identity only behind a transparent proxy',
    'calls without an identity are refused',
  ),
};
