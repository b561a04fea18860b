import { RE2JS } from 're2js';
import { describe, expect, test } from 'vitest';
import type { Loose } from '../envoy/loose.ts';
import { objects } from './lowered.ts';

const service = `
kind: Service
metadata: {name: api, namespace: shop}
spec: {ports: {http: {port: 80}}, rateLimit: {requests: 100, per: 1s, burst: 50}}
`;

function manager(documents: string): Loose {
  const { spec } = objects(documents)['EnvoyFilter/istio-system/mesh-requests'];
  expect(spec.workloadSelector).toBeUndefined();
  const patch = spec.configPatches.find(({ applyTo }: Loose) => applyTo === 'NETWORK_FILTER');
  expect(patch.match.context).toBe('ANY');
  return patch.patch.value.typed_config;
}

test('every proxy normalises paths and refuses those with an encoded slash', () => {
  expect(manager(service)).toMatchObject({
    strip_trailing_host_dot: true,
    normalize_path: true,
    merge_slashes: true,
    path_with_escaped_slashes_action: 'REJECT_REQUEST',
  });
});

test('every proxy refuses dots before a semicolon that normalisation keeps, before all other filters', () => {
  const { spec } = objects(service)['EnvoyFilter/istio-system/mesh-requests'];
  const { patch } = spec.configPatches.find(({ applyTo }: Loose) => applyTo === 'HTTP_FILTER');
  expect(patch.operation).toBe('INSERT_FIRST');
  const [{ url_path }] = patch.value.typed_config.rules.policies['unsafe-paths'].permissions;
  const pattern = RE2JS.compile(url_path.path.safe_regex.regex);
  for (const path of ['/x/..;a/admin', '/.;', '/..;/a'])
    expect([path, pattern.testExact(path)]).toEqual([path, true]);
  for (const path of ['/a..;x', '/...;x', '/a/..%3b', '/;..', '/a'])
    expect([path, pattern.testExact(path)]).toEqual([path, false]);
});

test('callers can not steer proxies by headers, except those with the metadata of Istio', () => {
  const [extension] = manager(service).early_header_mutation_extensions;
  const removed = extension.typed_config.mutations.map(({ remove }: Loose) => remove);
  expect(removed).toContain('x-envoy-retry-on');
  expect(removed).toContain('x-envoy-upstream-rq-timeout-ms');
  expect(removed.filter((name: string) => name.includes('peer-metadata'))).toEqual([]);
});

test('a bad token gets 401 at a service that checks tokens', () => {
  const statuses = (documents: string): readonly number[] =>
    manager(documents).local_reply_config.mappers.map(({ status_code }: Loose) => status_code);
  expect(statuses(service)).toEqual([400]);
  const checked = `${service}---\nkind: Authentication\nmetadata: {name: api, namespace: shop}\nspec: {services: [api], required: true, issuers: {s: {issuer: s, jwks: {uri: "https://s.example/k"}}}}\n`;
  expect(statuses(checked)).toEqual([400, 401, 401]);
  const byPolicy = manager(checked).local_reply_config.mappers.at(-1);
  expect(byPolicy.status_code).toBe(401);
  const { expression } = byPolicy.filter.extension_filter.typed_config;
  const [, pattern = ''] = /matches\('(.*)'\)$/.exec(expression) ?? [];
  const details = (policy: string): string =>
    `rbac_access_denied_matched_policy[ns[shop]-policy[${policy}]-rule[0]]`;
  const regex = new RegExp(
    pattern.replaceAll('[[]', '\\[').replaceAll('[]]', '\\]').replaceAll('[^]]', '[^\\]]'),
  );
  expect(regex.test(details('token.api'))).toBe(true);
  expect(regex.test(details('deny.token'))).toBe(false);
  expect(regex.test(details('token'))).toBe(false);
});

test('a service counts requests after all checks, in a bucket of requests and burst', () => {
  const { spec, metadata } = objects(service)['EnvoyFilter/shop/limit.api'];
  expect(spec.workloadSelector).toEqual({ labels: { app: 'api' } });
  const [{ match, patch }] = spec.configPatches;
  expect(match.context).toBe('SIDECAR_INBOUND');
  expect(match.listener.filterChain.filter.subFilter).toEqual({ name: 'envoy.filters.http.router' });
  expect(patch.operation).toBe('INSERT_BEFORE');
  expect(patch.value.typed_config.token_bucket).toEqual({
    max_tokens: 150,
    tokens_per_fill: 100,
    fill_interval: '1s',
  });
  expect(metadata.annotations['meshwright.dev/reason']).toBe('Istio has no rate limits');
});

const route = `
kind: Route
metadata: {name: api, namespace: shop}
spec:
  service: api
  gateways: [edge]
  rules:
    - name: mine
      match: [{path: {prefix: /a}}, {path: {prefix: /b}}]
      backends: [{}]
      rateLimit: {requests: 10, per: 1s, key: {header: x-user}}
    - {backends: [{}], cors: {allowOrigins: ["https://a.example"]}}
---
kind: Gateway
metadata: {name: edge, namespace: shop}
spec: {listeners: {web: {port: 8080, protocol: http}}}
---
`;

