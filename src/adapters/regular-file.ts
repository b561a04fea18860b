import { closeSync, constants, fstatSync, openSync, readSync, type Stats } from 'node:fs';

/** Limits that a file has to meet to be read. */
export interface FileLimits {
  /** The most bytes; a longer file is refused. */
  readonly most: number;
  /** Refuses a file whose last name is a symbolic link (ELOOP), such as a link that has just replaced a file. */
  readonly noLink?: boolean;
  /** Refuses the open file by its status, such as one of another owner. */
  readonly accepts?: (status: Stats) => boolean;
}

/** An existing file that is not read: it is no regular file, or it exceeds its limit. The message continues "it …". */
export class UnfitFileError extends Error {
  readonly problem: 'not-a-file' | 'too-large';

  constructor(problem: UnfitFileError['problem'], message: string) {
    super(message);
    this.name = 'UnfitFileError';
    this.problem = problem;
  }
}

/**
 * Reads a whole regular file. Every command reads files by this function, so that none waits for a pipe, reads a device
 * without end, or reads more than a limit. Throws UnfitFileError, or the error of the system.
 */
export function readRegularFile(file: string, limits: FileLimits): Buffer {
  return withRegularFile(file, limits, (descriptor, { size }) => {
    // Files of /proc have no size, and any file can grow: check the limit on the bytes that were read, too.
    let bytes = Buffer.allocUnsafeSlow(Math.min(size, limits.most) + 1);
    let length = 0;
    for (;;) {
      const count = readSync(descriptor, bytes, length, bytes.length - length, null);
      if (count === 0) return bytes.subarray(0, length);
      length += count;
      if (length > limits.most) throw tooLarge(limits.most);
      if (length === bytes.length) bytes = Buffer.concat([bytes], Math.min(length * 2, limits.most + 1));
    }
  });
}

/** Reads the first bytes of a regular file, at most `count`; throws as `readRegularFile` does. */
export function readStart(file: string, count: number): Buffer {
  return withRegularFile(file, { most: Number.POSITIVE_INFINITY }, (descriptor) => {
    const bytes = Buffer.alloc(count);
    return bytes.subarray(0, readSync(descriptor, bytes, 0, count, 0));
  });
}

/** The bytes of one piece of a file that is read in pieces. */
const piece = 1 << 20;

/**
 * Reads a regular file of any length piece by piece, up to its length at opening, so that a growing file ends. Throws
 * as `readRegularFile` does; each piece is valid until the next is taken.
 */
export function* piecesOfRegularFile(file: string, limits: Omit<FileLimits, 'most'>): Generator<Uint8Array> {
  const descriptor = openRegularFile(file, limits);
  try {
    let left = fstatSync(descriptor).size;
    const bytes = Buffer.allocUnsafeSlow(Math.min(piece, left));
    while (left > 0) {
      const count = readSync(descriptor, bytes, 0, Math.min(bytes.length, left), null);
      if (count === 0) return;
      left -= count;
      yield bytes.subarray(0, count);
    }
  } finally {
    closeSync(descriptor);
  }
}

function withRegularFile<T>(
  file: string,
  limits: FileLimits,
  action: (descriptor: number, status: Stats) => T,
): T {
  const descriptor = openRegularFile(file, limits);
  try {
    const status = fstatSync(descriptor);
    if (status.size > limits.most) throw tooLarge(limits.most);
    if (limits.accepts?.(status) === false) throw new UnfitFileError('not-a-file', 'is somebody else’s');
    return action(descriptor, status);
  } finally {
    closeSync(descriptor);
  }
}

/** Opens a file without waiting: a pipe without a writer opens at once and is refused by its type. */
function openRegularFile(file: string, { noLink = false }: Omit<FileLimits, 'most'>): number {
  const flags = constants.O_RDONLY | constants.O_NONBLOCK | constants.O_NOCTTY;
  const descriptor = openSync(file, noLink ? flags | constants.O_NOFOLLOW : flags);
  const status = fstatSync(descriptor);
  if (status.isFile()) return descriptor;
  closeSync(descriptor);
  throw new UnfitFileError('not-a-file', `is ${kindOf(status)} and no regular file`);
}

function kindOf(status: Stats): string {
  if (status.isDirectory()) return 'a folder';
  if (status.isFIFO()) return 'a named pipe';
  return status.isSocket() ? 'a socket' : 'a device';
}

function tooLarge(most: number): UnfitFileError {
  const size = most % 1048576 === 0 ? `${String(most / 1048576)} MiB` : `${String(most)} bytes`;
  return new UnfitFileError('too-large', `is larger than ${size}`);
}
