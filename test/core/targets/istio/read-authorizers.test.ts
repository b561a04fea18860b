import { expect, test } from 'vitest';
import { importTexts } from '../../import/import-case.ts';

const services = ['books', 'judge']
  .map(
    (name) => `
apiVersion: v1
kind: Service
metadata: {name: ${name}, namespace: shop}
spec: {selector: {app: ${name}}, ports: [{name: ${name === 'judge' ? 'grpc' : 'http'}, port: 9000}]}
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: ${name}, namespace: shop}
spec: {selector: {}, template: {metadata: {labels: {app: ${name}}}, spec: {serviceAccountName: ${name}}}}
---
`,
  )
  .join('');

async function imported(native: string) {
  const { files, diagnostics } = await importTexts('istio', { 'mesh.yaml': services + native });
  return {
    text: files.map((one) => one.text).join('---\n'),
    codes: diagnostics.map(({ code }) => code),
    messages: diagnostics.map(({ message }) => message).join('\n'),
  };
}

/** A filter before all others that asks `judge` by gRPC, in the words of Envoy's documentation. */
const filter = `
apiVersion: networking.istio.io/v1alpha3
kind: EnvoyFilter
metadata: {name: ask, namespace: shop}
spec:
  workloadSelector: {labels: {app: books}}
  configPatches:
    - applyTo: HTTP_FILTER
      match: {context: SIDECAR_INBOUND, listener: {filterChain: {filter: {name: envoy.filters.network.http_connection_manager}}}}
      patch:
        operation: INSERT_FIRST
        value:
          name: envoy.filters.http.ext_authz
          typed_config:
            "@type": type.googleapis.com/envoy.extensions.filters.http.ext_authz.v3.ExtAuthz
            transport_api_version: V3
            grpc_service: {envoy_grpc: {cluster_name: "outbound|9000||judge.shop.svc.cluster.local"}, timeout: 0.5s}
            failure_mode_allow: true
            with_request_body: {max_request_bytes: 8192, allow_partial_message: true}
`;

test('a filter that asks a service of the mesh is the external authorization of an Authentication', async () => {
  const { text, codes } = await imported(filter);
  expect(text).toMatch(/kind: Authentication\nmetadata: \{name: ask, namespace: shop\}/);
  expect(text).toMatch(/services: \[(?:shop\/)?books\]/);
  for (const part of [
    'service: shop/judge',
    'port: grpc',
    'timeout: 500ms',
    'onError: allow',
    'maxBody: 8KiB',
  ])
    expect(text).toContain(part);
  expect(codes).toEqual([]);
});

test("without a time it has Envoy's", async () => {
  const { text } = await imported(filter.replace(', timeout: 0.5s', ''));
  expect(text).toContain('timeout: 200ms');
});

test('right before the router it is asked about fewer requests', async () => {
  const { text, messages } = await imported(
    filter
      .replace('connection_manager}', 'connection_manager, subFilter: {name: envoy.filters.http.router}}')
      .replace('FIRST', 'BEFORE'),
  );
  expect(text).toContain('externalAuthorization');
  expect(messages).toContain('asked about requests that Access refuses, too');
});

test.each([
  ['a host that is no service', (text: string) => text.replace('judge.shop', 'jury.shop')],
  [
    'another status',
    (text: string) => text.replace('failure_mode_allow: true', 'status_on_error: {code: ServiceUnavailable}'),
  ],
  [
    'headers that the application gets',
    (text: string) => text.replace('failure_mode_allow: true', 'clear_route_cache: true'),
  ],
  [
    'requests of a share',
    (text: string) =>
      text.replace('failure_mode_allow: true', 'filter_enabled: {default_value: {numerator: 1}}'),
  ],
  [
    'bodies that are too long and refused',
    (text: string) => text.replace('allow_partial_message: true', 'allow_partial_message: false'),
  ],
  ['calls that the pods make', (text: string) => text.replace('SIDECAR_INBOUND', 'SIDECAR_OUTBOUND')],
  ['a version of an API that has ended', (text: string) => text.replace('v3.ExtAuthz', 'v2.ExtAuthz')],
])('a filter that asks about %s is refused', async (_what, change) => {
  const changed = change(filter);
  expect(changed).not.toBe(filter);
  const { text, codes } = await imported(changed);
  expect(text).not.toContain('externalAuthorization');
  expect(codes).toContain('MESH7003');
});

const provider = (settings: string): string => `
apiVersion: security.istio.io/v1
kind: AuthorizationPolicy
metadata: {name: ask, namespace: shop, annotations: {meshwright.dev/needs-providers: '[{"name": "judge", "envoyExtAuthzGrpc": {"service": "judge.shop.svc.cluster.local", "port": 9000, "timeout": "0.5s", ${settings}}}]'}}
spec: {selector: {matchLabels: {app: books}}, action: CUSTOM, provider: {name: judge}, rules: [{to: [{operation: {paths: [/a]}}]}]}
`;

test('a policy that asks, with the definition of its provider, is an external authorization, too', async () => {
  const { text, codes } = await imported(provider('"failOpen": false, "statusOnError": "403"'));
  expect(text).toContain('service: shop/judge');
  expect(text).toMatch(/to: \[\{paths: \[\{exact: \/a\}\]\}\]/);
  expect(codes).toEqual([]);
});

test.each([
  ['whose status is another', provider('"failOpen": false')],
  ['with a part that the language has not', provider('"statusOnError": "403", "pathPrefix": "/x"')],
  [
    'that the mesh config alone defines',
    provider('"statusOnError": "403"').replace('provider: {name: judge}', 'provider: {name: jury}'),
  ],
])('a policy that asks a provider %s is refused', async (_what, policy) => {
  const { text, codes } = await imported(policy);
  expect(text).not.toContain('externalAuthorization');
  expect(codes).toContain('MESH7003');
});

test('a policy that asks without a rule asks nobody', async () => {
  const { text, codes } = await imported(provider('"statusOnError": "403"').replace(/, rules: .*\}$/m, '}'));
  expect(text).not.toContain('externalAuthorization');
  expect(codes).toEqual([]);
});
