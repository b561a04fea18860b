import { expect, test } from 'vitest';
import type { Ir } from '../../../../src/core/ir/ir.ts';
import type { ObjectArtifact } from '../../../../src/core/targets/artifact.ts';
import linkerd from '../../../../src/core/targets/linkerd/index.ts';
import type { ObjectPair } from '../../../../src/core/targets/target.ts';
import { document, linked, mesh } from '../../ir/linked.ts';
import { refusalAt } from './model/inbound.ts';
import type { KubernetesObject } from './model/objects.ts';
import type { ProxyRequest } from './model/routes.ts';

/** Rules of Access to one service, from open to shut, by callers, by requests and by both. */
const accesses: Readonly<Record<string, string>> = {
  everybody: '[{allow: {from: [{authenticated: true}]}}]',
  one: '[{allow: {from: [a]}}]',
  other: '[{allow: {from: [b]}}]',
  nobody: '[{deny: {from: [{anyone: true}]}}, {allow: {from: [a], to: [{ports: [none]}]}}]',
  reading:
    '[{allow: {from: [a], to: [{methods: [GET]}]}}, {allow: {from: [b], to: [{paths: [{prefix: /b}]}]}}]',
  writing:
    '[{allow: {from: [b], to: [{methods: [POST]}]}}, {allow: {from: [a], to: [{paths: [{prefix: /a}]}]}}]',
  notAdmin: '[{allow: {from: [a, b]}}, {deny: {to: [{paths: [{prefix: /a/admin}]}]}}]',
  notAdminOfB: '[{allow: {from: [b]}}, {deny: {to: [{paths: [{prefix: /b/admin}]}]}}]',
  exceptions:
    '[{allow: {from: [{authenticated: true}], except: [{from: [a], to: [{methods: [POST]}]}, {to: [{paths: [{prefix: /a/admin}]}]}]}}]',
};

const caller = (name: string): string => document('Service', name, ['versions: {v1: {}}']);
const called = document('Service', 's', [
  'ports: {http: {port: 80}, none: {port: 81, protocol: http}}',
  'timeout: 0s',
]);

function meshWith(rules: string): Ir {
  return linked(
    mesh('access: allow'),
    caller('a'),
    caller('b'),
    called,
    document('Access', 's', ['service: s', `rules: ${rules}`]),
  );
}

function objectsOf(ir: Ir): readonly ObjectArtifact[] {
  return linkerd
    .lower(ir, { version: '2.20', options: {} })
    .filter((artifact): artifact is ObjectArtifact => artifact.type === 'object');
}

const keyOf = ({ kind, namespace, name }: ObjectArtifact): string => `${kind} ${namespace}/${name}`;

const requests: readonly ProxyRequest[] = ['GET', 'POST'].flatMap((method) =>
  ['/', '/a', '/a/admin', '/a/admin/x', '/b', '/b/admin', '/a//admin'].map((path) => ({
    method,
    path,
    query: undefined,
    host: 's',
    headers: [],
    sni: undefined,
  })),
);
const identities = [
  undefined,
  ...['a', 'b', 'c'].map((name) => `${name}.shop.serviceaccount.identity.linkerd.d`),
];
const pod = { namespace: 'shop', labels: { app: 's' }, port: 80 };

/** Returns the calls that pass, as text. */
function passing(cluster: readonly ObjectArtifact[]): ReadonlySet<string> {
  const objects = cluster.map(({ manifest }) => manifest as unknown as KubernetesObject);
  return new Set(
    requests.flatMap((request) =>
      identities
        .filter((identity) => refusalAt(objects, pod, request, identity) === undefined)
        .map((identity) => `${identity ?? 'anonymous'} ${request.method} ${request.path}`),
    ),
  );
}

function pairsOf(before: readonly ObjectArtifact[], after: readonly ObjectArtifact[]): readonly ObjectPair[] {
  const [was, will] = [before, after].map((all) => new Map(all.map((one) => [keyOf(one), one])));
  return [...new Set([...(was?.keys() ?? []), ...(will?.keys() ?? [])])].flatMap((key) => {
    const [old, next] = [was?.get(key), will?.get(key)];
    if (JSON.stringify(old?.manifest) === JSON.stringify(next?.manifest)) return [];
    return [{ ...(old && { before: old }), ...(next && { after: next }) }];
  });
}

/** An object that is new comes last: it is the youngest. */
function written(
  cluster: readonly ObjectArtifact[],
  { before, after }: ObjectPair,
): readonly ObjectArtifact[] {
  if (after === undefined) return cluster.filter((one) => one !== before);
  return before === undefined ? [...cluster, after] : cluster.map((one) => (one === before ? after : one));
}

const names = Object.keys(accesses);
const changes = names.flatMap((from) => names.filter((to) => to !== from).map((to) => [from, to] as const));

// Within a wave objects are written at once, in any order.
test.each(changes)('while Access changes from %s to %s, nobody gets in whom neither lets in', (from, to) => {
  const [before, after] = [from, to].map((name) => objectsOf(meshWith(accesses[name] ?? '')));
  const [old = [], next = []] = [before, after];
  const allowed = new Set([...passing(old), ...passing(next)]);
  const wave = linkerd.order?.(old, next) ?? (() => 0);
  const pairs = pairsOf(old, next);
  expect(pairs.length).toBeGreaterThan(0);
  for (const all of [pairs, pairs.toReversed()]) {
    let cluster = old;
    for (const pair of all.toSorted((one, other) => wave(one) - wave(other))) {
      cluster = written(cluster, pair);
      const more = [...passing(cluster)].filter((call) => !allowed.has(call));
      expect(more, `after ${keyOf((pair.after ?? pair.before)!)}`).toEqual([]);
    }
    expect(passing(cluster)).toEqual(passing(next));
  }
});

// Before, the port has no Server: everybody gets in. A wave ends once its objects are healthy, which takes seconds.
test.each(names)(
  'a port that gets its first Server with %s refuses nobody for long whom it lets in',
  (name) => {
    const next = objectsOf(meshWith(accesses[name] ?? ''));
    const wave = linkerd.order?.([], next) ?? (() => 0);
    const pairs = pairsOf([], next);
    const numbers = [...new Set(pairs.map(wave))].sort((one, other) => one - other);
    let cluster: readonly ObjectArtifact[] = [];
    for (const number of numbers) {
      for (const pair of pairs.filter((one) => wave(one) === number)) cluster = written(cluster, pair);
      if (!cluster.some(({ kind }) => kind === 'Server')) continue;
      const refused = [...passing(next)].filter((call) => !passing(cluster).has(call));
      expect(refused, `after wave ${String(number)}`).toEqual([]);
    }
  },
);
