import type { AccessOrder } from '../access-change/objects-between.ts';
import type { Platform } from '../ir/target-config.ts';

/** The places of Access in the orders in which objects are written; a mesh whose order doesn't tell it is absent. */
export const accessOrders: Readonly<Partial<Record<Platform, AccessOrder>>> = {
  istio: 'looser rules first',
  tsb: 'looser rules first',
  linkerd: 'rules of both',
  cilium: 'rules first',
  consul: 'rules last',
  kuma: 'rules last',
};
