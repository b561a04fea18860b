import type { Ir } from '../../ir/ir.ts';

/**
 * The request header that distinguishes health checks from calls. Proxies remove it from requests of applications and
 * clients, so that only proxies' checks bypass Access.
 */
export const healthHeader = 'x-meshwright-check';

/**
 * Returns true if a proxy of the mesh answers health checks. The result is cached, since each listener of each proxy
 * needs it.
 */
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
