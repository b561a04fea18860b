import { Transform } from 'node:stream';

/** The most bytes of the header of a message, and of its content. */
const mostHeader = 8 * 1024;
const mostContent = 256 * 1024 * 1024;

const headerEnd = Buffer.from('\r\n\r\n');

/**
 * A stream that passes messages of the Language Server Protocol on as they are. Fails at a header without a usable
 * Content-Length, after which nobody can tell where the next message starts, and at an end within a message.
 */
export class FramedInput extends Transform {
  #header = Buffer.alloc(0);
  /** The number of bytes of the content that are still to come; 0 within a header. */
  #left = 0;

  override _transform(chunk: Buffer, _: BufferEncoding, done: (error?: Error) => void): void {
    for (let rest = chunk; rest.length > 0; ) {
      if (this.#left > 0) {
        const content = rest.subarray(0, this.#left);
        this.#left -= content.length;
        this.push(content);
        rest = rest.subarray(content.length);
        continue;
      }
      const before = this.#header.length;
      this.#header = Buffer.concat([this.#header, rest]);
      const end = this.#header.indexOf(headerEnd);
      if (end > mostHeader || (end < 0 && this.#header.length > mostHeader)) {
        done(new Error('a header is longer than 8 KiB'));
        return;
      }
      if (end < 0) break;
      const header = this.#header.subarray(0, end + headerEnd.length);
      const length = contentLength(header.toString('latin1'));
      if (typeof length === 'string') {
        done(new Error(length));
        return;
      }
      rest = rest.subarray(header.length - before);
      this.#header = Buffer.alloc(0);
      this.#left = length;
      this.push(header);
    }
    done();
  }

  override _flush(done: (error?: Error) => void): void {
    const isWhole = this.#left === 0 && this.#header.length === 0;
    done(isWhole ? undefined : new Error('the input ends within a message'));
  }
}

/** Returns the bytes of the content, or the fault of the header. */
function contentLength(header: string): number | string {
  const written = /^content-length:[ \t]*(.*?)[ \t]*\r$/im.exec(header)?.[1];
  if (written === undefined) return 'a header has no Content-Length';
  const length = /^\d{1,15}$/.test(written) ? Number(written) : 0;
  if (length === 0) return `the Content-Length ${JSON.stringify(written.slice(0, 40))} is no number of bytes`;
  return length > mostContent ? 'a message is longer than 256 MiB' : length;
}
