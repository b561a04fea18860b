import { sha256 as hash } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';

/** Returns the SHA-256 of bytes, or of a text in UTF-8 (lone surrogates become U+FFFD), in hexadecimal. */
export type Sha256 = (content: string | Uint8Array) => string;

let implementation: Sha256 = portableSha256;

export function sha256(content: string | Uint8Array): string {
  return implementation(content);
}

/** Replaces the implementation by a faster one: the core's only mutable global. Results are identical. */
export function computeSha256With(faster: Sha256): void {
  implementation = faster;
}

/** Computes SHA-256 in plain JavaScript. */
export function portableSha256(content: string | Uint8Array): string {
  return bytesToHex(hash(typeof content === 'string' ? utf8ToBytes(content) : content));
}
