import type { Capabilities, Capability } from '../target.ts';

function none(reason: string, callers: string): Capability {
  return { none: reason, callers };
}

function always(partial: string, callers: string): Capability {
  return { partial, callers, found: 'at each use' };
}

function upTo(partial: string, callers: string): Capability {
  return { partial, callers, found: 'by limits' };
}

const otherRule = 'such requests go by the next rule that takes them, or get 404';
const unfiltered = 'Linkerd takes no notice of a route that has such a filter, so that none is written';
const entrance = none(
  'Linkerd has no gateways: an ingress controller of your own stands there',
  'nothing listens',
);
const unguarded = 'calls that should be refused are served, unless something else refuses them';
const balancing = none(
  'Linkerd always sends to the instance that answered fastest of two',
  'calls go to instances as Linkerd picks them',
);
const pools = none(
  'Linkerd has its own limits of connections, which no object says',
  'connections fail and end after the times of Linkerd, and requests over the limit are sent',
);
const perInstance = none(
  'Linkerd counts requests at each instance of a server alone',
  'requests over the limit are served',
);
const telemetry = none(
  'Linkerd has its telemetry in the settings of its installation and of pods',
  'nothing; who reads it finds that of Linkerd',
);

/** Linkerd 2.20, by its documentation, its CRDs and its sources. */
export const capabilities: Capabilities = {
  'egress.deny': always(
    'Linkerd closes hosts outside of the networks that its installation counts as the cluster, which are all private ones unless `clusterNetworks` names fewer',
    'calls to hosts in these networks that the mesh does not name get through',
  ),
  'egress.allow': 'full',
  'request.unsafe-paths': always(
    'Linkerd passes paths on as they come; where Access has conditions on paths, those in odd spellings are refused',
    'a request with an unsafe path gets no 400, but an answer of the application, or 403',
  ),
  'route.no-match': 'full',
  'settings.default-balancing': balancing,
  'settings.default-connections': pools,
  'settings.no-retries': always(
    'Linkerd tries nothing again by itself, but where an annotation of the Kubernetes Service says so, a route can not say the opposite',
    'requests are tried again where somebody has written such an annotation',
  ),
  'mtls.strict': upTo(
    'one port of a pod has one Server in Linkerd, whatever Services name it',
    'nobody may call that port',
  ),
  'mtls.permissive': upTo(
    'one port of a pod has one Server in Linkerd, whatever Services name it',
    'nobody may call that port',
  ),
  'mtls.disabled': always(
    'Linkerd encrypts calls between its proxies whatever anybody asks for',
    'connections are encrypted; Access takes callers as callers without identity, as it should',
  ),
  'route.path-regex': 'full',
  'route.starts-with': 'full',
  'route.order': upTo(
    'Linkerd begins with the match that covers most of a path, and no match says what certain rules both take',
    'some requests of a rule go by a later one',
  ),
  'route.headers': upTo(
    'a match of the Gateway API can not ask that a header is absent or different, nor twice for one header',
    otherRule,
  ),
  'route.cookies': upTo(
    'a match of the Gateway API can not ask that a cookie is absent, nor for two of them',
    otherRule,
  ),
  'route.query': always(
    'Linkerd decodes parameters, takes any of several with one name, and can not ask that one is absent',
    'requests whose parameters are encoded or repeated may go by another rule',
  ),
  'route.methods': upTo('the Gateway API knows no other methods than those of HTTP', otherRule),
  'route.from': none(
    'Linkerd picks a route by the request, not by its caller',
    'rules for some callers are never taken',
  ),
  'route.split': upTo(
    'a rule of the Gateway API has 16 backends at most, and answers 500 where all weights are zero',
    'further backends get nothing, or the status is another',
  ),
  'route.redirect': upTo(
    'a redirect of Linkerd leaves the path as it is, and has the status 301 or 302',
    'such requests get 500, or the status is 302',
  ),
  'route.respond': none('Linkerd has no filter that answers a request', 'such requests get 500'),
  'route.rewrite-path': none(unfiltered, 'the path stays as requested'),
  'route.rewrite-host': none(unfiltered, 'the host stays as requested'),
  'route.request-headers': upTo(
    'a filter of the Gateway API changes 16 headers in each way at most',
    'the headers after these stay as they are',
  ),
  'route.response-headers': upTo(
    'a filter of the Gateway API changes 16 headers in each way at most',
    'the headers after these stay as they are',
  ),
  'route.mirror': none(unfiltered, 'no copies are sent'),
  'route.fault-delay': none('Linkerd has no filter that delays a request', 'requests are not delayed'),
  'route.fault-abort': none('Linkerd has no filter that aborts a request', 'requests are not aborted'),
  'route.cors': none(unfiltered, 'preflights are ordinary requests'),
  'route.rate-limit': none('Linkerd counts requests at servers alone', 'requests over the limit are served'),
  'route.sni': 'full',
  'settings.timeout': 'full',
  'settings.retries': always(
    'Linkerd tries again by the status of an answer alone, after a wait of its own, and no body over 64 KiB',
    'requests that get no answer are not tried again',
  ),
  'settings.retry-budget': none(
    'Linkerd has budgets of retries in ServiceProfiles alone, which turn routes off',
    'more requests are tried again',
  ),
  'settings.connections': pools,
  'settings.outlier-detection': always(
    'Linkerd ejects an instance after so many failures in a row, all of them if all fail, by annotations of the Kubernetes Service',
    'instances come back by trial, and calls may get 503 while some could answer',
  ),
  'settings.load-balancing': balancing,
  'settings.affinity': none(
    'Linkerd picks an instance for each request anew',
    'a caller meets one instance now and another then',
  ),
  'settings.locality': none(
    'Linkerd takes localities from the cluster, not from objects of its own',
    'calls go to instances that are far away',
  ),
  'settings.rate-limit': upTo(
    'Linkerd limits whole requests a second, with a bucket of one second',
    'fewer requests at once are served than the burst allows, or one each second where the limit is less',
  ),
  'settings.rate-limit-service': perInstance,
  'service.health-check': none(
    'Linkerd asks no instance for its health by itself',
    'instances that fail their check still get calls, as far as Kubernetes calls them ready',
  ),
  'service.tls': none(
    'Linkerd passes requests on to an application in plain text, whatever it speaks',
    'calls to that port reach the application in plain text',
  ),
  'service.expose-to': none(
    'Linkerd shows every Service to every namespace',
    'calls from other namespaces get through',
  ),
  'access.identity': upTo(
    'Linkerd names accounts and namespaces of its own trust domain',
    'these callers are refused',
  ),
  'access.http': upTo(
    'Linkerd lets callers in by match of a route, which takes no hosts, no patterns of paths, and no absence of a header',
    'such calls are refused',
  ),
  'access.deny': upTo(
    'Linkerd knows whom to let in and nothing else, so that what is denied has to be left out of that',
    'other callers are refused, too',
  ),
  'access.except': upTo(
    'Linkerd knows whom to let in and nothing else, so that exceptions have to be left out of that',
    'more calls are refused than the exception says',
  ),
  'access.address': none('Linkerd has no gateways, where addresses of clients count', unguarded),
  'access.jwt': none('Linkerd reads no tokens of a request', 'calls that need a token are refused'),
  'authentication.jwt': none(
    'Linkerd reads no tokens of a request',
    'bad and missing tokens are not refused',
  ),
  'authentication.external': none('Linkerd asks no other service about a request', unguarded),
  'external.hosts': upTo(
    'Linkerd tells no callers of a namespace apart, and opens hosts to HTTP and TLS',
    'calls to that host are refused',
  ),
  'external.tls': none(
    'Linkerd starts no TLS towards hosts outside of the mesh',
    'calls to that host are refused',
  ),
  'external.gateway': none('Linkerd has no gateways by which calls leave', 'calls to that host are refused'),
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
  federation: none(
    'the proxies of Linkerd have one trust domain, and its policies name no other',
    'calls from federated trust domains are refused',
  ),
};
