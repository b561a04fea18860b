import { PortError } from '../../ports/port-error.ts';
import { exit } from '../exit-code.ts';
import { sha256 } from '../lib/sha256.ts';
import { DamagedFile } from './damaged-file.ts';

/** Major version of all stored formats of an output. */
const major = 1;

/** Format version of state, pointers, material and history; files of this version or later have a checksum. */
export const storedFormat = '1.2';

/** Returns the text of a stored value, with a checksum of its content. */
export function storedText(value: object): string {
  const content = { ...value, formatVersion: storedFormat };
  return `${JSON.stringify({ ...content, checksum: checksumOf(content) }, undefined, 2)}\n`;
}

/**
 * Reads a text that `storedText` or an older `mesh` wrote; files before 1.2 have no checksum. Throws `DamagedFile`,
 * naming `wayOut`, if the checksum is wrong, and PortError(1) if a newer `mesh` wrote the text.
 */
export function readSealed(file: string, text: string, wayOut?: string): { readonly formatVersion: string } {
  const { checksum, ...content } = readStored(file, text, wayOut) as {
    readonly formatVersion: string;
    readonly checksum?: unknown;
  };
  const isSealed = minorOf(content.formatVersion) >= minorOf(storedFormat);
  if (isSealed && checksum !== checksumOf(content))
    throw new DamagedFile(file, 'its checksum is not that of its content', wayOut);
  return content;
}

/**
 * Reads stored JSON of any minor version. Throws PortError(1) that names the version if another major wrote the text,
 * and `DamagedFile` if the text is not stored JSON.
 */
export function readStored(file: string, text: string, wayOut?: string): { readonly formatVersion: string } {
  const value = parsed(file, text, wayOut);
  const version = (value as { readonly formatVersion?: unknown } | null)?.formatVersion;
  if (typeof version !== 'string') throw new DamagedFile(file, 'it has no formatVersion', wayOut);
  if (Number.parseInt(version, 10) > major) {
    throw new PortError(
      `${file} has format ${version}: a mesh that writes format ${version} is needed to go on`,
      exit.failed,
    );
  }
  return value as { readonly formatVersion: string };
}

function checksumOf(content: object): string {
  return sha256(JSON.stringify(content));
}

function minorOf(version: string): number {
  return Number(/^\d+\.(\d+)$/.exec(version)?.[1] ?? 0);
}

function parsed(file: string, text: string, wayOut: string | undefined): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new DamagedFile(file, 'it is not JSON', wayOut, { cause: error });
  }
}
