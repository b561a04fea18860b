import type { Rule } from '../../../ir/route.ts';
import type { Port, Service } from '../../../ir/service.ts';
import type { ObjectArtifact } from '../../artifact.ts';
import type { ParentRef } from '../../gateway-api-objects/parts.ts';
import { streamBackends } from '../../gateway-api-objects/stream-backends.ts';
import { objectName } from '../../kubernetes-objects/object-name.ts';
import type { Lowering } from '../context.ts';
import { object } from '../object.ts';

/** The common parts of a port's routes. */
export interface StreamHead {
  readonly namespace: string;
  readonly name: readonly string[];
  readonly from: string;
  readonly origins: ObjectArtifact['origins'];
  readonly annotations?: Readonly<Record<string, string>>;
  readonly parentRefs: readonly ParentRef[];
}

/** A rule and the server names of its connections; absent if it takes every connection. */
interface Taken {
  readonly rule: Rule;
  readonly names?: readonly string[];
}

/**
 * Returns the routes of connections to a port, of which only a server name is seen: a TLSRoute for each rule that takes
 * some, or one TCPRoute where no rule asks for any.
 */
export function streamRoutes(
  service: Service,
  port: Port,
  head: StreamHead,
  lowering: Lowering,
): readonly ObjectArtifact[] {
  if (port.route.implicit) return [];
  const taken = takenBy(port);
  const { name, parentRefs, ...common } = head;
  if (taken.every(({ names }) => names === undefined))
    return [
      object({
        kind: 'TCPRoute',
        ...common,
        name: objectName(...name),
        spec: {
          parentRefs,
          rules: [{ backendRefs: streamBackends(taken[0]?.rule, service.namespace, lowering.serviceOf) }],
        },
      }),
    ];
  return taken.map(({ rule, names }, index) =>
    object({
      kind: 'TLSRoute',
      ...common,
      name: objectName(...name, ...(index === 0 ? [] : [`part${String(index + 1).padStart(3, '0')}`])),
      spec: {
        parentRefs,
        ...(names && { hostnames: names }),
        rules: [{ backendRefs: streamBackends(rule, service.namespace, lowering.serviceOf) }],
      },
    }),
  );
}

/** Linkerd begins with the most specific name, so that a rule has no name that an earlier one takes. */
function takenBy({ number, route }: Port): readonly Taken[] {
  const earlier: string[] = [];
  const all: Taken[] = [];
  for (const rule of route.rules) {
    if (earlier.includes(anyName)) break;
    const matches = rule.matches.filter(
      ({ from, port }) => from === undefined && (port === undefined || port === number),
    );
    const asked = rule.matches.length === 0 ? [anyName] : matches.flatMap(({ sni }) => sni ?? [anyName]);
    const names = [...new Set(asked)].filter((name) => !earlier.some((other) => takes(other, name)));
    earlier.push(...names);
    if (names.includes(anyName)) all.push({ rule });
    else if (names.length > 0) all.push({ rule, names });
  }
  return all;
}

const anyName = '*';

function takes(wide: string, name: string): boolean {
  return wide === anyName || wide === name || (wide.startsWith('*.') && name.endsWith(wide.slice(1)));
}
