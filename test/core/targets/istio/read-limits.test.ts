import { describe, expect, test } from 'vitest';
import { importTexts } from '../../import/import-case.ts';

const services = `
apiVersion: v1
kind: Service
metadata: {name: productpage, namespace: shop}
spec: {selector: {app: productpage}, ports: [{name: http, port: 9080}]}
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: productpage, namespace: shop}
spec: {selector: {}, template: {metadata: {labels: {app: productpage, version: v1}}, spec: {serviceAccountName: pages}}}
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: productpage-2, namespace: shop}
spec: {selector: {}, template: {metadata: {labels: {app: productpage, version: v2}}, spec: {serviceAccountName: pages}}}
---
`;

async function imported(native: string) {
  const { files, diagnostics } = await importTexts('istio', { 'mesh.yaml': services + native });
  return {
    text: files.map((one) => one.text).join('---\n'),
    codes: diagnostics.map(({ code }) => code).filter((code) => code !== 'MESH1061'),
    messages: diagnostics.map(({ message }) => message).join('\n'),
  };
}

/** The first example of Istio's page "Enabling Rate Limits using Envoy", local rate limit. */
const ofDocumentation = `
apiVersion: networking.istio.io/v1alpha3
kind: EnvoyFilter
metadata:
  name: filter-local-ratelimit-svc
  namespace: istio-system
spec:
  workloadSelector:
    labels:
      app: productpage
  configPatches:
    - applyTo: HTTP_FILTER
      match:
        context: SIDECAR_INBOUND
        listener:
          filterChain:
            filter:
              name: "envoy.filters.network.http_connection_manager"
      patch:
        operation: INSERT_BEFORE
        value:
          name: envoy.filters.http.local_ratelimit
          typed_config:
            "@type": type.googleapis.com/udpa.type.v1.TypedStruct
            type_url: type.googleapis.com/envoy.extensions.filters.http.local_ratelimit.v3.LocalRateLimit
            value:
              stat_prefix: http_local_rate_limiter
              token_bucket:
                max_tokens: 4
                tokens_per_fill: 4
                fill_interval: 60s
              filter_enabled:
                runtime_key: local_rate_limit_enabled
                default_value:
                  numerator: 100
                  denominator: HUNDRED
              filter_enforced:
                runtime_key: local_rate_limit_enforced
                default_value:
                  numerator: 100
                  denominator: HUNDRED
              response_headers_to_add:
                - append: false
                  header:
                    key: x-local-rate-limit
                    value: 'true'
`;

/** The second example: the filter is empty, and the rules of one port have the bucket. */
const ofPort = ofDocumentation
  .replace(
    /token_bucket:[\s\S]*$/,
    `
    - applyTo: HTTP_ROUTE
      match:
        context: SIDECAR_INBOUND
        routeConfiguration:
          vhost:
            name: "inbound|http|9080"
            route:
              action: ANY
      patch:
        operation: MERGE
        value:
          typed_per_filter_config:
            envoy.filters.http.local_ratelimit:
              "@type": type.googleapis.com/udpa.type.v1.TypedStruct
              type_url: type.googleapis.com/envoy.extensions.filters.http.local_ratelimit.v3.LocalRateLimit
              value:
                stat_prefix: http_local_rate_limiter
                token_bucket: {max_tokens: 6, tokens_per_fill: 4, fill_interval: 1.5s}
                filter_enabled: {default_value: {numerator: 100, denominator: HUNDRED}}
                filter_enforced: {default_value: {numerator: 100, denominator: HUNDRED}}
`,
  )
  .replace(
    'stat_prefix: http_local_rate_limiter\n              \n',
    'stat_prefix: http_local_rate_limiter\n',
  );

