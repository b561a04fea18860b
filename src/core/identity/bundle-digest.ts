import { sha256 } from '../lib/sha256.ts';

/** Returns the digest of trusted roots (PEM), by which a record of an authority names them. */
export function bundleDigest(bundle: string): string {
  return sha256(bundle);
}