test('a rule counts in one bucket for all its routes, at every routing proxy', () => {
  const found = objects(`${route}${service}`);
  const at = (name: string): Loose[] => found[name].spec.configPatches;
  const [buckets, named] = at('EnvoyFilter/istio-system/limit.shop.api');
  const vhost = 'api.shop.svc.cluster.local:80';
  expect(buckets.match).toEqual({
    context: 'SIDECAR_OUTBOUND',
    routeConfiguration: { vhost: { name: vhost } },
  });
  const config = buckets.patch.value.typed_per_filter_config['envoy.filters.http.local_ratelimit'];
  expect(config.descriptors).toEqual([
    {
      entries: [{ key: 'limit', value: 'api/mine' }, { key: 'x-user' }],
      token_bucket: { max_tokens: 10, tokens_per_fill: 10, fill_interval: '1s' },
    },
  ]);
  expect(named.match.routeConfiguration.vhost).toEqual({ name: vhost, route: { name: 'api/mine' } });
  expect(named.patch.value.metadata.filter_metadata).toEqual({ meshwright: { limit: 'api/mine' } });
  expect(found['VirtualService/shop/api'].spec.http.map(({ name }: Loose) => name)).toContain('api/mine');
  const [filter, atGateway] = at('EnvoyFilter/shop/limit.edge.gateway');
  expect(filter.applyTo).toBe('HTTP_FILTER');
  expect(atGateway.match).toEqual({ context: 'GATEWAY', routeConfiguration: { vhost: { name: '*:8080' } } });
  expect(at('EnvoyFilter/istio-system/mesh-limits').map(({ match }) => match.context)).toEqual([
    'SIDECAR_OUTBOUND',
  ]);
});

test('at a gateway with checks only preflights come before the checks', () => {
  expect(objects(`${route}${service}`)).not.toHaveProperty(['EnvoyFilter/shop/preflight.edge.gateway']);
  const guarded =
    'kind: Access\nmetadata: {name: edge, namespace: shop}\nspec: {gateway: edge, rules: [{deny: {to: [{paths: [{prefix: /x}]}]}}]}\n---\n';
  const found = objects(`${route}${guarded}${service}`);
  const [patch, ...more] = found['EnvoyFilter/shop/preflight.edge.gateway'].spec.configPatches;
  expect(more).toEqual([]);
  expect(patch.match.routeConfiguration.vhost.route).toEqual({ name: 'api/2/preflight' });
  expect(Object.keys(patch.patch.value.typed_per_filter_config)).toEqual([
    'envoy.filters.http.rbac',
    'envoy.filters.http.ext_authz',
  ]);
  const names = Object.entries(found)
    .filter(([name]) => name.startsWith('VirtualService') && name.includes('edge'))
    .flatMap(([, { spec }]) => spec.http.map(({ name }: Loose) => name));
  expect(names).toContain('api/2/preflight');
});

describe('waypoints', () => {
  const found = objects(`${route}${service}`, '', { options: { mode: 'ambient' } });

  test('count for rules by the names of their routes, which can not be patched', () => {
    expect(
      Object.keys(found)
        .filter((name) => name.startsWith('EnvoyFilter'))
        .sort(),
    ).toEqual([
      'EnvoyFilter/istio-system/mesh-requests',
      'EnvoyFilter/istio-system/waypoint-requests',
      'EnvoyFilter/shop/limit.api',
      'EnvoyFilter/shop/limit.api.rules',
      'EnvoyFilter/shop/limit.edge.gateway',
    ]);
    const [{ match, patch }, ...more] = found['EnvoyFilter/shop/limit.api.rules'].spec.configPatches;
    expect(more).toEqual([]);
    expect(match.listener.filterChain.name).toBe('inbound-vip|80|http|api.shop.svc.cluster.local');
    const { rate_limits, descriptors } = patch.value.typed_config;
    const names = found['VirtualService/shop/api'].spec.http.map(({ name }: Loose) => name);
    const ids = descriptors.map(({ entries: [{ value }] }: Loose) => value);
    expect(names).toEqual(expect.arrayContaining(ids));
    for (const { actions } of rate_limits)
      for (const id of ids)
        expect(actions[0].extension.typed_config).toMatchObject({
          descriptor_key: 'limit',
          text: expect.stringContaining(`xds.route_name == "${id}" ? "${id}" : `),
        });
  });

  test('treat the requests that they read as other proxies do', () => {
    const beside = found['EnvoyFilter/istio-system/mesh-requests'].spec;
    const { targetRefs, configPatches, ...others } = found['EnvoyFilter/istio-system/waypoint-requests'].spec;
    expect(others).toEqual({ priority: 10 });
    const group = 'gateway.networking.k8s.io';
    expect(targetRefs).toEqual([{ group, kind: 'GatewayClass', name: 'istio-waypoint' }]);
    expect(configPatches.map(({ patch }: Loose) => patch)).toEqual(
      beside.configPatches.map(({ patch }: Loose) => patch),
    );
    for (const { match } of configPatches) {
      expect(match.context).toBe('SIDECAR_INBOUND');
      expect(match.listener.name).toBe('main_internal');
    }
  });

  test('count for a service only at its ports', () => {
    const { spec } = found['EnvoyFilter/shop/limit.api'];
    expect(spec).not.toHaveProperty('workloadSelector');
    expect(spec.targetRefs).toEqual([
      { group: 'gateway.networking.k8s.io', kind: 'Gateway', name: 'mesh-waypoint' },
    ]);
    const [{ match, patch }, ...more] = spec.configPatches;
    expect(more).toEqual([]);
    expect(match.listener.name).toBe('main_internal');
    expect(match.listener.filterChain.name).toBe('inbound-vip|80|http|api.shop.svc.cluster.local');
    expect(patch.operation).toBe('INSERT_BEFORE');
  });
});
