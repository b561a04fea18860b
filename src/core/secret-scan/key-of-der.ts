/** Returns the kind of plain private key in DER bytes (one character each); undefined if they aren't a key. */
export function keyOfDer(bytes: string): string | undefined {
  const at = (index: number): number => bytes.charCodeAt(index);
  const inside = bytes.startsWith('0') ? contentOf(bytes, 0) : undefined;
  // All three forms start with a version: INTEGER 0 or 1.
  if (inside === undefined || at(inside) !== 2 || at(inside + 1) !== 1 || at(inside + 2) > 1)
    return undefined;
  const next = inside + 3;
  const content = contentOf(bytes, next);
  if (content === undefined) return undefined;
  // PKCS#8 (RFC 5958): an AlgorithmIdentifier, which starts with an OID. The form with a passphrase has no version.
  if (at(next) === 0x30 && at(content) === 0x06) return 'a private key (PKCS#8)';
  // RFC 5915: the secret as an OCTET STRING.
  if (at(next) === 0x04 && at(inside + 2) === 1 && [28, 32, 48, 66].includes(at(next + 1)))
    return 'a private key (EC)';
  // PKCS#1 (RFC 8017): the modulus, at least 512 bits long.
  if (at(next) === 0x02 && at(inside + 2) === 0 && content - next > 2) return 'a private key (RSA)';
  return undefined;
}

/** Returns the index at which the content of the element at `index` starts; undefined if its length is impossible. */
function contentOf(bytes: string, index: number): number | undefined {
  const length = bytes.charCodeAt(index + 1);
  if (Number.isNaN(length)) return undefined;
  if (length < 0x80) return index + 2;
  return length > 0x80 && length <= 0x83 ? index + 2 + (length - 0x80) : undefined;
}