describe('a limit of the pods of a service', () => {
  test('that the documentation of Istio shows is the limit of the service', async () => {
    const { text, codes, messages } = await imported(ofDocumentation);
    expect(text).toContain('rateLimit: {requests: 4, per: 1m}');
    // The filter comes before Access, and answers have no header of their own.
    expect(messages).toContain('requests that Access refuses count today, and not in the spec');
    expect([...codes].sort()).toEqual(['MESH7005', 'MESH7006']);
  });

  test('may stand in the rules of the only port, with tokens left over', async () => {
    const { text, codes } = await imported(ofPort);
    expect(text).toContain('rateLimit: {requests: 4, per: 1500ms, burst: 2}');
    expect(codes).toEqual(['MESH7006', 'MESH7006']);
  });

  test('right before the router counts as in the language', async () => {
    const { text, codes } = await imported(
      ofDocumentation
        .replace(
          'http_connection_manager"',
          'http_connection_manager"\n              subFilter: {name: envoy.filters.http.router}',
        )
        .replace(/response_headers_to_add:[\s\S]*$/, ''),
    );
    expect(text).toContain('rateLimit: {requests: 4, per: 1m}');
    expect(codes).toEqual([]);
  });

  test.each([
    ['half of the requests', (text: string) => text.replace('numerator: 100', 'numerator: 50')],
    [
      'nobody, since nothing says that it is on',
      (text: string) => text.replace(/filter_enforced:[\s\S]*$/, ''),
    ],
    [
      'another status',
      (text: string) => text.replace('token_bucket:', 'status: {code: 503}\n              token_bucket:'),
    ],
    [
      'more buckets',
      (text: string) => text.replace('token_bucket:', 'descriptors: []\n              token_bucket:'),
    ],
    ['an empty bucket', (text: string) => text.replace('max_tokens: 4', 'max_tokens: 0')],
    ['a time shorter than a tick', (text: string) => text.replace('60s', '0.01s')],
    ['calls that the pods make, too', (text: string) => text.replace('SIDECAR_INBOUND', 'ANY')],
    ['calls that the pods make', (text: string) => text.replace('SIDECAR_INBOUND', 'SIDECAR_OUTBOUND')],
    ['a filter of another type', (text: string) => text.replace('LocalRateLimit', 'LocalRateLimitPerRoute')],
    ['a filter after another one', (text: string) => text.replace('INSERT_BEFORE', 'INSERT_AFTER')],
    ['a filter in place of another one', (text: string) => text.replace('INSERT_BEFORE', 'REPLACE')],
    ['one filter chain', (text: string) => text.replace('filter:\n', 'name: one\n            filter:\n')],
    [
      'some of the pods',
      (text: string) => text.replace('app: productpage\n', 'app: productpage\n      version: v1\n'),
    ],
    ['pods that no Service has', (text: string) => text.replace('app: productpage\n', 'app: other\n')],
    [
      'proxies of one version',
      (text: string) => text.replace('context:', 'proxy: {proxyVersion: "^1.*"}\n        context:'),
    ],
  ])('for %s is refused', async (_what, change) => {
    const changed = change(ofDocumentation);
    expect(changed).not.toBe(ofDocumentation);
    const { text, codes } = await imported(changed);
    expect(text).not.toContain('rateLimit');
    expect(codes).toContain('MESH7003');
  });

  test('twice is refused the second time', async () => {
    const second = ofDocumentation.replace('filter-local-ratelimit-svc', 'second').replaceAll(': 4', ': 9');
    const { text, messages } = await imported(`${ofDocumentation}---\n${second}`);
    expect(text).toContain('requests: 4');
    expect(text).not.toContain('requests: 9');
    expect(messages).toContain('another EnvoyFilter limits shop/productpage');
  });

  test('of a port that is not the only one is refused', async () => {
    const { text, messages } = await imported(ofPort.replace('inbound|http|9080', 'inbound|http|9081'));
    expect(text).not.toContain('rateLimit');
    expect(messages).toContain('the limit is that of port 9081 alone');
  });
});

/** Rules by path with their own bucket, as a descriptor of the sample `local-rate-limit-service.yaml` of Istio asks for. */
test('a limit by expressions over requests is refused', async () => {
  const { text, codes } = await imported(
    ofPort.replace(
      'typed_per_filter_config:',
      'route: {rate_limits: [{actions: [{remote_address: {}}]}]}\n          typed_per_filter_config:',
    ),
  );
  expect(text).not.toContain('rateLimit');
  expect(codes).toContain('MESH7003');
});

