/**
 * Request headers, in lower case, whose lines proxies join into one value with commas; rules and servers see this
 * value. Measured over HTTP/1.1 and HTTP/2 on the proxy of the differential tests. Headers that proxies own are left
 * out.
 */
export const joinedHeaders: ReadonlySet<string> = new Set([
  'accept',
  'accept-encoding',
  'access-control-request-headers',
  'access-control-request-method',
  'access-control-request-private-network',
  'authentication',
  'authorization',
  'cache-control',
  'cdn-loop',
  'content-encoding',
  'content-type',
  'grpc-accept-encoding',
  'grpc-timeout',
  'if-match',
  'if-modified-since',
  'if-none-match',
  'if-range',
  'if-unmodified-since',
  'origin',
  'pragma',
  'referer',
  'user-agent',
  'x-client-trace-id',
]);
