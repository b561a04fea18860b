import { grpcStatus } from '../ir/link/grpc-status.ts';

/** Returns the number of a gRPC status in the language's spelling, `deadline-exceeded`; undefined for other words. */
export function grpcStatusNumber(word: string): number | undefined {
  const name = word.toUpperCase().replaceAll('-', '_');
  return Object.entries(grpcStatus).find(([known]) => known === name)?.[1];
}