describe('a limit of one rule where it routes', () => {
  const route = `
apiVersion: networking.istio.io/v1
kind: Gateway
metadata: {name: public, namespace: shop}
spec: {selector: {istio: ingressgateway}, servers: [{port: {number: 80, name: http, protocol: HTTP}, hosts: ["shop.example"]}]}
---
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: {name: pages, namespace: shop}
spec:
  hosts: [shop.example]
  gateways: [public]
  http:
    - {name: dear, match: [{uri: {prefix: /dear}}], route: [{destination: {host: productpage, port: {number: 9080}}}]}
    - {name: rest, route: [{destination: {host: productpage, port: {number: 9080}}}]}
---
apiVersion: networking.istio.io/v1alpha3
kind: EnvoyFilter
metadata: {name: limit, namespace: istio-system}
spec:
  workloadSelector: {labels: {istio: ingressgateway}}
  configPatches:
    - applyTo: HTTP_FILTER
      match: {context: GATEWAY, listener: {filterChain: {filter: {name: envoy.filters.network.http_connection_manager, subFilter: {name: envoy.filters.http.router}}}}}
      patch:
        operation: INSERT_BEFORE
        value:
          name: envoy.filters.http.local_ratelimit
          typedConfig: {"@type": type.googleapis.com/envoy.extensions.filters.http.local_ratelimit.v3.LocalRateLimit, statPrefix: all}
    - applyTo: HTTP_ROUTE
      match: {context: GATEWAY, routeConfiguration: {vhost: {name: "shop.example:80", route: {name: dear}}}}
      patch:
        operation: MERGE
        value:
          typed_per_filter_config:
            envoy.filters.http.local_ratelimit:
              "@type": type.googleapis.com/envoy.extensions.filters.http.local_ratelimit.v3.LocalRateLimit
              stat_prefix: dear
              token_bucket: {max_tokens: 3, tokens_per_fill: 3, fill_interval: 1s}
              filter_enabled: {default_value: {numerator: 100, denominator: HUNDRED}}
              filter_enforced: {default_value: {numerator: 100, denominator: HUNDRED}}
`;

  test('is the limit of the rule', async () => {
    const { text, messages } = await imported(route);
    expect(text.match(/rateLimit: .*\}/g)).toEqual(['rateLimit: {requests: 3, per: 1s}']);
    expect(text).toMatch(/name: dear[^-]*rateLimit/);
    expect(messages).not.toContain('EnvoyFilter');
  });

  test.each([
    ['at another host', (text: string) => text.replace('"shop.example:80"', '"other.example:80"')],
    [
      'of a rule that is not there',
      (text: string) => text.replace('route: {name: dear}', 'route: {name: cheap}'),
    ],
    [
      'without the filter that counts',
      (text: string) => text.replace('statPrefix: all}', 'statPrefix: all, x: 1}'),
    ],
    [
      'at other gateways',
      (text: string) =>
        text.replace(
          'workloadSelector: {labels: {istio: ingressgateway}}',
          'workloadSelector: {labels: {istio: other}}',
        ),
    ],
    ['at sidecars', (text: string) => text.replaceAll('context: GATEWAY', 'context: SIDECAR_OUTBOUND')],
  ])('%s is refused', async (_what, change) => {
    const changed = change(route);
    expect(changed).not.toBe(route);
    const { text, codes } = await imported(changed);
    expect(text).not.toContain('rateLimit');
    expect(codes).toContain('MESH7003');
  });
});

test.each([
  ['envoy.filters.http.lua', 'the script does not run'],
  ['envoy.filters.http.jwt_authn', 'tokens are not checked: write an Authentication'],
  ['envoy.filters.http.ratelimit', 'a rate limiter is not asked about requests'],
  ['envoy.filters.http.rbac', 'calls are not refused by this filter: write an Access'],
  ['envoy.filters.http.compressor', 'answers are not compressed'],
  ['envoy.filters.http.tap', 'proxies are not patched'],
])('a patch with %s is refused with its reason', async (filter, reason) => {
  const { messages } = await imported(`
apiVersion: networking.istio.io/v1alpha3
kind: EnvoyFilter
metadata: {name: other, namespace: shop}
spec: {configPatches: [{applyTo: HTTP_FILTER, patch: {operation: INSERT_FIRST, value: {name: ${filter}}}}]}
`);
  expect(messages).toContain(reason);
});
