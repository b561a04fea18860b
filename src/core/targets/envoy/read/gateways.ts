import type { ReadDocument } from '../../../import/read-document.ts';
import type { AccessRule, AccessTo } from '../../../spec/types.gen.ts';
import type { ReadListener } from './listeners.ts';
import { gatewayOf } from './resources.ts';
import { namespace } from './upstreams.ts';

/** Listeners by the name of their Gateway. */
export type Gateways = ReadonlyMap<string, readonly ReadListener[]>;

/** Groups listeners by the proxy that they belong to; two on one port that the language doesn't take are one, with a mark. */
export function gatewaysOf(listeners: readonly ReadListener[]): Gateways {
  const gateways = new Map<string, ReadListener[]>();
  for (const listener of listeners) {
    const name = gatewayOf(listener.resource.document);
    const known = gateways.get(name) ?? [];
    gateways.set(name, known);
    const twin = known.find((one) => clash(one, listener));
    if (twin === undefined) known.push(withFreeName(listener, known));
    else
      listener.resource.field.lost({
        callers: `nothing enters by this listener: port ${String(listener.listener.port)} of the gateway has another one`,
      });
  }
  return gateways;
}

/** Listeners of one port have one form, and different hosts. */
function clash({ listener: one }: ReadListener, { listener: other }: ReadListener): boolean {
  if (one.port !== other.port) return false;
  const isTls = (protocol: string): boolean => protocol === 'https' || protocol === 'tls';
  if (!isTls(one.protocol) || !isTls(other.protocol)) return true;
  const [own, others] = [one.hostnames ?? ['*'], other.hostnames ?? ['*']];
  return own.some((host) => others.includes(host));
}

function withFreeName(listener: ReadListener, known: readonly ReadListener[]): ReadListener {
  return known.some(({ name }) => name === listener.name)
    ? { ...listener, name: `${listener.name.slice(0, 57)}-${String(known.length + 1)}` }
    : listener;
}

/** Returns a Gateway, and the Access of its listeners. */
export function gatewayDocuments(name: string, listeners: readonly ReadListener[]): readonly ReadDocument[] {
  const from = [...new Set(listeners.map(({ resource }) => resource.field))];
  const rules = accessRules(listeners);
  return [
    {
      kind: 'Gateway',
      namespace,
      name,
      spec: { listeners: Object.fromEntries(listeners.map((one) => [one.name, one.listener])) },
      from,
    },
    ...(rules.length === 0
      ? []
      : [
          {
            kind: 'Access' as const,
            namespace,
            name,
            spec: { gateway: name, rules },
            from: [],
            beside: `${namespace}/${name}`,
          },
        ]),
  ];
}

/**
 * Returns the rules of all listeners. An allow closes the whole gateway, so that listeners without one get one for everybody; a
 * listener that nobody may call gets a deny.
 */
function accessRules(listeners: readonly ReadListener[]): readonly AccessRule[] {
  const rules = listeners.flatMap(({ access }) => access.rules);
  const allows = (one: ReadListener): boolean => one.access.rules.some(({ allow }) => allow !== undefined);
  const isClosed = listeners.some(allows);
  return [
    ...rules,
    ...listeners.flatMap((one): readonly AccessRule[] => {
      const to: readonly AccessTo[] = [{ ports: [one.name] }];
      if (one.access.closes && !allows(one)) return [{ deny: { to } }];
      return isClosed && !one.access.closes ? [{ allow: { from: [{ anyone: true }], to } }] : [];
    }),
  ];
}
