import { always, none, splitAndAccess, upTo } from '../mesh-classes/split-and-access.ts';
import type { Capabilities } from '../target.ts';

const mesh = 'App Mesh';
const laterRule = 'such requests go to later rules';
const refused = 'other callers are refused, too';

/** AWS App Mesh, by its documentation, its API and its CRDs; its output was not tried on a proxy. */
export const capabilities: Capabilities = {
  ...splitAndAccess(mesh),
  'egress.deny': 'full',
  'egress.allow': 'full',
  'request.unsafe-paths': always(
    'App Mesh has no word about unsafe paths and passes them on as its Envoy does',
    'a request with an unsafe path gets no 400, but the answer of a rule or of the application',
  ),
  'route.no-match': 'full',
  'settings.no-retries': 'full',
  'settings.timeout': 'full',
  'settings.retries': upTo(
    'App Mesh retries by the events server-error, gateway-error, client-error, stream-error and connection-error',
    'some failures are not tried again, or after another wait',
  ),
  'settings.connections': always(
    'App Mesh counts at each instance, for all callers together, has limits of connections and of waiting requests over HTTP/1.1, of requests alone over HTTP/2, and no time to connect',
    'a busy instance refuses calls (503) though each caller is within its limit, and other limits hold nowhere',
  ),
  'settings.outlier-detection': upTo(
    'App Mesh ejects instances by errors of servers alone',
    'instances that fail in another way still get calls',
  ),
  'route.path-regex': upTo('a pattern of App Mesh has 255 characters at most', laterRule),
  'route.starts-with': upTo('a pattern of App Mesh has 255 characters at most', laterRule),
  'route.order': upTo('a router of App Mesh has 1001 priorities for the routes of all ports', laterRule),
  'route.headers': upTo(
    'a route of App Mesh has ten conditions on headers, of 255 characters at most',
    laterRule,
  ),
  'route.cookies': upTo('a pattern of App Mesh has 255 characters at most', laterRule),
  'route.query': upTo('App Mesh compares a parameter with a whole value, or asks if it is there', laterRule),
  'route.methods': upTo('App Mesh knows no other methods than those of HTTP', laterRule),
  'route.from': none('no route of App Mesh has a condition on its caller', laterRule),
  'route.split': upTo(
    'App Mesh divides requests in whole percentages between ten targets at most',
    'shares differ by less than a percentage point',
  ),
  'route.sni': none(
    'no route of App Mesh has a condition on server names',
    'such connections go to later rules',
  ),
  'service.expose-to': upTo(
    'App Mesh lets calls through to hosts that it does not know if egress is allowed',
    'a caller that should not see the service may reach its address',
  ),
  'service.health-check': upTo(
    'App Mesh has checks every 5 to 300 seconds, with 2 to 60 seconds to answer and thresholds from 2 to 10',
    'instances that fail their check still get calls',
  ),
  'mtls.strict': upTo('App Mesh names callers one by one, by their certificates', refused),
  'mtls.permissive': upTo('App Mesh names callers one by one, by their certificates', refused),
  'mtls.disabled': upTo('App Mesh knows callers by their certificates alone', refused),
  'access.identity': upTo(
    'App Mesh names callers one by one, by their certificates, for each port of the pods',
    refused,
  ),
  'access.http': upTo(
    'App Mesh compares the name in a certificate and nothing of a request',
    'callers that may send some requests alone are refused',
  ),
  'access.deny': upTo(
    'App Mesh only allows, so that a caller whose requests are denied in part is left out',
    'other calls of that caller are refused, too',
  ),
  'access.except': upTo(
    'App Mesh only allows, so that a caller with an exception for some requests is left out',
    'other calls of that caller are refused, too',
  ),
  'gateway.http': upTo(
    'App Mesh has ingress gateways without Access alone',
    'such a gateway takes no requests',
  ),
  'gateway.shared-ports': 'full',
  'telemetry.access-log': upTo(
    'App Mesh writes the entries of all requests to a file',
    'who reads the log finds other entries, or none',
  ),
  'telemetry.service': 'full',
};
