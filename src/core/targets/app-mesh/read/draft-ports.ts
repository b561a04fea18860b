import type { KnownService } from '../../../import/inventory.ts';
import type { Protocol } from '../../../spec/types.gen.ts';

/** Returns the name of a port of a service without a manifest: its protocol, with its number where that is no name. */
export function portNameOf(ports: ReadonlyMap<number, Protocol>, number: number): string {
  const protocol = ports.get(number) ?? 'tcp';
  const isOnly = [...ports.values()].filter((other) => other === protocol).length === 1;
  return isOnly ? protocol : `${protocol}-${String(number)}`;
}

/** Returns the name of a port that the manifest of a service lacks. */
export function addedName(protocol: Protocol, number: number): string {
  return `${protocol}-${String(number)}`;
}

/** Returns the ports that a Service object lacks: proxies of App Mesh take calls to them without it. */
export function added(
  { ports }: KnownService,
  said: ReadonlyMap<number, Protocol>,
): readonly (readonly [number, Protocol])[] {
  return [...said].filter(
    ([number]) => !ports.some(({ port, targetPort }) => port === number || targetPort === number),
  );
}
