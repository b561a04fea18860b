import { always, none, splitAndAccess, upTo } from '../mesh-classes/split-and-access.ts';
import type { Capabilities } from '../target.ts';

const mesh = 'Traefik Mesh';
const unwritten = (what: string) =>
  `${mesh} has ${what} in annotations of a Service, which this target does not write`;
const unconditional = none(
  `${mesh} matches the beginning of a path and any header of several, so that no condition of a split is written`,
  'such requests go to the Service that they name',
);
const unencrypted = none(
  `${mesh} has no certificates: it knows callers by the addresses of their pods`,
  'connections are not encrypted',
);

/** Traefik Mesh 1.4, by its documentation, its CRDs and its sources; access was tried on its own translation. */
export const capabilities: Capabilities = {
  ...splitAndAccess(mesh),
  'mtls.strict': unencrypted,
  'mtls.permissive': unencrypted,
  'mtls.disabled': none(
    `${mesh} tells callers apart by address even there`,
    'callers that the spec does not name are refused',
  ),
  'access.identity': always(
    `${mesh} knows callers by the addresses of their pods, believes a header about them behind a TrafficSplit, and guards only calls to NAME.NAMESPACE.traefik.mesh`,
    'a call to the ordinary name of the Service is served, whoever calls, unless a NetworkPolicy refuses it',
  ),
  'access.http': upTo(
    `${mesh} matches the beginning of a path, so that a condition on a path or a header would admit other requests: only methods are written`,
    'such calls are refused',
  ),
  'route.path-regex': unconditional,
  'route.starts-with': unconditional,
  'route.headers': unconditional,
  'route.methods': unconditional,
  'settings.retries': none(
    unwritten('retries after failures of the network'),
    'requests that fail are not tried again',
  ),
  'settings.rate-limit': none(unwritten('rate limits of each node'), 'requests over the limit are served'),
  'settings.outlier-detection': none(
    unwritten('a circuit breaker for a whole Service'),
    'instances that fail still get calls',
  ),
};
