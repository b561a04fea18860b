import type { Capabilities, Capability } from '../target.ts';

/** Returns the capability of a feature that a mesh lacks. */
export function none(reason: string, callers: string): Capability {
  return { none: reason, callers };
}

/** Returns the capability of a feature that a mesh weakens wherever it is used. */
export function always(partial: string, callers: string): Capability {
  return { partial, callers, found: 'at each use' };
}

/** Returns the capability of a feature that a mesh supports up to the target's limits. */
export function upTo(partial: string, callers: string): Capability {
  return { partial, callers, found: 'by limits' };
}

/** Makes the capability of a feature for which no object of a mesh has a field. */
type Lack = (what: string, callers: string) => Capability;

/**
 * Returns the capabilities of meshes that split requests and let callers in, and do little else: the meshes of the
 * Service Mesh Interface and their kind. A target overrides the features in which its mesh differs.
 */
export function splitAndAccess(mesh: string): Capabilities {
  const lack: Lack = (what, callers) => none(`no object of ${mesh} has ${what}`, callers);
  return {
    ...matches(mesh, lack),
    ...actions(lack),
    ...settings(mesh, lack),
    ...access(mesh, lack),
    ...surroundings(lack),
  };
}

/** Returns the capabilities for the conditions of rules and the way of requests. */
function matches(mesh: string, lack: Lack) {
  const otherRule = 'such requests go to the Service that they name';
  return {
    'request.unsafe-paths': always(
      `${mesh} passes paths on as they come; where Access has conditions on paths, paths with dot segments, doubled slashes or encoded characters are refused`,
      'a request with an unsafe path gets no 400, but an answer of the application, or 403 or 404',
    ),
    'route.no-match': lack('a 404 for requests that no rule takes', otherRule),
    'route.path-regex': upTo(
      `${mesh} has one condition for a split, which is the pattern of a path`,
      otherRule,
    ),
    'route.starts-with': upTo(
      `${mesh} has one condition for a split, which is the pattern of a path`,
      otherRule,
    ),
    'route.order': upTo(
      `${mesh} has one split for a Service and sends all other requests to the Service that they name`,
      otherRule,
    ),
    'route.headers': upTo(`${mesh} has patterns of header values, none of an absent header`, otherRule),
    'route.cookies': lack('conditions on cookies', otherRule),
    'route.query': lack('conditions on parameters', otherRule),
    'route.methods': upTo(`${mesh} knows no other methods than those of HTTP`, otherRule),
    'route.from': lack('splits for some callers', otherRule),
    'route.split': upTo(
      `a TrafficSplit of ${mesh} divides all ports of a Service between other Services of its namespace`,
      otherRule,
    ),
    'route.sni': lack('conditions on server names', otherRule),
  } as const;
}

/** Returns the capabilities for the actions of rules. */
function actions(lack: Lack) {
  return {
    'route.redirect': lack('redirects', 'such requests are served by the Service that they name'),
    'route.respond': lack(
      'rules that answer a request',
      'such requests are served by the Service that they name',
    ),
    'route.rewrite-path': lack('a way to change a path', 'the path stays as requested'),
    'route.rewrite-host': lack('a way to change a host', 'the host stays as requested'),
    'route.request-headers': lack('a way to change headers', 'headers of requests stay as they are'),
    'route.response-headers': lack('a way to change headers', 'headers of answers stay as they are'),
    'route.mirror': lack('copies of requests', 'no copies are sent'),
    'route.fault-delay': lack('faults to inject', 'requests are not delayed'),
    'route.fault-abort': lack('faults to inject', 'requests are not aborted'),
    'route.cors': lack('cross-origin rules', 'preflights are ordinary requests'),
    'route.rate-limit': lack('rate limits of a rule', 'requests over the limit are served'),
  } as const;
}

