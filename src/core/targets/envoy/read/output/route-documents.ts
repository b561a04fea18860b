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
  const taken = reading.routeNames;
  const explicit = [...groups.values()].filter(({ id, rules, ports }) => !isUsual(id, rules, ports));
  return explicit.map(({ id, rules, ports }): ReadDocument => {
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

/** Returns true for the rules of a port without a Route: all requests go to all versions of the service alike. */
export function isUsual(id: string, { route, rules }: ReadRules, ports: readonly string[]): boolean {
  const [rule, ...others] = rules;
  if (rule === undefined || others.length > 0 || route !== id.split('/')[1]) return false;
  const { backends, timeout: _, retries, ...rest } = rule;
  const [backend, ...more] = backends ?? [];
  const isOwn =
    backend?.service === id &&
    backend.version === undefined &&
    backend.weight === undefined &&
    ports.length === 1 &&
    backend.port === ports[0];
  return isOwn && more.length === 0 && retries?.attempts === 0 && Object.keys(rest).length === 0;
}
