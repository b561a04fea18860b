import type { Field } from '../../../import/field.ts';
import type { NativeDocument } from '../../../import/native-document.ts';
import { account, idle, lost } from './account.ts';
import type { Gateways } from './gateways.ts';
import type { Resources } from './resources.ts';

/** Returns the names of the clusters that connections are sent to. */
export function streamClusters(gateways: Gateways): ReadonlySet<string> {
  const proxies = [...gateways.values()].flat().flatMap(({ stream }) => stream ?? []);
  return new Set(proxies.flatMap(clustersOf));
}

function clustersOf(proxy: Field): readonly string[] {
  const list = proxy.along('weighted_clusters', 'clusters');
  const items = Array.isArray(list.value)
    ? list.value.map((_one, index) => list.item(index).at('name').value)
    : [];
  return [proxy.at('cluster').value, ...items].filter((one) => typeof one === 'string');
}

/** Accounts for secrets: those of a listener are read there. */
export function markSecrets({ secrets }: Resources): void {
  for (const { field } of secrets) {
    account(field, {
      '@type': idle('it names the message'),
      generic_secret: lost('the secret of a filter is not in the spec'),
      session_ticket_keys: idle('sessions change no call'),
    });
    for (const name of ['name', 'tls_certificate', 'validation_context'])
      if (field.at(name).isPresent)
        field.at(name).withoutEffect('a listener that names the secret has its files');
  }
}

/** Marks routes that no listener names. */
export function unusedRoutes({ routes }: Resources, gateways: Gateways): void {
  const named = new Set([...gateways.values()].flat().map(({ manager }) => manager?.routes));
  for (const { field } of routes) {
    const name = field.at('name').value;
    if (typeof name !== 'string' || !named.has(name))
      field.lost({ callers: 'no listener of the input has these routes, so that nothing enters by them' });
  }
}

/** Returns the trust domain of the identities in rules, if they have one alone. */
export function trustDomainOf(documents: readonly NativeDocument[]): string {
  const domains = new Set<string>();
  for (const { root } of documents) collect(root.value, domains);
  const [first, ...others] = domains;
  return first !== undefined && others.length === 0 ? first : 'cluster.local';
}

function collect(value: unknown, domains: Set<string>): void {
  const waiting: unknown[] = [value];
  for (let next = waiting.pop(); waiting.length > 0 || next !== undefined; next = waiting.pop()) {
    if (typeof next === 'string') {
      const [, domain] = /^spiffe:\/\/([a-z0-9][-_.a-z0-9]*)\/ns\//.exec(next) ?? [];
      if (domain !== undefined) domains.add(domain);
    } else if (typeof next === 'object' && next !== null)
      for (const one of Object.values(next) as readonly unknown[]) waiting.push(one);
  }
}
