/** The extensions of a certificate that node:crypto does not expose (RFC 5280, sections 4.2.1.3 and 4.2.1.9). */
export interface CertificateExtensions {
  readonly pathLength?: number;
  /** The first byte of the keyUsage bits, in which RFC 5280's bit 0 is the highest; absent without the extension. */
  readonly keyUsage?: number;
}

interface Value {
  readonly tag: number;
  readonly bytes: Uint8Array;
}

const basicConstraints = '551d13';
const keyUsage = '551d0f';
const [integer, bitString, octetString, sequence, extensionsTag] = [0x02, 0x03, 0x04, 0x30, 0xa3];

/** Reads extensions from the DER form of a certificate that node:crypto has parsed. */
export function certificateExtensions(der: Uint8Array): CertificateExtensions {
  const toBeSigned = valuesOf(valuesOf(der)[0]?.bytes)[0];
  const list = valuesOf(toBeSigned?.bytes).find(({ tag }) => tag === extensionsTag);
  let found: CertificateExtensions = {};
  for (const extension of valuesOf(valuesOf(list?.bytes)[0]?.bytes)) {
    const [id, ...rest] = valuesOf(extension.bytes);
    const content = valuesOf(rest.find(({ tag }) => tag === octetString)?.bytes)[0];
    if (id && content) found = { ...found, ...read(Buffer.from(id.bytes).toString('hex'), content) };
  }
  return found;
}

function read(id: string, { tag, bytes }: Value): CertificateExtensions {
  if (id === keyUsage && tag === bitString) return { keyUsage: bytes[1] ?? 0 };
  if (id !== basicConstraints || tag !== sequence) return {};
  const length = valuesOf(bytes).find((value) => value.tag === integer);
  return length === undefined ? {} : { pathLength: numberOf(length.bytes) };
}

function numberOf(bytes: Uint8Array): number {
  return bytes.reduce((sum, byte) => sum * 256 + byte, 0);
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
