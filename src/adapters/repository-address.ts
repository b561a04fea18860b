import { fileURLToPath } from 'node:url';
import { UsageError } from '../core/usage-error.ts';

/** A repository that `--repo` names: a folder of this machine, or a URL that Git fetches from. */
export type RepositoryAddress = { readonly folder: string } | { readonly url: string };

/**
 * Reads the value of `--repo`. Throws UsageError if it is neither a path nor an address of http, https or ssh: other
 * transports of Git run programs that their address names (gitremote-helpers(7)), or have no encryption.
 */
export function repositoryAddress(text: string): RepositoryAddress {
  const scheme = /^([A-Za-z][A-Za-z0-9+.-]*):\/\//.exec(text)?.[1]?.toLowerCase();
  if (scheme === 'file') return { folder: fileFolder(text) };
  if (scheme !== undefined) return { url: fetchedUrl(text, scheme) };
  if (isProgram.test(text)) throw refused(text);
  // As in Git, a colon before the first slash follows a host of ssh.
  const host = /^([^/:]+):/.exec(text)?.[1];
  if (host === undefined) return { folder: text };
  if (isOption(host)) throw refused(text);
  return { url: text };
}

/** Matches an empty text, an option, a transport's name with `::`, and a text with a line break or NUL. */
const isProgram = /^$|^-|^[A-Za-z0-9+.-]*::|[\0\n\r]/;

function fetchedUrl(text: string, scheme: string): string {
  const host = /^[^:]+:\/\/([^/]*)/.exec(text)?.[1] ?? '';
  if (!['http', 'https', 'ssh'].includes(scheme) || host === '' || isOption(host) || isProgram.test(text))
    throw refused(text);
  return text;
}

/** Returns true if ssh would take a host for an option. */
function isOption(host: string): boolean {
  return /^(?:[^@]*@)?-/.test(host);
}

function fileFolder(text: string): string {
  try {
    return fileURLToPath(text);
  } catch {
    throw refused(text);
  }
}

function refused(text: string): UsageError {
  return new UsageError(
    `--repo ${JSON.stringify(withoutPassword(text))} can't be read: it takes an address that begins with https://, http://, ssh:// or file://, USER@HOST:PATH, or a path`,
  );
}

/** Returns a text without the passwords and tokens of URLs in it. */
export function withoutPassword(text: string): string {
  return text.replaceAll(/(\w+:\/\/)[^/@\s]+@/g, '$1***@');
}
