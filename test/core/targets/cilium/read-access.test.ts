import { describe, expect, test } from 'vitest';
import { type AskedImport, askedImport } from '../../import/asked-import.ts';
import { nativeService } from '../../import/native-service.ts';

// Expectations are the answers of Cilium 1.20.2's own policy engine to the same policies, where it reads them.

const services = [
  ['books', 'shop'],
  ['web', 'shop'],
  ['evil', 'shop'],
  ['ops', 'tools'],
]
  .map(([name = '', namespace = '']) =>
    nativeService(name, {
      namespace,
      ports: '[{name: http, port: 80, targetPort: 8080}, {name: tcp-admin, port: 9000}]',
    }),
  )
  .join('');

function policy(spec: string, selector = '{matchLabels: {app: books}}', name = 'p'): string {
  return `
apiVersion: cilium.io/v2
kind: CiliumNetworkPolicy
metadata: {name: ${name}, namespace: shop}
spec: {endpointSelector: ${selector}, ${spec}}
---
`;
}

const http = (rules: string): string =>
  `toPorts: [{ports: [{port: "8080", protocol: TCP}], rules: {http: [${rules}]}}]`;
const web = 'fromEndpoints: [{matchLabels: {app: web}}]';

async function imported(...policies: readonly string[]): Promise<AskedImport> {
  return askedImport('cilium', services + policies.join(''));
}

const call = (from: string, to = 'shop/books', more: Readonly<Record<string, unknown>> = {}) => ({
  from,
  to,
  port: 'http',
  ...more,
});

