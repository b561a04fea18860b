import type { ReadDocument } from '../../../../import/read-document.ts';
import type { Reading } from './reading.ts';
import type { ReadRules } from './rules.ts';
import type { ReadScope } from './scopes.ts';

/** Returns the Routes of services, about which all callers agree. */
export function routeDocuments(reading: Reading, scopes: readonly ReadScope[]): readonly ReadDocument[] {
  const known = new Map<
    string,
    ReadScope['table']['rules'] extends ReadonlyMap<string, infer V> ? V : never
  >();
  for (const { table } of scopes)
    for (const [key, read] of table.rules) {
      const before = known.get(key);
      if (before === undefined) known.set(key, read);
      else if (JSON.stringify(before.rules) !== JSON.stringify(read.rules))
        reading.disagree(`where calls to ${key} go`, before.field, read.field);
    }
  const groups = new Map<
    string,
    { readonly id: string; readonly rules: ReadRules; readonly ports: string[] }
  >();
  for (const [key, { rules }] of known) {
    const [id = '', port = ''] = key.split(' ');
    const text = JSON.stringify([id, rules]);
    const group = groups.get(text);
    if (group === undefined) groups.set(text, { id, rules, ports: [port] });
    else group.ports.push(port);
  }
  const taken = new Set<string>();
  return [...groups.values()].map(({ id, rules, ports }): ReadDocument => {
    const [namespace = '', service = ''] = id.split('/');
    const wanted = rules.route ?? service;
    const name = taken.has(`${namespace}/${wanted}`) ? `${wanted}-${ports[0] ?? ''}` : wanted;
    taken.add(`${namespace}/${name}`);
    return {
      kind: 'Route',
      namespace,
      name,
      spec: { service, ports, rules: rules.rules },
      from: [],
      beside: id,
    };
  });
}
