import { none, splitAndAccess, upTo } from '../mesh-classes/split-and-access.ts';
import type { Capabilities } from '../target.ts';

const mesh = 'Open Service Mesh';
const unconditional = none(
  `a TrafficSplit of ${mesh} has no conditions`,
  'such requests go to the Service that they name',
);
const unwritten = (what: string) =>
  `${mesh} has ${what} in objects of its own, which this target does not write`;

/** Open Service Mesh 1.2, by its documentation, its CRDs and its sources; access was tried on its own translation. */
export const capabilities: Capabilities = {
  ...splitAndAccess(mesh),
  'egress.deny': none(unwritten('egress'), 'calls to other hosts pass or fail as its MeshConfig says'),
  'mtls.strict': upTo(
    'Open Service Mesh names accounts, and the same for all HTTP ports of an account',
    'callers that the spec does not name are refused',
  ),
  'mtls.disabled': none(
    `${mesh} encrypts every call between its proxies`,
    'calls without an identity are refused',
  ),
  'route.path-regex': unconditional,
  'route.starts-with': unconditional,
  'route.headers': unconditional,
  'route.methods': unconditional,
  'settings.retries': none(unwritten('retries'), 'requests that fail are not tried again'),
  'settings.connections': none(unwritten('limits of connections'), 'connections have the limits of the mesh'),
  'settings.rate-limit': none(unwritten('rate limits'), 'requests over the limit are served'),
  'external.hosts': none(unwritten('egress'), 'calls to that host pass or fail as its MeshConfig says'),
  'gateway.http': none(unwritten('backends of an ingress controller'), 'nothing listens'),
};
