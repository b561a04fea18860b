import type { Feature } from '../../../ir/feature.ts';
import type { Capability } from '../../target.ts';

const otherRule = 'their calls go by the next rule that takes them';

/** The capabilities of routes, settings, gateways and external hosts. */
export const networkingCapabilities = {
  'egress.deny': 'full',
  'route.no-match': 'full',
  'settings.default-balancing': 'full',
  'settings.default-connections': 'full',
  'settings.no-retries': 'full',
  'route.path-regex': {
    partial: 'Istio refuses regular expressions of more than 1024 characters',
    callers: 'requests of that rule get 404, or what the next rule that takes them says',
    found: 'by limits',
  },
  'route.starts-with': 'full',
  'route.order': 'full',
  'route.headers': 'full',
  'route.cookies': {
    partial: 'Istio refuses regular expressions of more than 1024 characters, and a cookie is matched by one',
    callers: 'requests of that rule get 404, or what the next rule that takes them says',
    found: 'by limits',
  },
  'route.query': 'full',
  'route.methods': 'full',
  'route.from': {
    partial:
      'Istio routes by namespace and labels of the caller, inside the mesh alone, and knows an account by the services that run under it',
    callers: otherRule,
    found: 'by limits',
  },
  'route.split': 'full',
  'route.redirect': 'full',
  'route.respond': 'full',
  'route.rewrite-path': 'full',
  'route.rewrite-host': 'full',
  'route.request-headers': 'full',
  'route.response-headers': {
    partial:
      'Istio changes the headers of answers that came from a server, not of those that it injects itself',
    callers: 'injected aborts lack these headers',
    found: 'by limits',
  },
  'route.mirror': 'full',
  'route.fault-delay': 'full',
  'route.fault-abort': 'full',
  'route.cors': {
    partial:
      'Istio refuses regular expressions of more than 1024 characters, and the paths of earlier rules may make a longer one',
    callers: 'preflights for that rule are ordinary requests',
    found: 'by limits',
  },
  'service.expose-to': 'full',
  'route.sni': {
    partial: 'Istio wants a server name in every rule for TLS inside the mesh',
    callers: 'connections with another server name than that of the service are closed',
    found: 'by limits',
  },
  'settings.timeout': 'full',
  'settings.retries': {
    partial: 'Istio answers 503 for an application that gives no answer, and can not tell the two apart',
    callers:
      'requests without an answer are tried again although only 503 should be, or not although they should',
    found: 'by limits',
  },
  'settings.retry-budget': {
    partial: 'Istio takes a least number of retries of 0 for none said, and means 3',
    callers: 'up to 3 requests may be retried at once where none should',
    found: 'by limits',
  },
  'settings.connections': 'full',
  'settings.outlier-detection': 'full',
  'settings.load-balancing': 'full',
  'settings.affinity': 'full',
  'settings.locality': {
    partial: 'Istio fails over from region to region, nearest zones first, not from cluster to cluster',
    callers: 'requests go to instances of another cluster or zone than those that should be next',
    found: 'by limits',
  },
  'external.hosts': {
    partial: 'Istio knows a host once in each namespace, whoever calls it',
    callers: 'calls to that host go by one of the two Externals, whichever Istio takes',
    found: 'by limits',
  },
  'external.tls': {
    partial: 'sidecars read certificates from files, Secrets are for gateways',
    callers: 'calls to that host fail with 503',
    found: 'by limits',
  },
  'external.gateway': {
    partial: 'an egress gateway of Istio finds the way by the host that is called, and by nothing else',
    callers: 'calls get through that should not, or fail at the gateway',
    found: 'by limits',
  },
  'egress.allow': 'full',
  'gateway.http': 'full',
  'gateway.tls': {
    partial: 'gateways of Istio take certificates from Secrets or files, not from the authority of the mesh',
    callers: 'connections to that listener are refused',
    found: 'by limits',
  },
  'gateway.passthrough': 'full',
  'gateway.https-redirect': {
    partial:
      'a gateway of Istio that redirects a wildcard host to 443 keeps the port of the Host, and guards a redirect as the other listeners of its port',
    callers: 'they are sent to the port that their Host names, or to 443, or are refused with 403',
    found: 'by limits',
  },
  'gateway.client-address': {
    none: 'the pods of a gateway of Istio say where the address of a client stands, in their annotations',
    callers:
      'the address of the proxy in front counts as that of the client, and its header ends the connection',
  },
  'gateway.shared-ports': {
    none: 'the objects that are written for Istio take the Routes of a host at every listener of a port',
    callers:
      'a caller that asks for another host than its TLS names gets around the certificates that the listener of that host demands',
  },
} satisfies Partial<Record<Feature, Capability>>;
