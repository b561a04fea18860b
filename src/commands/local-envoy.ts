import { programCheck } from '../core/doctor/program-check.ts';
import { exit } from '../core/exit-code.ts';
import type { Machine } from '../ports/machine.ts';
import { PortError } from '../ports/port-error.ts';
import { envoyProgram } from './envoy-program.ts';

/**
 * Returns the path of the Envoy of this machine; `tested` are the versions that its target was tested with. Throws
 * PortError(1) that says how to get an Envoy.
 */
export async function localEnvoy(
  tested: readonly string[],
  machine: Pick<Machine, 'envoy'>,
): Promise<string> {
  const found = await machine.envoy();
  const check = programCheck(envoyProgram, found, tested);
  if (found?.version !== undefined) return found.path;
  throw new PortError(`${envoyProgram.title}: ${check.says}; ${check.do ?? ''}`, exit.failed);
}
