import { createPrivateKey } from 'node:crypto';

/**
 * Returns the forms in which a private key could leak: its scalar raw, hexadecimal and within base64, and the lines of
 * PEM that hold the scalar, plain and within base64.
 */
export function formsOf(pem: string): readonly Buffer[] {
  const { d = '' } = createPrivateKey(pem).export({ format: 'jwk' });
  const scalar = Buffer.from(d, 'base64url');
  const hex = scalar.toString('hex');
  // Base64 of a longer text holds the scalar at one of three offsets; both ends depend on the neighbours.
  // The last line of a PKCS#8 key of P-256 is a part of its public key.
  const lines = pem.trim().split('\n').slice(1, 3);
  const within = [scalar, ...lines.map((line) => Buffer.from(line))].flatMap(inBase64);
  return [scalar, ...[hex, hex.toUpperCase(), ...lines, ...within].map((text) => Buffer.from(text))];
}

/** Returns the base64 of bytes within a longer text, at each of its three offsets. */
function inBase64(bytes: Buffer): readonly string[] {
  return [0, 1, 2].map((offset) =>
    Buffer.concat([Buffer.alloc(offset), bytes])
      .toString('base64')
      .slice(4, -4),
  );
}
