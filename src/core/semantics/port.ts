import type { ExternalPort } from '../ir/external.ts';
import type { Port } from '../ir/service.ts';

type AnyPort = Port | ExternalPort;

/** Returns the port of this name or number. */
export function findPort<P extends AnyPort>(ports: readonly P[], asked: string | number): P | undefined {
  return (
    ports.find((port) => port.name === asked) ?? ports.find((port) => String(port.number) === String(asked))
  );
}

/** Returns the port for a host without a port: the only HTTP port, or else the port 80. */
export function defaultPort<P extends AnyPort>(ports: readonly P[]): P | undefined {
  const http = ports.filter(carriesRequests);
  return http.length === 1 ? http[0] : http.find((port) => port.number === 80);
}

/** Returns true if proxies see single requests on a port: an HTTP protocol without the application's own TLS. */
export function carriesRequests(port: AnyPort): boolean {
  return port.http && !('applicationTls' in port && port.applicationTls);
}
