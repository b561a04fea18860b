import type { Field } from '../../../import/field.ts';
import type { KnownService } from '../../../import/inventory.ts';
import type { AccessTo } from '../../../spec/types.gen.ts';
import { readHttpRules } from './http-rules.ts';

/** Ports of pods from one number to another; `name` for a port that only containers name. */
type PortRange = { readonly first: number; readonly last: number } | { readonly name: string };

/** An entry of `toPorts`: ports of pods, and the requests that may be made there. */
export interface PortRule {
  readonly field: Field;
  readonly ranges: readonly PortRange[];
  /** Undefined for all calls. */
  readonly http: readonly AccessTo[] | undefined;
}

/** Returns the entries of `toPorts`; undefined for all ports. A deny has no rules for requests. */
export function readPorts(list: Field, effect: 'allow' | 'deny'): readonly PortRule[] | undefined {
  const items = list.items();
  return items.length === 0 ? undefined : items.flatMap((item) => readPortRule(item, effect) ?? []);
}

const narrower = (callers: string) => ({ callers, access: 'narrower' }) as const;

function readPortRule(item: Field, effect: 'allow' | 'deny'): PortRule | undefined {
  item.entries();
  const ranges = item
    .at('ports')
    .items()
    .flatMap((port) => readRange(port) ?? []);
  const rules = item.at('rules');
  if (rules.isPresent) rules.entries();
  const http = readHttpRules(rules.at('http'));
  let isSaid = true;
  for (const name of ['kafka', 'l7', 'l7proto', 'dns']) {
    const field = rules.at(name);
    if (!field.isPresent || (name === 'dns' && isEveryName(field))) continue;
    field.lost(narrower(`the language has no rules of this kind, so that nobody calls these ports by it`));
    isSaid = false;
  }
  for (const name of ['serverNames', 'listener', 'terminatingTLS', 'originatingTLS']) {
    const field = item.at(name);
    if (!field.isPresent) continue;
    field.lost(narrower('the language can not say this condition, so that nobody calls these ports by it'));
    isSaid = false;
  }
  if (ranges.length === 0 && effect === 'allow')
    item.withoutEffect('Cilium lets nobody in by an entry without ports');
  return isSaid ? { field: item, ranges, http } : undefined;
}

/** Questions about names are no calls of the language; a rule for all names asks for nothing. */
function isEveryName(list: Field): boolean {
  return list.items().some((item) => item.at('matchPattern').text() === '*');
}

function readRange(item: Field): PortRange | undefined {
  const text = String(item.at('port').numberOrText() ?? '0');
  const end = item.at('endPort').number() ?? 0;
  const protocol = item.at('protocol');
  const word = protocol.text() ?? 'ANY';
  if (word !== 'TCP' && word !== 'ANY') {
    item.withoutEffect(`calls of the language are TCP, not ${word.toUpperCase()}`);
    return undefined;
  }
  if (!/^\d+$/.test(text)) return { name: text };
  const first = Number(text);
  if (first === 0) return { first: 0, last: 65_535 };
  return { first, last: Math.max(first, end) };
}

/**
 * Returns the calls to a service that entries take: an empty list for none, undefined for all. Marks a port by a name that only
 * containers know: no port of the service for an allow, each for a deny.
 */
export function callsTo(
  rules: readonly PortRule[] | undefined,
  { ports }: Pick<KnownService, 'ports'>,
  effect: 'allow' | 'deny',
): readonly AccessTo[] | undefined {
  if (rules === undefined) return undefined;
  const to = rules.flatMap(({ ranges, http, field }): readonly AccessTo[] => {
    const names = ports
      .filter(({ targetPort }) => ranges.some((range) => isWithin(targetPort, range, field, effect)))
      .map(({ name }) => name);
    if (names.length === 0) return [];
    const own = names.length === ports.length ? {} : { ports: names };
    if (http === undefined) return [own];
    return http.map((one) => ({ ...own, ...one }));
  });
  return to.some((one) => Object.keys(one).length === 0) ? undefined : to;
}

function isWithin(port: number, range: PortRange, field: Field, effect: 'allow' | 'deny'): boolean {
  if (!('name' in range)) return port >= range.first && port <= range.last;
  field.at('ports').differently({
    callers:
      effect === 'allow'
        ? `the number of the container port ${range.name} is not known, so that it stays closed: write the number`
        : `the number of the container port ${range.name} is not known, so that all ports are closed`,
    access: 'narrower',
  });
  return effect === 'deny';
}

/** Returns the names of the ports of a service on which entries ask for requests. */
export function requestPorts(
  rules: readonly PortRule[] | undefined,
  { ports }: Pick<KnownService, 'ports'>,
): readonly string[] {
  return (rules ?? []).flatMap(({ ranges, http }) =>
    http === undefined
      ? []
      : ports
          .filter(({ targetPort }) =>
            ranges.some((one) => !('name' in one) && targetPort >= one.first && targetPort <= one.last),
          )
          .map(({ name }) => name),
  );
}
