import type { Capabilities, Capability } from '../../target.ts';
import { capabilities } from '../capabilities.ts';

const checkedFirst = (callers: string): Capability => ({
  partial: 'a waypoint checks who may call before its routes answer anything',
  callers,
  found: 'by limits',
});

const accessFirst = checkedFirst('whom access refuses gets 403 instead of this answer');

const routedAgain: Capability = {
  partial:
    'a gateway sends requests through the waypoint of the service, which asks the Route of that service again',
  callers: 'requests that came through a gateway are routed a second time',
  found: 'by limits',
};

/** The features that Istio without sidecars supports. */
export const ambientCapabilities: Capabilities = {
  ...capabilities,
  'egress.deny': {
    none: 'a ztunnel passes calls to hosts that nobody named on',
    callers: 'calls to unknown hosts reach the network instead of failing with 404',
  },
  'request.unsafe-paths': {
    partial: 'calls without identity go around the waypoint of a service without checks',
    callers: 'such a call with an unsafe path or padded header gets no 400',
    found: 'by limits',
  },
  'settings.default-balancing': {
    partial: 'a ztunnel picks instances at random, and no waypoint stands before a service without HTTP',
    callers: 'connections go to busy instances as often as to others',
    found: 'by limits',
  },
  'settings.default-connections': {
    partial: 'a ztunnel has limits of its own, and no waypoint stands before a service without HTTP',
    callers: 'a connection to an instance that does not answer fails later, and an idle one stays open',
    found: 'by limits',
  },
  'route.from': {
    partial:
      'a waypoint knows the callers of requests, not of connections, and a gateway none inside the mesh',
    callers: 'their calls go by the next rule that takes them',
    found: 'by limits',
  },
  'route.rate-limit': {
    partial:
      'a waypoint counts the requests of all callers of a service together, and those alone that access lets in',
    callers: 'more requests are refused with 429 where several callers call',
    found: 'by limits',
  },
  'settings.rate-limit': {
    partial: 'a waypoint counts the requests to all instances of a service together',
    callers: 'more requests are refused with 429 where a service has several instances',
    found: 'by limits',
  },
  'route.respond': accessFirst,
  'route.redirect': accessFirst,
  'route.cors': accessFirst,
  'route.no-match': checkedFirst(
    'whom access refuses gets 403 instead of 404 where no rule takes the request',
  ),
  'route.fault-abort': checkedFirst('whom access refuses gets 403 instead of the injected status'),
  'route.fault-delay': checkedFirst('whom access refuses gets 403 without the delay'),
  'mtls.permissive': {
    partial: 'calls without identity go around the waypoint, so that a service with checks refuses them',
    callers: 'calls without identity are refused where anything is checked',
    found: 'by limits',
  },
  'mtls.disabled': {
    partial: 'ambient can not turn identity off',
    callers: 'calls have an identity where the spec says that nobody has one',
    found: 'by limits',
  },
  'service.tls': {
    none: 'gateways in front of a waypoint would start the TLS of the application towards the waypoint',
    callers: 'calls to that port reach the application in plain text',
  },
  'access.http': {
    partial: 'a waypoint checks access before its routes change anything',
    callers: 'more calls are refused with 403, never fewer',
    found: 'by limits',
  },
  'access.except': {
    partial:
      'a waypoint checks access before its routes change anything, and tells exceptions of its ports not apart',
    callers: 'more calls are refused with 403, never fewer',
    found: 'by limits',
  },
  'authentication.external': {
    partial: 'a waypoint asks before its routes change anything, and tells exceptions of its ports not apart',
    callers: 'requests that nobody is to be asked about may be refused with 403',
    found: 'by limits',
  },
  'access.identity': {
    partial: 'a waypoint that sends requests on to another service is refused there',
    callers: 'calls that another Route sends to such a service fail with 503',
    found: 'by limits',
  },
  'service.expose-to': {
    partial: 'every ztunnel knows every service, so that callers that should not know it are refused instead',
    callers: 'calls from other namespaces are refused with 403 instead of failing with 404',
    found: 'by limits',
  },
  'external.hosts': {
    partial: 'every ztunnel knows every host, and no waypoint stands before a wildcard',
    callers:
      'callers that a host is not for get 403 instead of 404, or calls have no timeouts, retries or checks',
    found: 'by limits',
  },
  'external.gateway': {
    none: 'ztunnels send calls straight to hosts outside, past an egress gateway',
    callers: 'calls to that host do not take the gateway, whose access is not asked',
  },
  'gateway.http': routedAgain,
  'gateway.tls': {
    partial:
      'gateways of Istio take no certificate of the mesh, and the waypoint of the service routes again',
    callers: 'connections to that listener are refused, or requests are routed a second time',
    found: 'by limits',
  },
  'gateway.passthrough': routedAgain,
};
