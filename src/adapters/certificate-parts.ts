/** The parts of a certificate that node:crypto does not expose (RFC 5280, section 4.1 and 4.2). */
export interface CertificateParts {
  /** True if basicConstraints say so (cA); node:crypto answers false if the keyUsage lacks keyCertSign, too. */
  readonly isAuthority: boolean;
  readonly pathLength?: number;
  /** The first byte of the keyUsage bits, in which RFC 5280's bit 0 is the highest; absent without the extension. */
  readonly keyUsage?: number;
  /** Object identifiers of all extensions, with true for a critical one. */
  readonly extensions: ReadonlyMap<string, boolean>;
  /** Object identifier of the algorithm of the signature. */
  readonly signatureAlgorithm: string;
  /** True if the subject names nobody: an empty sequence. */
  readonly hasEmptySubject: boolean;
}

interface Value {
  readonly tag: number;
  readonly bytes: Uint8Array;
}

const basicConstraints = '2.5.29.19';
const keyUsage = '2.5.29.15';
const [boolean, integer, bitString, octetString, sequence] = [0x01, 0x02, 0x03, 0x04, 0x30];
const [versionTag, extensionsTag] = [0xa0, 0xa3];

/** Reads the DER form of a certificate that node:crypto has parsed. */
export function certificateParts(der: Uint8Array): CertificateParts {
  const [toBeSigned, algorithm] = valuesOf(valuesOf(der)[0]?.bytes);
  const fields = valuesOf(toBeSigned?.bytes);
  const list = fields.find(({ tag }) => tag === extensionsTag);
  // The fields are version (optional), serial, signature, issuer, validity, subject.
  const subject = fields[fields[0]?.tag === versionTag ? 5 : 4];
  const extensions = new Map<string, boolean>();
  let found: Found = { isAuthority: false };
  for (const extension of valuesOf(valuesOf(list?.bytes)[0]?.bytes)) {
    const [id, ...rest] = valuesOf(extension.bytes);
    const content = valuesOf(rest.find(({ tag }) => tag === octetString)?.bytes)[0];
    if (id === undefined) continue;
    const name = objectIdentifier(id.bytes);
    extensions.set(
      name,
      rest.some(({ tag, bytes }) => tag === boolean && bytes[0] !== 0),
    );
    if (content) found = { ...found, ...read(name, content) };
  }
  return {
    ...found,
    extensions,
    signatureAlgorithm: objectIdentifier(valuesOf(algorithm?.bytes)[0]?.bytes),
    hasEmptySubject: subject?.bytes.length === 0,
  };
}

type Found = Pick<CertificateParts, 'isAuthority' | 'pathLength' | 'keyUsage'>;

function read(id: string, { tag, bytes }: Value): Partial<Found> {
  if (id === keyUsage && tag === bitString) return { keyUsage: bytes[1] ?? 0 };
  if (id !== basicConstraints || tag !== sequence) return {};
  const values = valuesOf(bytes);
  const length = values.find((value) => value.tag === integer);
  return {
    isAuthority: values.some((value) => value.tag === boolean && value.bytes[0] !== 0),
    ...(length && { pathLength: numberOf(length.bytes) }),
  };
}

function numberOf(bytes: Uint8Array): number {
  return bytes.reduce((sum, byte) => sum * 256 + byte, 0);
}

/** Returns an object identifier in dotted form (X.690, section 8.19). */
function objectIdentifier(bytes: Uint8Array = new Uint8Array()): string {
  const arcs: number[] = [];
  let arc = 0;
  for (const byte of bytes) {
    arc = arc * 128 + (byte & 0x7f);
    if (byte & 0x80) continue;
    if (arcs.length > 0) arcs.push(arc);
    else arcs.push(Math.min(2, Math.floor(arc / 40)), arc - 40 * Math.min(2, Math.floor(arc / 40)));
    arc = 0;
  }
  return arcs.join('.');
}

/** Returns the consecutive values of DER; an incomplete value ends the list. */
function valuesOf(der: Uint8Array = new Uint8Array()): readonly Value[] {
  const values: Value[] = [];
  for (let at = 0; at + 2 <= der.length; ) {
    const tag = der[at] ?? 0;
    let length = der[at + 1] ?? 0;
    let start = at + 2;
    if (length > 0x80) {
      const end = start + (length & 0x7f);
      length = numberOf(der.subarray(start, end));
      start = end;
    }
    if (start + length > der.length) break;
    values.push({ tag, bytes: der.subarray(start, start + length) });
    at = start + length;
  }
  return values;
}
