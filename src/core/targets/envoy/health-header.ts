import type { Ir } from '../../ir/ir.ts';

/**
 * The request header that tells a check of health from calls. Proxies drop it from whatever applications and clients
 * send, so that only proxies ask past Access.
 */
export const healthHeader = 'x-meshwright-check';

/** Returns true if some proxy of the mesh answers checks. The result is cached: each listener of each proxy asks. */
export function answersChecks(ir: Ir): boolean {
  let answers = known.get(ir.services);
  if (answers === undefined) {
    answers = Object.values(ir.services).some(
      ({ healthCheck, otherChecks }) => healthCheck !== undefined || otherChecks !== undefined,
    );
    known.set(ir.services, answers);
  }
  return answers;
}

const known = new WeakMap<Ir['services'], boolean>();