describe('calls that pods receive', () => {
  test('a policy closes the pods that it selects, and nobody else', async () => {
    const { outcome } = await imported(policy(`ingress: [{${web}}]`));
    expect(outcome(call('shop/web'))).toBe('forwarded');
    expect(outcome(call('shop/evil'))).toBe('refused');
    expect(outcome(call('tools/ops'))).toBe('refused');
    expect(outcome(call('shop/evil', 'shop/web'))).toBe('forwarded');
  });

  test.each([
    ['a rule of nothing', 'ingress: [{}]'],
    ['an empty list of callers', 'ingress: [{fromEndpoints: []}]'],
    ['an empty list of entities', 'ingress: [{fromEntities: []}]'],
    [
      'an empty list of callers with ports',
      'ingress: [{fromEndpoints: [], toPorts: [{ports: [{port: "8080"}]}]}]',
    ],
    ['an entry without ports', 'ingress: [{toPorts: [{}]}]'],
    [
      'requests without ports',
      'ingress: [{fromEntities: [all], toPorts: [{rules: {http: [{method: GET}]}}]}]',
    ],
    ['a deny alone', 'ingressDeny: [{fromEntities: [world]}]'],
    ['a caller of another namespace', 'ingress: [{fromEndpoints: [{matchLabels: {app: ops}}]}]'],
    ['an impossible handshake', `ingress: [{${web}, authentication: {mode: test-always-fail}}]`],
    ['a server name', `ingress: [{${web}, toPorts: [{ports: [{port: "8080"}], serverNames: [a.example]}]}]`],
    ['another port', `ingress: [{${web}, toPorts: [{ports: [{port: "80"}]}]}]`],
    ['another protocol', `ingress: [{${web}, toPorts: [{ports: [{port: "8080", protocol: UDP}]}]}]`],
  ])('%s lets nobody in', async (_name, spec) => {
    const { outcome } = await imported(policy(spec));
    for (const from of ['shop/web', 'shop/evil', 'tools/ops']) expect(outcome(call(from))).toBe('refused');
  });

  test.each([
    ['ports alone', 'ingress: [{toPorts: [{ports: [{port: "8080"}]}]}]'],
    ['an empty list of requests', `ingress: [{${http('')}}]`],
    ['a request of nothing', `ingress: [{${http('{}')}}]`],
    ['everybody and a deny of nothing', 'ingress: [{fromEntities: [all]}], ingressDeny: [{}]'],
    ['port 0', 'ingress: [{fromEntities: [all], toPorts: [{ports: [{port: "0"}]}]}]'],
    [
      'a range of ports',
      'ingress: [{fromEntities: [all], toPorts: [{ports: [{port: "8000", endPort: 8100}]}]}]',
    ],
  ])('%s lets everybody in', async (_name, spec) => {
    const { outcome } = await imported(policy(spec));
    for (const from of ['shop/web', 'shop/evil', 'tools/ops']) expect(outcome(call(from))).toBe('forwarded');
  });

  test('a deny wins over an allow, whoever says it', async () => {
    const { outcome } = await imported(
      policy('ingress: [{fromEndpoints: [{}]}]'),
      policy('ingressDeny: [{fromEndpoints: [{matchLabels: {app: evil}}]}]', undefined, 'q'),
    );
    expect(outcome(call('shop/web'))).toBe('forwarded');
    expect(outcome(call('shop/evil'))).toBe('refused');
    expect(outcome(call('tools/ops'))).toBe('refused');
  });

  test('an allow without default deny closes nothing, and a deny of it holds', async () => {
    const { outcome } = await imported(
      policy(
        `enableDefaultDeny: {ingress: false}, ingress: [{${web}}], ingressDeny: [{fromEndpoints: [{matchLabels: {app: evil}}]}]`,
      ),
    );
    expect(outcome(call('tools/ops'))).toBe('forwarded');
    expect(outcome(call('shop/evil'))).toBe('refused');
  });

  test('a path is asked of the whole path and its query', async () => {
    const { outcome, codes } = await imported(
      policy(
        `ingress: [{${web}, ${http(String.raw`{path: '/v1/.*', method: GET}, {path: '/exact(\?.*)?'}, {path: /none}`)}}]`,
      ),
    );
    const asked = (path: string, method = 'GET') => outcome(call('shop/web', undefined, { path, method }));
    expect(asked('/v1/a')).toBe('forwarded');
    expect(asked('/v1/a', 'POST')).toBe('refused');
    expect(asked('/v1')).toBe('refused');
    expect(asked('/exact', 'POST')).toBe('forwarded');
    expect(asked('/exact/a')).toBe('refused');
    // Cilium refuses `/none?a`, and Access knows no query.
    expect(asked('/none')).toBe('refused');
    expect(codes).toContain('MESH7004');
  });

  test('an ending after an alternative belongs to the last one alone', async () => {
    const { outcome } = await imported(policy(`ingress: [{${web}, ${http('{path: "/a|/b.*"}')}}]`));
    expect(outcome(call('shop/web', undefined, { path: '/a/x' }))).toBe('refused');
  });

  test('a dot of a pattern is any letter', async () => {
    const { outcome } = await imported(policy(`ingress: [{${web}, ${http('{path: "/a.b.*"}')}}]`));
    expect(outcome(call('shop/web', undefined, { path: '/axb' }))).toBe('forwarded');
    expect(outcome(call('shop/web', undefined, { path: '/ab' }))).toBe('refused');
  });

  test('a header has the whole value, or any', async () => {
    const rules = `{headers: ["X-Kind: new", X-Id], path: "/.*"}`;
    const { outcome } = await imported(policy(`ingress: [{${web}, ${http(rules)}}]`));
    const asked = (headers: Readonly<Record<string, string>>) =>
      outcome(call('shop/web', undefined, { headers }));
    expect(asked({ 'x-kind': 'new', 'x-id': '1' })).toBe('forwarded');
    expect(asked({ 'x-kind': 'new' })).toBe('refused');
    expect(asked({ 'x-kind': 'newer', 'x-id': '1' })).toBe('refused');
  });

  test('a host without a port is not carried, since hosts of the language have any', async () => {
    const { outcome, codes } = await imported(
      policy(`ingress: [{${web}, ${http('{host: books.example}')}}]`),
    );
    expect(outcome(call('shop/web'))).toBe('refused');
    expect(codes).toContain('MESH7004');
  });

  test('a rule for ports beside one for requests opens the port', async () => {
    const { outcome } = await imported(
      policy(
        `ingress: [{${web}, ${http('{method: GET, path: "/.*"}')}}, {${web}, toPorts: [{ports: [{port: "8080"}]}]}]`,
      ),
    );
    expect(outcome(call('shop/web', undefined, { method: 'DELETE' }))).toBe('forwarded');
  });

  test('an account with other pods is not let in by labels, and is refused by them', async () => {
    const shared = `
apiVersion: apps/v1
kind: Deployment
metadata: {name: other, namespace: shop}
spec: {selector: {}, template: {metadata: {labels: {app: other}}, spec: {serviceAccountName: web}}}
---
`;
    const allowing = await imported(shared, policy(`ingress: [{${web}}]`));
    expect(allowing.outcome(call('shop/web'))).toBe('refused');
    expect(allowing.codes).toContain('MESH7004');
    const denying = await imported(
      shared,
      policy(`ingress: [{fromEntities: [all]}], ingressDeny: [{${web}}]`),
    );
    expect(denying.outcome(call('shop/web'))).toBe('refused');
    expect(denying.codes).toContain('MESH7004');
  });

  test('a policy for some pods of a service closes all of them and lets nobody in', async () => {
    const canary = `
apiVersion: apps/v1
kind: Deployment
metadata: {name: canary, namespace: shop}
spec: {selector: {}, template: {metadata: {labels: {app: books, track: canary}}, spec: {serviceAccountName: books}}}
---
`;
    const { outcome, codes } = await imported(
      canary,
      policy(`ingress: [{${web}}]`, '{matchLabels: {app: books, track: canary}}'),
    );
    expect(outcome(call('shop/web'))).toBe('refused');
    expect(codes).toContain('MESH7004');
  });

  test('namespaces and accounts name callers', async () => {
    const namespace = 'k8s:io.kubernetes.pod.namespace';
    const account = 'k8s:io.cilium.k8s.policy.serviceaccount';
    const { outcome } = await imported(
      policy(
        `ingress: [{fromEndpoints: [{matchLabels: {${namespace}: tools}}, {matchExpressions: [{key: ${namespace}, operator: In, values: [shop]}, {key: ${account}, operator: NotIn, values: [evil]}]}]}]`,
      ),
    );
    expect(outcome(call('tools/ops'))).toBe('forwarded');
    expect(outcome(call('shop/web'))).toBe('forwarded');
    expect(outcome(call('shop/evil'))).toBe('refused');
  });

  test('the gateways of the cluster are no pods', async () => {
    const gateway = `
apiVersion: gateway.networking.k8s.io/v1
kind: Gateway
metadata: {name: public, namespace: shop}
spec: {gatewayClassName: cilium, listeners: [{name: http, port: 80, protocol: HTTP}]}
---
`;
    const from = 'spiffe://cluster.local/ns/shop/sa/public-cilium';
    const pods = await imported(gateway, policy('ingress: [{fromEndpoints: [{}]}]'));
    expect(pods.outcome({ ...call('shop/web'), from })).toBe('refused');
    const entrance = await imported(gateway, policy('ingress: [{fromEntities: [ingress]}]'));
    expect(entrance.outcome({ ...call('shop/web'), from })).toBe('forwarded');
    expect(entrance.outcome(call('shop/web'))).toBe('refused');
  });
});

