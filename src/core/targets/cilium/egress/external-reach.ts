import type { External, ExternalPort } from '../../../ir/external.ts';
import { type Principal, spiffeId } from '../../../ir/principal.ts';
import { isIpAddress } from '../../../lib/ip-address.ts';

/** The reason why a port of an External can not be called through Cilium. */
export type Obstacle = 'tls' | 'gateway' | 'route';

/** Returns the reason why no caller may call a port, or undefined if some may. */
export function obstacleAt(external: External, port: ExternalPort): Obstacle | undefined {
  if (external.gateway !== undefined) return 'gateway';
  if (external.tls !== undefined && !port.applicationTls) return 'tls';
  return port.route.implicit ? undefined : 'route';
}

/** Returns true if a workload may call an External. */
export function mayCall({ from }: External, principal: Principal): boolean {
  return (
    from === undefined ||
    from.some((match) => {
      switch (match.type) {
        case 'anyone':
        case 'authenticated':
          return true;
        case 'namespace':
          return match.namespace === principal.namespace && match.trustDomain === principal.trustDomain;
        case 'spiffe':
          return match.id === spiffeId(principal);
      }
    })
  );
}

/** Returns the addresses of an External as CIDR ranges; those that are host names are left out. */
export function rangesOf({ addresses }: External): readonly string[] {
  return addresses.filter(isIpAddress).map((address) => `${address}/${address.includes(':') ? '128' : '32'}`);
}
