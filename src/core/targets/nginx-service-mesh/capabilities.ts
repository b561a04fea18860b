import { always, none, splitAndAccess } from '../mesh-classes/split-and-access.ts';
import type { Capabilities } from '../target.ts';

const mesh = 'NGINX Service Mesh';
const unwritten = (what: string) =>
  `${mesh} has ${what} in objects and annotations of its own, which this target does not write`;

/** NGINX Service Mesh 2.0, by its CRDs and its chart: its documentation is no longer public. */
export const capabilities: Capabilities = {
  ...splitAndAccess(mesh),
  'mtls.strict': always(
    `${mesh} has its mode of mTLS in its MeshConfig, for all workloads, and takes calls without identity by default`,
    'calls without an identity are served unless the MeshConfig says strict',
  ),
  'settings.load-balancing': none(
    unwritten('the choice of instances'),
    'calls go to instances as its MeshConfig says',
  ),
  'settings.outlier-detection': none(unwritten('circuit breakers'), 'instances that fail still get calls'),
  'settings.rate-limit': none(unwritten('rate limits'), 'requests over the limit are served'),
};
