import type { Protocol } from '../../../spec/types.gen.ts';

const protocols: Readonly<Record<string, Protocol>> = {
  http: 'http',
  http2: 'http2',
  grpc: 'grpc',
  tls: 'tls',
  tcp: 'tcp',
  kafka: 'tcp',
};

/** Returns the protocol of a port by Kuma's word for it; a port without a word is TCP. */
export function protocolOf(word: string | undefined): Protocol {
  return protocols[word ?? 'tcp'] ?? 'tcp';
}

/** Returns true for a protocol whose bytes Kuma passes on. */
export function isStream(protocol: Protocol): boolean {
  return !['http', 'http2', 'grpc'].includes(protocol);
}
