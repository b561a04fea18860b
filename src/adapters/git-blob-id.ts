import { createHash } from 'node:crypto';

/**
 * Returns the id that Git gives these bytes, without any filter or conversion; `like` is an id of the same repository.
 */
export function gitBlobId(bytes: Uint8Array, like: string): string {
  const hash = createHash(like.length === 64 ? 'sha256' : 'sha1');
  return hash.update(`blob ${bytes.length}\0`).update(bytes).digest('hex');
}