describe('calls that pods make', () => {
  const books = 'toEndpoints: [{matchLabels: {app: books}}]';
  const ofWeb = '{matchLabels: {app: web}}';

  test('a caller that a policy closes calls what it allows, at these ports', async () => {
    const { outcome } = await imported(
      policy(`egress: [{${books}, toPorts: [{ports: [{port: "8080"}]}]}]`, ofWeb),
    );
    expect(outcome(call('shop/web'))).toBe('forwarded');
    expect(outcome({ ...call('shop/web'), port: 'tcp-admin' })).toBe('refused');
    expect(outcome(call('shop/web', 'shop/evil'))).toBe('refused');
    expect(outcome(call('shop/evil'))).toBe('forwarded');
  });

  test('requests that a policy does not name are refused', async () => {
    const { outcome } = await imported(
      policy(`egress: [{${books}, ${http('{method: GET, path: "/.*"}')}}]`, ofWeb),
    );
    expect(outcome(call('shop/web'))).toBe('forwarded');
    expect(outcome(call('shop/web', undefined, { method: 'POST' }))).toBe('refused');
  });

  test('a deny of calls holds without default deny', async () => {
    const { outcome } = await imported(
      policy(`enableDefaultDeny: {egress: false}, egressDeny: [{${books}}]`, ofWeb),
    );
    expect(outcome(call('shop/web'))).toBe('refused');
    expect(outcome(call('shop/web', 'shop/evil'))).toBe('forwarded');
  });

  test('a policy for both directions has to let a call through in each', async () => {
    const { outcome } = await imported(policy(`ingress: [{${web}}]`), policy('egress: [{}]', ofWeb, 'q'));
    expect(outcome(call('shop/web'))).toBe('refused');
  });

  test('a policy of the cluster selects pods of all namespaces', async () => {
    const everywhere = `
apiVersion: cilium.io/v2
kind: CiliumClusterwideNetworkPolicy
metadata: {name: all}
spec: {endpointSelector: {}, ingress: [{fromEndpoints: [{matchLabels: {app: web}}]}]}
---
`;
    const { outcome } = await imported(everywhere);
    expect(outcome(call('shop/web', 'tools/ops'))).toBe('forwarded');
    expect(outcome(call('shop/evil', 'tools/ops'))).toBe('refused');
  });
});
