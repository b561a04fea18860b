import { sha256 as hash } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';

/** SHA-256 of bytes, or of a text in UTF-8 (lone surrogates are U+FFFD), hexadecimal. */
export type Sha256 = (content: string | Uint8Array) => string;

let implementation: Sha256 = portableSha256;

export function sha256(content: string | Uint8Array): string {
  return implementation(content);
}

/** Lets a faster implementation do it: the only thing in the core that can be set, and no answer shows it. */
export function computeSha256With(faster: Sha256): void {
  implementation = faster;
}

/** In plain JavaScript. */
export function portableSha256(content: string | Uint8Array): string {
  return bytesToHex(hash(typeof content === 'string' ? utf8ToBytes(content) : content));
}
