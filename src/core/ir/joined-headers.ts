/**
 * The headers of requests whose lines Envoy joins as it reads them, in lower case: rules see one value, with a comma between
 * the lines, and so do servers. Measured on Envoy 1.40, over HTTP/1.1 and HTTP/2; headers that proxies own are not among them.
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
