import { hash } from 'node:crypto';

/** Computes SHA-256 by the platform's own library, about ten times as fast as in JavaScript. */
export function platformSha256(content: string | Uint8Array): string {
  return hash('sha256', content, 'hex');
}
