import type { Gateway } from '../ir/gateway.ts';
import type { Ir } from '../ir/ir.ts';
import { record } from '../lib/record.ts';
import { sameSettings } from '../reach/same-meaning.ts';

/** The kinds of places that a call passes, at most one of each. */
type Kind = 'ingress' | 'egress' | 'service';
const kinds: readonly Kind[] = ['ingress', 'egress', 'service'];

/**
 * Returns the meshes that have the guards of the old mesh at some of the kinds of places that a call passes, and those of the
 * new one elsewhere; the meshes differ in nothing else.
 */
export function mixtures(old: Ir, next: Ir): readonly Ir[] {
  const changed = kinds.filter((kind) => !sameSettings(guardsOf(old, kind), guardsOf(next, kind)));
  const choices = changed.reduce<readonly (readonly Kind[])[]>(
    (sum, kind) => sum.flatMap((some) => [some, [...some, kind]]),
    [[]],
  );
  return choices
    .filter(({ length }) => length > 0 && length < changed.length)
    .map((some) => ({
      ...next,
      services: some.includes('service') ? next.services : old.services,
      gateways: record(
        Object.entries(next.gateways).map(([id, gateway]) => [
          id,
          some.includes(gateway.type) ? gateway : (old.gateways[id] ?? gateway),
        ]),
      ),
    }));
}

function guardsOf({ services, gateways }: Ir, kind: Kind): unknown {
  if (kind === 'service') return services;
  return Object.values(gateways).filter(({ type }: Gateway) => type === kind);
}
