import type { External } from '../ir/external.ts';
import { readsRequests, type Service } from '../ir/service.ts';
import { hostnamesIn } from './hostnames.ts';

/** Returns true if a service decides alike about the calls of an account with a proxy and without one. */
export function isReachedAlike(service: Service): boolean {
  return (
    service.exposeTo === 'all' &&
    service.ports.every((port) => port.route.implicit && (!port.http || readsRequests(service, port))) &&
    hostnamesIn(service.access, 'hosts').length === 0
  );
}

/** Returns true if an account may call an External with a proxy as it may without one, which nothing refuses. */
export function isOpenToProxies({ from, gateway, ports }: External): boolean {
  return from === undefined && gateway === undefined && ports.every(({ route }) => route.implicit);
}
