import { encodedKeys } from './encoded-keys.ts';
import type { FoundKey } from './found-key.ts';
import { keyOfDer } from './key-of-der.ts';

/** Returns the plain private keys in a text, in order of place; `text` has one character for each byte of a file. */
export function findKeys(text: string): readonly FoundKey[] {
  const found = [...keysAsText(text)];
  const der = text.startsWith('0') ? keyOfDer(text) : undefined;
  if (der !== undefined) found.push({ what: `${der} (DER)`, start: 0, end: Math.min(text.length, 1) });
  for (const key of encodedKeys(text, (inside) => keysAsText(inside)[0]?.what ?? keyOfDer(inside))) {
    if (!found.some(({ start, end }) => key.start < end && key.end > start)) found.push(key);
  }
  return found.sort((a, b) => a.start - b.start);
}

function keysAsText(text: string): readonly FoundKey[] {
  return [...pemKeys(text), ...ageKeys(text), ...webKeys(text)];
}

const pem = /-----BEGIN ((?:[A-Z0-9]+ ){0,4})PRIVATE KEY(?: BLOCK)?-----/g;

/** Longest key searched for: an RSA key of 16,384 bits has 13 KiB. */
const longest = 1 << 15;

/** Finds plain PEM (RFC 7468), including that of OpenSSH and PGP, and PEM inside strings of other languages. */
function pemKeys(text: string): readonly FoundKey[] {
  return [...text.matchAll(pem)].flatMap((match) => {
    const [header, kind = ''] = match;
    if (kind.includes('ENCRYPTED')) return [];
    const from = match.index + header.length;
    const rest = text.slice(from, from + longest);
    const close = rest.indexOf('-----END');
    const body = (close < 0 ? rest.slice(0, 4096) : rest.slice(0, close)).replace(
      /\\+[nrtu]|[\s"'`,;|>#*\\]/g,
      '',
    );
    if (!isKeyBody(kind.trim(), body)) return [];
    const end = close < 0 ? from : from + close;
    return [{ what: `a private key${kind === '' ? '' : ` (${kind.trim()})`}`, start: match.index, end }];
  });
}

/**
 * Returns true if the text between the lines of PEM is a plain key, and not dots, prose, or a key with a passphrase.
 */
function isKeyBody(kind: string, body: string): boolean {
  if (kind === 'OPENSSH') return body.startsWith('b3BlbnNzaC1rZXktdjEAAAAABG5vbmU');
  if (kind === 'PGP') return /[A-Za-z0-9+/]{60}/.test(body);
  // The DER of a plain key is a SEQUENCE (0x30); a key with a passphrase begins with `Proc-Type: 4,ENCRYPTED` (RFC
  // 1421).
  return /^M[A-P][A-Za-z0-9+/]{38}/.test(body);
}

function ageKeys(text: string): readonly FoundKey[] {
  const keys = text.matchAll(/AGE-SECRET-KEY-(?:PQ-)?1[02-9AC-HJ-NP-Z]{50,}/gi);
  return [...keys].map(({ 0: key, index }) => ({
    what: 'an age identity',
    start: index,
    end: index + key.length,
  }));
}

/** Finds keys in JSON (RFC 7517): an object with `kty` and the private member `d`. */
function webKeys(text: string): readonly FoundKey[] {
  const secret = /"d"\s{0,9}:\s{0,9}"[A-Za-z0-9_-]{40,}"/g;
  return [...text.matchAll(secret)].flatMap(({ 0: member, index }) => {
    const open = text.lastIndexOf('{', index);
    const close = text.indexOf('}', index);
    const isKey =
      open >= 0 &&
      text
        .slice(open, close < 0 ? undefined : close)
        .slice(0, longest)
        .includes('"kty"');
    return isKey ? [{ what: 'a private key (JWK)', start: index, end: index + member.length }] : [];
  });
}
