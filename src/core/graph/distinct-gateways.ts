import type { Gateway } from '../ir/gateway.ts';
import type { Ir } from '../ir/ir.ts';
import { own } from '../lib/own.ts';

/**
 * Returns a mesh in which a gateway with the name of a service or External of one of `meshes` has another id, because
 * a part of the graph has one id: `shop/web (gateway)`. Egress gateways keep theirs: Externals name them, and they are
 * ends of no edge.
 */
export function distinctGateways(ir: Ir, meshes: readonly Ir[]): Ir {
  const isTaken = ({ id, type }: Gateway): boolean =>
    type !== 'egress' &&
    meshes.some((one) => (own(one.services, id) ?? own(one.externals, id)) !== undefined);
  const gateways = Object.values(ir.gateways);
  if (!gateways.some(isTaken)) return ir;
  const renamed = gateways.map((one) => (isTaken(one) ? { ...one, id: `${one.id} (gateway)` } : one));
  return { ...ir, gateways: Object.fromEntries(renamed.map((one) => [one.id, one])) };
}
