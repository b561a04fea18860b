import type { Ir } from '../../../ir/ir.ts';
import type { Backend } from '../../../ir/route.ts';
import { bothOf, type Callers, callersOf, everyCaller, inNamespaces, type Mode } from './callers.ts';

/**
 * Returns the callers in the mesh that may call all of the backends by `exposeTo` and an External's `from`; the service
 * `own` is checked elsewhere. In ambient, policies check this, since they know the caller.
 */
export function admittedTo(
  ir: Ir,
  backends: readonly Pick<Backend, 'service'>[],
  own: string,
  mode: Mode,
): Callers {
  return [...new Set(backends.map(({ service }) => service))]
    .filter((id) => id !== own)
    .map((id) => admitted(ir, id, mode))
    .reduce(bothOf, everyCaller);
}

function admitted(ir: Ir, id: string, mode: Mode): Callers {
  if (mode === 'ambient') return everyCaller;
  const service = ir.services[id];
  return service === undefined
    ? callersOf(ir, ir.externals[id]?.from, mode)
    : inNamespaces(service.exposeTo, mode);
}
