import { jsonRecord } from '../lib/json-record.ts';
import type { Json } from '../targets/artifact.ts';

/**
 * Returns the reason why no token can be checked with this JWK set (RFC 7517), or undefined. One key that proxies can
 * use is enough.
 */
export function keySetProblem(written: unknown): string | undefined {
  const set = typeof written === 'string' ? parsed(written) : (written as Json);
  if (set === undefined) return 'it is not JSON';
  const { keys } = jsonRecord(set);
  if (!Array.isArray(keys)) return 'it has no list `keys`';
  if (keys.length === 0) return 'its list `keys` is empty';
  const problems = (keys as readonly Json[]).map((key) => keyProblem(jsonRecord(key)));
  return problems.includes(undefined) ? undefined : `none of its keys is usable: ${problems[0] ?? ''}`;
}

function parsed(text: string): Json | undefined {
  try {
    return JSON.parse(text) as Json;
  } catch {
    return undefined;
  }
}

type Key = Readonly<Record<string, Json | undefined>>;

/** Bytes of a coordinate and the algorithm, by curve (RFC 7518, 6.2.1). */
const curves: Readonly<Record<string, readonly [size: number, algorithm: string]>> = {
  'P-256': [32, 'ES256'],
  'P-384': [48, 'ES384'],
  'P-521': [66, 'ES512'],
};

function keyProblem(key: Key): string | undefined {
  const kty = textOf(key['kty']) ?? '';
  const algorithm = textOf(key['alg']);
  switch (kty) {
    case 'RSA':
      if (algorithm !== undefined && !/^[RP]S(?:256|384|512)$/.test(algorithm))
        return `\`alg\` of an RSA key is no RS or PS`;
      return missing(key, ['n', 'e']);
    case 'EC':
      return curveProblem(key);
    case 'oct':
      if (algorithm !== undefined && !/^HS(?:256|384|512)$/.test(algorithm))
        return '`alg` of a secret key is no HS';
      return missing(key, ['k']);
    case 'OKP':
      if (key['crv'] !== 'Ed25519') return '`crv` of an OKP key is not Ed25519';
      return missing(key, ['x']) ?? (bytesOf(key['x']) === 32 ? undefined : '`x` is not 32 bytes long');
    default:
      return '`kty` is none of RSA, EC, oct, OKP';
  }
}

function curveProblem(key: Key): string | undefined {
  const curve =
    typeof key['crv'] === 'string' && Object.hasOwn(curves, key['crv']) ? curves[key['crv']] : undefined;
  if (curve === undefined) return '`crv` of an EC key is none of P-256, P-384, P-521';
  const [size, algorithm] = curve;
  if (key['alg'] !== undefined && key['alg'] !== algorithm) return `\`alg\` does not belong to the curve`;
  const absent = missing(key, ['x', 'y']);
  if (absent !== undefined) return absent;
  const wrong = ['x', 'y'].find((name) => bytesOf(key[name]) !== size);
  return wrong === undefined ? undefined : `\`${wrong}\` is not ${String(size)} bytes long`;
}

/** Returns a value if it is a text, an empty text for any other value, and undefined for an absent one. */
function textOf(value: Json | undefined): string | undefined {
  if (value === undefined) return undefined;
  return typeof value === 'string' ? value : '';
}

function missing(key: Key, names: readonly string[]): string | undefined {
  const name = names.find((candidate) => bytesOf(key[candidate]) === 0);
  return name === undefined ? undefined : `\`${name}\` is not there, or not base64url`;
}

/** Returns the number of bytes of a value in base64url without padding (RFC 7515, section 2); 0 for any other value. */
function bytesOf(value: unknown): number {
  if (typeof value !== 'string' || !/^[A-Za-z0-9_-]+$/.test(value) || value.length % 4 === 1) return 0;
  return Math.floor((value.length * 3) / 4);
}