/** Returns the capabilities for settings of calls. */
function settings(mesh: string, lack: Lack) {
  const ends = 'connections fail and end after the times of the mesh';
  return {
    'settings.default-balancing': lack(
      'a choice of how instances are picked',
      'calls go to instances as the mesh picks them',
    ),
    'settings.default-connections': lack('limits of time for connections', ends),
    'settings.no-retries': always(
      `${mesh} tries nothing again by itself, and no object says so; a rule for all requests sends to Services of its own namespace and to the port of the call`,
      'requests are tried again where the installation or an annotation says so',
    ),
    'settings.timeout': lack('limits of time for requests', 'requests wait as long as the application takes'),
    'settings.retries': lack('retries', 'requests that fail are not tried again'),
    'settings.retry-budget': lack('budgets of retries', 'the number of retries has no such limit'),
    'settings.connections': lack('limits of connections', ends),
    'settings.outlier-detection': lack('ejection of instances', 'instances that fail still get calls'),
    'settings.load-balancing': lack(
      'a choice of how instances are picked',
      'calls go to instances as the mesh picks them',
    ),
    'settings.affinity': lack('an affinity of callers', 'a caller meets one instance now and another then'),
    'settings.locality': lack('localities', 'calls go to instances that are far away'),
    'settings.rate-limit': lack('rate limits', 'requests over the limit are served'),
    'settings.rate-limit-service': lack(
      'rate limits over a whole service',
      'requests over the limit are served',
    ),
  } as const;
}

/** Returns the capabilities for callers and their identity. */
function access(mesh: string, lack: Lack) {
  const unread = lack('a way to read tokens', 'calls that need a token are refused');
  const unguarded = 'calls that should be refused are served, unless something else refuses them';
  return {
    'mtls.strict': lack(
      'a word about certificates',
      'connections are encrypted or not as the installation says',
    ),
    'mtls.permissive': lack(
      'ports that take calls with and without identity',
      'calls without an identity are refused',
    ),
    'mtls.disabled': lack(
      'ports without identity',
      'calls are encrypted or refused as the installation says',
    ),
    'service.expose-to': lack(
      'Services that only some namespaces see',
      'calls from other namespaces get through where Access allows them',
    ),
    'service.health-check': lack(
      'checks of its own',
      'instances that fail their check still get calls, as far as Kubernetes calls them ready',
    ),
    'service.tls': lack(
      'TLS towards the application of a port',
      'calls reach the application as the caller sends them',
    ),
    'access.identity': upTo(
      `${mesh} names accounts of its own trust domain, and the same for all ports that it can not tell apart`,
      'other callers are refused, too',
    ),
    'access.http': upTo(
      `${mesh} has methods and patterns of paths, no hosts, no patterns that may cross path elements, and no absence of a header`,
      'such calls are refused',
    ),
    'access.deny': upTo(
      `${mesh} only allows, so that a caller whose requests are denied in part is left out`,
      'other calls of that caller are refused, too',
    ),
    'access.except': upTo(
      `${mesh} only allows, so that a caller with an exception is left out`,
      'other calls of that caller are refused, too',
    ),
    'access.address': lack('the address of a client behind a gateway', unguarded),
    'access.jwt': unread,
    'authentication.jwt': lack('a way to read tokens', 'bad and missing tokens are not refused'),
    'authentication.external': lack('a question to another service about a request', unguarded),
    federation: lack('federated trust domains', 'calls from federated trust domains are refused'),
  } as const;
}

/** Returns the capabilities for gateways, other hosts, and telemetry. */
function surroundings(lack: Lack) {
  const entrance = lack(
    'gateways that a spec could describe: an ingress controller of your own stands there',
    'nothing listens',
  );
  const outside = lack(
    'a place for hosts outside of the mesh',
    'calls to that host pass or fail as the installation says',
  );
  const telemetry = lack(
    'telemetry in a spec: the settings of its installation have it',
    'nothing; who reads it finds that of the installation',
  );
  return {
    'egress.deny': lack(
      'a list of hosts that callers may reach',
      'calls to hosts that the mesh does not name get through',
    ),
    'egress.allow': lack(
      'a list of hosts that callers may reach',
      'calls to hosts that the mesh does not name pass or fail as the installation says',
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
  } as const;
}
