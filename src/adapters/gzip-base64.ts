import { gunzipSync, gzipSync } from 'node:zlib';
import type { Compression } from '../ports/compression.ts';

/** Compresses with Node's gzip, encoded in base64. */
export const gzipBase64: Compression = {
  pack: (text) => gzipSync(text).toString('base64'),
  unpack: (packed, most) =>
    gunzipSync(Buffer.from(packed, 'base64'), { maxOutputLength: most }).toString('utf8'),
};
