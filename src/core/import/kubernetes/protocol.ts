import type { Protocol } from '../../spec/types.gen.ts';

/** The protocol of a port of a Kubernetes Service, and whether the Service says it. */
export interface PortProtocol {
  readonly protocol: Protocol;
  readonly isGuessed: boolean;
}

const byWord: Readonly<Record<string, Protocol>> = {
  http: 'http',
  'http/1.1': 'http',
  http2: 'http2',
  h2c: 'http2',
  ws: 'http',
  wss: 'tls',
  grpc: 'grpc',
  'grpc-web': 'http',
  https: 'tls',
  tls: 'tls',
  tcp: 'tcp',
  mongo: 'mongo',
  mysql: 'mysql',
  postgres: 'postgres',
  postgresql: 'postgres',
  redis: 'redis',
};

/**
 * Returns the protocol of a port: by `appProtocol`, else by the first word of its name (`http-admin`), else TCP, which
 * passes all bytes on.
 */
export function portProtocol(appProtocol: string | undefined, name: string): PortProtocol {
  const word = appProtocol?.toLowerCase().replace(/^kubernetes\.io\//, '');
  const stated = word === undefined ? undefined : byWord[word];
  if (stated !== undefined) return { protocol: stated, isGuessed: false };
  const first = name.startsWith('grpc-web') ? 'grpc-web' : (name.split('-')[0] ?? '');
  const named = byWord[first];
  return named === undefined ? { protocol: 'tcp', isGuessed: true } : { protocol: named, isGuessed: false };
}
