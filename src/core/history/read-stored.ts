import { PortError } from '../../ports.ts';

/** Major version of everything that is stored in `.mesh/`. */
const major = 1;

/**
 * Reads stored JSON. What a newer `mesh` with another major wrote is refused before any write, naming the version; so is
 * what is damaged. The shape within a major is ours.
 */
export function readStored(file: string, text: string): { readonly formatVersion: string } {
  const value = parsed(file, text);
  const version = (value as { readonly formatVersion?: unknown } | null)?.formatVersion;
  if (typeof version !== 'string') throw new PortError(`${file} is damaged: it has no formatVersion`, 1);
  if (Number.parseInt(version, 10) > major) {
    throw new PortError(
      `${file} has format ${version}: a mesh that writes format ${version} is needed to go on`,
      1,
    );
  }
  return value as { readonly formatVersion: string };
}

function parsed(file: string, text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new PortError(`${file} is damaged: it is not JSON`, 1, { cause: error });
  }
}
