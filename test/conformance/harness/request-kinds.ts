import type { Request } from '../../../src/core/semantics/request.ts';

/** Returns true for a call of gRPC. */
export function isGrpc(request: Request): boolean {
  return request.headers.some(
    ({ name, value }) => name === 'content-type' && value.startsWith('application/grpc'),
  );
}

/** Returns true for a request that becomes a WebSocket. */
export function isUpgrade(request: Request): boolean {
  return request.headers.some(({ name }) => name === 'upgrade');
}
