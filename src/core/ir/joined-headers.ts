/**
 * The headers of requests whose lines proxies join as they read them, in lower case: rules see one value, with a comma
 * between the lines, and so do servers. Measured over HTTP/1.1 and HTTP/2 on the proxy of the differential tests;
 * headers that proxies own are not among them.
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
