import type { FoundEnvoy } from '../../ports/machine.ts';
import type { Check } from './check.ts';

/**
 * Checks that an Envoy is there whose version the output is tested against; `tested` are `major.minor`, oldest first.
 */
export function envoyCheck(found: FoundEnvoy | undefined, tested: readonly string[]): Check {
  const name = 'envoy';
  const range = `${tested[0] ?? ''} to ${tested.at(-1) ?? ''}`;
  if (found === undefined) {
    return {
      name,
      state: 'note',
      says: 'not found',
      do: `put an Envoy ${range} on the PATH, or name it in ENVOY`,
    };
  }
  const { path, version } = found;
  if (version === undefined)
    return { name, state: 'fail', says: `${path} does not run`, do: `exchange it for an Envoy ${range}` };
  if (tested.some((known) => version.startsWith(`${known}.`)))
    return { name, state: 'ok', says: `${version} (${path})` };
  return {
    name,
    state: 'note',
    says: `${version} (${path}) is not a version that the output is tested against`,
    do: `use an Envoy ${range}`,
  };
}
