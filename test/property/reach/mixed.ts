import type { Ir } from '../../../src/core/ir/ir.ts';

/** Returns the mesh with those parts of another one that the bits of `mask` choose. */
export function mixed(ir: Ir, other: Ir, mask: number): Ir {
  const chosen = <T>(
    own: Readonly<Record<string, T>>,
    more: Readonly<Record<string, T>>,
    first: number,
  ): Record<string, T> =>
    Object.fromEntries(
      Object.entries(own).map(([id, value], index) => [
        id,
        mask & (1 << (first + index)) ? (more[id] ?? value) : value,
      ]),
    );
  return {
    ...ir,
    services: chosen(ir.services, other.services, 0),
    externals: chosen(ir.externals, other.externals, 5),
    gateways: chosen(ir.gateways, other.gateways, 8),
  };
}
