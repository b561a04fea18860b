import { dnsLabel } from '../../../import/dns-label.ts';
import type { Field } from '../../../import/field.ts';
import type { ReadDocument } from '../../../import/read-document.ts';
import type { ExternalPort } from '../../../spec/types.gen.ts';
import type { Caller, EgressEntry } from './egress.ts';

/** The hosts outside of the mesh that policies name, and the posture for all others. */
export interface ReadOutside {
  readonly documents: readonly ReadDocument[];
  readonly egress: 'allow' | 'deny';
}

interface Outside {
  readonly hosts: readonly string[];
  readonly fields: Set<Field>;
  /** The ports of each account. */
  readonly ports: Map<string, Set<number>>;
}

/** Returns the Externals of the accounts that don't call every host. */
export function readOutside(callers: readonly Caller[], accounts: readonly string[]): ReadOutside {
  const closed = callers.filter(isClosedOutside);
  if (closed.length === 0) return { documents: [], egress: 'allow' };
  const open = accounts.filter((id) => !closed.some((one) => one.id === id));
  if (open.length > 0)
    for (const field of new Set(closed.flatMap(({ closing }) => closing)))
      field.differently({
        callers: `the posture for hosts outside holds for all callers, so that ${open.join(', ')} also calls no host but Externals`,
        access: 'narrower',
      });
  const byHosts = new Map<string, Outside>();
  for (const { id, allowed } of closed) for (const entry of allowed) addHosts(entry, id, byHosts);
  return { documents: documentsOf([...byHosts.values()]), egress: 'deny' };
}

/** Returns true for an account that no rule lets call every host; a deny of the world wins. */
function isClosedOutside({ isClosed, allowed, denied }: Caller): boolean {
  if (denied.some(({ callees, ports }) => callees.world && ports === undefined)) return true;
  if (!isClosed) {
    for (const { callees, field } of denied) if (callees.world) markDenied(field);
    return false;
  }
  const everywhere = allowed.filter(({ callees }) => callees.world);
  const isOpen = everywhere.some(({ ports }) => ports === undefined);
  if (!isOpen)
    for (const { field } of everywhere)
      field.at('toPorts').differently({
        callers: 'hosts outside are open by their names or all together, so that no host is called by this',
        access: 'narrower',
      });
  else for (const { callees, field } of denied) if (callees.world) markDenied(field);
  return !isOpen;
}

function markDenied(field: Field): void {
  field.at('toPorts').lost({
    callers: 'calls of these ports to hosts outside are not refused',
    access: 'wider',
    witness: 'a call to a host outside at one of these ports',
  });
}

function addHosts({ callees, ports, field }: EgressEntry, id: string, byHosts: Map<string, Outside>): void {
  const { hosts } = callees;
  if (hosts.length === 0) return;
  const names = hosts.map(({ host }) => host);
  const key = JSON.stringify(names);
  const known: Outside = byHosts.get(key) ?? { hosts: names, fields: new Set(), ports: new Map() };
  byHosts.set(key, known);
  known.fields.add(field);
  const own = known.ports.get(id) ?? new Set<number>();
  known.ports.set(id, own);
  for (const port of numbersOf({ ports, field })) own.add(port);
}

/** The ports of hosts outside, of which the language needs each by its number. */
function numbersOf({ ports, field }: Pick<EgressEntry, 'ports' | 'field'>): readonly number[] {
  const callers = 'an External names its ports: only 80 and 443 are open, all others are closed';
  if (ports === undefined) field.at('toFQDNs').differently({ callers, access: 'narrower' });
  if (ports === undefined) return [80, 443];
  return ports.flatMap(({ ranges, http, field: rule }) => {
    if (http !== undefined)
      rule.at('rules').lost({
        callers:
          'conditions on requests to hosts outside are not in the spec, so that nobody calls them by this',
        access: 'narrower',
      });
    if (http !== undefined) return [];
    return ranges.flatMap((range) => {
      if ('name' in range || range.last - range.first > 9) {
        rule.at('ports').differently({ callers, access: 'narrower' });
        return 'name' in range ? [] : [80, 443].filter((port) => port >= range.first && port <= range.last);
      }
      return Array.from({ length: range.last - range.first + 1 }, (_, index) => range.first + index);
    });
  });
}

function documentsOf(all: readonly Outside[]): readonly ReadDocument[] {
  const taken = new Set<string>();
  const names = new Map<string, number>();
  return all.flatMap(({ hosts, fields, ports }): readonly ReadDocument[] => {
    const free = hosts.filter((host) => !taken.has(host));
    for (const host of free) taken.add(host);
    const sets = [...ports.values()];
    const shared = [...(sets[0] ?? [])].filter((port) => sets.every((one) => one.has(port)));
    const isLess = free.length < hosts.length || sets.some((one) => one.size > shared.length);
    if (isLess)
      for (const field of fields)
        field.at('toFQDNs').differently({
          callers:
            'an External has the same ports and hosts for all its callers: only what all rules allow is open',
          access: 'narrower',
        });
    const [first] = free;
    const [account = 'default/'] = [...ports.keys()];
    if (first === undefined || shared.length === 0) return [];
    const label = dnsLabel(first.replace('*', 'any')) ?? 'host';
    const count = (names.get(label) ?? 0) + 1;
    names.set(label, count);
    return [
      {
        kind: 'External',
        namespace: account.slice(0, account.indexOf('/')),
        name: count === 1 ? label : `${label}-${String(count)}`,
        spec: {
          hosts: free,
          ports: Object.fromEntries(shared.sort((one, other) => one - other).map(portOf)),
          from: [...ports.keys()].map((id) => ({ serviceAccount: id })),
        },
        from: [...fields],
      },
    ];
  });
}

function portOf(port: number): readonly [string, ExternalPort] {
  if (port === 443) return ['tls', { port }];
  return port === 80 ? ['http', { port }] : [`tcp-${String(port)}`, { port, protocol: 'tcp' }];
}
