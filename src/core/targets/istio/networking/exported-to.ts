import type { External } from '../../../ir/external.ts';
import type { Ir } from '../../../ir/ir.ts';
import type { Fields } from '../fields.ts';
import { callersOf } from './callers.ts';

/** The namespaces that know an External, those of its callers and of its gateway; nothing where all do. */
export function exportedTo(ir: Ir, { from, gateway }: External): Fields {
  const callers = callersOf(ir, from).map((caller) => caller['sourceNamespace']);
  const namespaces = callers.filter((namespace) => typeof namespace === 'string');
  if (namespaces.length < callers.length) return {};
  const through = gateway === undefined ? [] : [ir.gateways[gateway]?.namespace ?? ''];
  const all = [...new Set([...namespaces, ...through])].sort();
  // Nobody may call it: known where its object is, and to nobody there.
  return { exportTo: all.length === 0 ? ['.'] : all };
}
