import type { Check } from './check.ts';

/** A program that runs the output of a target on this machine. */
export interface Program {
  /** Name of the check. */
  readonly name: string;
  readonly title: string;
  /** The environment variable that holds the path of the program. */
  readonly variable: string;
  /** Ways to get the program. */
  readonly get: string;
}

/** A program on this machine; `version` is absent if the program did not say. */
export interface FoundProgram {
  readonly path: string;
  readonly version?: string;
}

/**
 * Checks that the program is installed in a version that the output is tested with; `tested` are `major.minor`, oldest
 * first.
 */
export function programCheck(
  { name, title, variable, get }: Program,
  found: FoundProgram | undefined,
  tested: readonly string[],
): Check {
  const wanted = `${title} ${tested[0] ?? ''} to ${tested.at(-1) ?? ''}`;
  if (found === undefined) {
    return {
      name,
      state: 'note',
      says: 'not found',
      do: `put ${wanted} on the PATH, or name it in ${variable} (${get})`,
    };
  }
  const { path, version } = found;
  if (version === undefined)
    return { name, state: 'fail', says: `${path} does not run`, do: `exchange it for ${wanted}` };
  if (tested.some((known) => version.startsWith(`${known}.`)))
    return { name, state: 'ok', says: `${version} (${path})` };
  return {
    name,
    state: 'note',
    says: `${version} (${path}) is not a version that the output is tested against`,
    do: `use ${wanted}`,
  };
}
