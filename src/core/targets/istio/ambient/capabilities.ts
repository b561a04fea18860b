import type { Capabilities, Capability } from '../../target.ts';
import { capabilities } from '../capabilities.ts';

const noFilters = 'waypoints take no EnvoyFilter, and Istio has no rate limits of its own';
const unlimited = 'requests over the limit are served instead of refused with 429';

const accessFirst: Capability = {
  partial: 'a waypoint checks who may call before its routes answer anything',
  callers: 'whom access refuses gets 403 instead of this answer',
  found: 'by limits',
};

const routedAgain: Capability = {
  partial:
    'a gateway sends requests through the waypoint of the service, which asks the Route of that service again',
  callers: 'requests that came through a gateway are routed a second time',
  found: 'by limits',
};

/** The features that Istio without sidecars keeps. */
export const ambientCapabilities: Capabilities = {
  ...capabilities,
  'egress.deny': {
    none: 'a ztunnel passes calls to hosts that nobody named on',
    callers: 'calls to unknown hosts reach the network instead of failing with 404',
  },
  'request.unsafe-paths': {
    none: 'a waypoint refuses no unsafe path',
    callers: 'a request with an unsafe path gets no 400',
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
    none: 'a waypoint routes the calls of everybody alike',
    callers: 'rules for some callers are never taken',
  },
  'route.rate-limit': { none: noFilters, callers: unlimited },
  'settings.rate-limit': { none: noFilters, callers: unlimited },
  'route.respond': accessFirst,
  'route.redirect': accessFirst,
  'route.cors': accessFirst,
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
  'access.http': {
    partial:
      'a waypoint refuses no unsafe path, checks access before its routes change anything, and its policies know no regular expressions',
    callers: 'more calls are refused with 403; an unsafe path gets no 400',
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
  'authentication.jwt': {
    partial: 'a waypoint refuses a missing token with 403, and is content with one valid token of several',
    callers: 'a missing token is refused with 403 instead of 401',
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
