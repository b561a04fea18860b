/** The status of an answer; `closed` if it ends without a status; undefined if it hasn't arrived. */
export type H2Answer = number | 'closed' | undefined;

const preface = 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n';
const types = { data: 0, headers: 1, reset: 3, settings: 4, goAway: 7, continuation: 9 };

type Fields = readonly (readonly [string, string])[];

/**
 * Returns a whole HTTP/2 request on stream 1 (RFC 9113). Fields are HPACK literals without indexing and without Huffman
 * codes (RFC 7541, 6.2.2), so that they arrive unchanged and in this order.
 */
export function h2Request(fields: Fields): Buffer {
  return opened(frame(types.headers, endOfStream | endOfHeaders, 1, block(fields)));
}

/** Returns the same request with its fields cut into frames of `size` bytes (RFC 9113, 6.10). */
export function h2Continued(fields: Fields, size: number): Buffer {
  const bytes = block(fields);
  const frames: Buffer[] = [];
  for (let at = 0; at < bytes.length; at += size) {
    const last = at + size >= bytes.length ? endOfHeaders : 0;
    const [type, first] = at === 0 ? [types.headers, endOfStream] : [types.continuation, 0];
    frames.push(frame(type, first | last, 1, bytes.subarray(at, at + size)));
  }
  return opened(...frames);
}

/** Returns a request with a body, and trailers if there are any. */
export function h2WithBody(fields: Fields, body: string, trailers: Fields = []): Buffer {
  const last = trailers.length === 0 ? endOfStream : 0;
  return opened(
    frame(types.headers, endOfHeaders, 1, block(fields)),
    frame(types.data, last, 1, Buffer.from(body, 'latin1')),
    ...(trailers.length === 0 ? [] : [frame(types.headers, endOfStream | endOfHeaders, 1, block(trailers))]),
  );
}

const endOfStream = 0x1;
const endOfHeaders = 0x4;

function opened(...frames: readonly Buffer[]): Buffer {
  return Buffer.concat([
    Buffer.from(preface, 'latin1'),
    frame(types.settings, 0, 0, Buffer.alloc(0)),
    ...frames,
  ]);
}

function block(fields: Fields): Buffer {
  return Buffer.concat(fields.flatMap(([name, value]) => [Buffer.from([0]), text(name), text(value)]));
}

function frame(type: number, flags: number, stream: number, payload: Buffer): Buffer {
  const head = Buffer.alloc(9);
  head.writeUIntBE(payload.length, 0, 3);
  head.writeUInt8(type, 3);
  head.writeUInt8(flags, 4);
  head.writeUInt32BE(stream, 5);
  return Buffer.concat([head, payload]);
}

/** Returns a string literal: its length with a prefix of seven bits, then its bytes. */
function text(value: string): Buffer {
  const bytes = Buffer.from(value, 'latin1');
  if (bytes.length < 127) return Buffer.concat([Buffer.from([bytes.length]), bytes]);
  const length = [127];
  let rest = bytes.length - 127;
  for (; rest >= 128; rest >>= 7) length.push((rest & 127) | 128);
  return Buffer.concat([Buffer.from([...length, rest]), bytes]);
}

/** Reads the frames that a server has sent so far. */
export function readH2Answer(received: Buffer): H2Answer {
  if (received.toString('latin1', 0, 5) === 'HTTP/') return 'closed';
  for (let at = 0; at + 9 <= received.length; ) {
    const length = received.readUIntBE(at, 3);
    const type = received.readUInt8(at + 3);
    const flags = received.readUInt8(at + 4);
    const payload = received.subarray(at + 9, at + 9 + length);
    if (payload.length < length) return undefined;
    if (type === types.headers) return statusOf(payload, flags);
    if (type === types.reset || type === types.goAway) return 'closed';
    at += 9 + length;
  }
  return undefined;
}

const staticStatuses: Readonly<Record<number, number>> = {
  0x88: 200,
  0x89: 204,
  0x8a: 206,
  0x8b: 304,
  0x8c: 400,
  0x8d: 404,
  0x8e: 500,
};

/** Huffman codes of the digits (RFC 7541, appendix B). */
const digits = [
  '00000',
  '00001',
  '00010',
  '011001',
  '011010',
  '011011',
  '011100',
  '011101',
  '011110',
  '011111',
];

/** Returns the status, which is the first field of an answer. Throws if its encoding is one that no Envoy uses. */
function statusOf(payload: Buffer, flags: number): number {
  const priority = 0x20;
  let at = (flags & priority) === 0 ? 0 : 5;
  while (((payload[at] ?? 0) & 0xe0) === 0x20) at += 1;
  const first = payload[at] ?? 0;
  const known = staticStatuses[first];
  if (known !== undefined) return known;
  const nameIndex = (first & 0xc0) === 0x40 ? first & 0x3f : first & 0x0f;
  if (nameIndex < 8 || nameIndex > 14) throw new Error(`no status in ${payload.toString('hex')}`);
  const length = payload[at + 1] ?? 0;
  const value = payload.subarray(at + 2, at + 2 + (length & 0x7f));
  return Number((length & 0x80) === 0 ? value.toString('latin1') : huffmanDigits(value));
}

function huffmanDigits(value: Buffer): string {
  let bits = [...value].map((byte) => byte.toString(2).padStart(8, '0')).join('');
  let read = '';
  while (read.length < 3) {
    const digit = digits.findIndex((code) => bits.startsWith(code));
    if (digit === -1) throw new Error(`no digits in ${value.toString('hex')}`);
    read += String(digit);
    bits = bits.slice(digits[digit]?.length ?? 0);
  }
  return read;
}
