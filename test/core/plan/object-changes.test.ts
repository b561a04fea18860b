import { expect, test } from 'vitest';
import { objectChanges } from '../../../src/core/plan/object-changes.ts';
import type { Artifact, Json } from '../../../src/core/targets/artifact.ts';
import istio from '../../../src/core/targets/istio/index.ts';
import { origin } from '../semantics/mesh.ts';

function object(
  kind: string,
  name: string,
  spec: Json = {},
  apiVersion = 'networking.istio.io/v1',
): Artifact {
  const namespace = kind === 'Namespace' ? '' : 'shop';
  const manifest = { apiVersion, kind, metadata: { name, namespace }, spec };
  return { type: 'object', kind, name, namespace, origins: [origin], manifest };
}

const policy = (name: string, action: string, rules: readonly Json[], app = 'web'): Artifact =>
  object(
    'AuthorizationPolicy',
    name,
    { action, selector: { matchLabels: { app } }, rules },
    'security.istio.io/v1',
  );

const mtls = (mode: string): Artifact =>
  object('PeerAuthentication', 'mtls', { mtls: { mode } }, 'security.istio.io/v1');

/** Returns names in the order of their waves. */
function ordered(before: readonly Artifact[], after: readonly Artifact[]): readonly string[] {
  return objectChanges(before, after, istio.order).map(({ op, ref }) => `${op} ${ref}`);
}

const everything = [
  object('VirtualService', 'v'),
  object('DestinationRule', 'd'),
  object('ServiceEntry', 's'),
  object('ServiceAccount', 'a', {}, 'v1'),
  object('Namespace', 'shop', {}, 'v1'),
];

test('objects come after the objects that they depend on, and are deleted in reverse; refs are group, kind, namespace, name', () => {
  expect(ordered([], everything)).toEqual([
    'create core/Namespace/shop',
    'create core/ServiceAccount/shop/a',
    'create networking.istio.io/ServiceEntry/shop/s',
    'create networking.istio.io/DestinationRule/shop/d',
    'create networking.istio.io/VirtualService/shop/v',
  ]);
  expect(ordered(everything, [])).toEqual([
    'delete networking.istio.io/VirtualService/shop/v',
    'delete networking.istio.io/DestinationRule/shop/d',
    'delete networking.istio.io/ServiceEntry/shop/s',
    'delete core/ServiceAccount/shop/a',
    'delete core/Namespace/shop',
  ]);
});

test('fields of objects have paths with keys', () => {
  const [change] = objectChanges(
    [object('ServiceEntry', 's', { hosts: ['a', 'b'], ports: [{ name: 'http', number: 80 }] })],
    [object('ServiceEntry', 's', { hosts: ['b'], ports: [{ name: 'http', number: 81 }] })],
  );
  expect(change?.fields).toEqual([
    { path: 'spec.hosts[a]', before: 'a' },
    { path: 'spec.ports[http].number', before: 80, after: 81 },
  ]);
});

const route = object('VirtualService', 'v');
const changed = object('VirtualService', 'v', { http: [] });
const [a, b]: readonly Json[] = [{ from: 'a' }, { from: 'b' }];

// Once a workload has an ALLOW policy, Istio refuses calls that no ALLOW policy matches, and always those that a DENY
// policy matches.
test.each<readonly [string, readonly Artifact[], readonly Artifact[], 'loosens' | 'tightens']>([
  ['the first ALLOW of a workload', [], [policy('p', 'ALLOW', [a!])], 'tightens'],
  [
    'a further ALLOW',
    [policy('p', 'ALLOW', [a!])],
    [policy('p', 'ALLOW', [a!]), policy('q', 'ALLOW', [b!])],
    'loosens',
  ],
  [
    'an ALLOW for another workload than an existing one',
    [policy('p', 'ALLOW', [a!], 'x')],
    [policy('p', 'ALLOW', [a!], 'x'), policy('q', 'ALLOW', [b!])],
    'tightens',
  ],
  ['the last ALLOW is removed', [policy('p', 'ALLOW', [a!])], [], 'loosens'],
  [
    'one of two ALLOWs is removed',
    [policy('p', 'ALLOW', [a!]), policy('q', 'ALLOW', [b!])],
    [policy('p', 'ALLOW', [a!])],
    'tightens',
  ],
  ['an ALLOW with more rules', [policy('p', 'ALLOW', [a!])], [policy('p', 'ALLOW', [a!, b!])], 'loosens'],
  ['an ALLOW with fewer rules', [policy('p', 'ALLOW', [a!, b!])], [policy('p', 'ALLOW', [a!])], 'tightens'],
  ['an ALLOW with other rules', [policy('p', 'ALLOW', [a!])], [policy('p', 'ALLOW', [b!])], 'tightens'],
  ['an ALLOW that becomes a DENY', [policy('p', 'ALLOW', [a!])], [policy('p', 'DENY', [a!])], 'tightens'],
  ['a DENY', [], [policy('p', 'DENY', [a!])], 'tightens'],
  ['a DENY is removed', [policy('p', 'DENY', [a!])], [], 'loosens'],
  ['a DENY with fewer rules', [policy('p', 'DENY', [a!, b!])], [policy('p', 'DENY', [a!])], 'loosens'],
  ['a CUSTOM is removed', [policy('p', 'CUSTOM', [a!])], [], 'tightens'],
  ['mTLS becomes strict', [mtls('PERMISSIVE')], [mtls('STRICT')], 'tightens'],
  ['mTLS becomes permissive', [mtls('STRICT')], [mtls('PERMISSIVE')], 'loosens'],
])(
  '%s: a change that only loosens access comes before the routes, any other after them',
  (_, before, after, way) => {
    const changes = objectChanges([route, ...before], [changed, ...after], istio.order);
    const kinds = changes.map(({ ref }) => (ref.includes('VirtualService') ? 'route' : 'access'));
    expect(kinds).toEqual(way === 'loosens' ? ['access', 'route'] : ['route', 'access']);
  },
);

test('in a directory, which switches as a whole, objects change with its stages', () => {
  const waves = objectChanges([route], [changed, policy('p', 'DENY', [a!])]).map(({ op, wave }) => [
    op,
    wave,
  ]);
  expect(waves).toEqual([
    ['create', 1],
    ['update', 2],
  ]);
  expect(objectChanges([route], []).map(({ wave }) => wave)).toEqual([3]);
});
