import type { External, ExternalPort } from '../../../ir/external.ts';
import type { PrincipalMatch } from '../../../ir/principal.ts';

/** The reason why a port of an External can not be called through Linkerd. */
export type Obstacle = 'tls' | 'gateway' | 'stream' | 'route';

/** Returns the reason why no caller may call a port, or undefined if some may. */
export function obstacleAt(external: External, port: ExternalPort): Obstacle | undefined {
  if (external.gateway !== undefined) return 'gateway';
  if (speaksTls(port)) return undefined;
  if (!port.http) return 'stream';
  if (external.tls !== undefined) return 'tls';
  return port.route.implicit ? undefined : 'route';
}

/** Returns true if the application speaks TLS on a port, so that nothing but the server name is seen. */
export function speaksTls({ applicationTls, protocol }: ExternalPort): boolean {
  return applicationTls || protocol === 'tls';
}

/** Returns true if every workload of a namespace may call an External: Linkerd tells no callers of a namespace apart. */
export function isOpenTo({ from }: External, namespace: string, trustDomain: string): boolean {
  return from === undefined || from.some((match) => takesNamespace(match, namespace, trustDomain));
}

function takesNamespace(match: PrincipalMatch, namespace: string, trustDomain: string): boolean {
  if (match.type === 'namespace') return match.namespace === namespace && match.trustDomain === trustDomain;
  return match.type !== 'spiffe';
}
