import { describe, expect, test } from 'vitest';
import type { Loose } from './loose.ts';
import { found, hostOf, linked, lower } from './lowered.ts';

const services = `
kind: Service
metadata: {name: web, namespace: shop}
spec:
  endpoints: {default: [{outbound: "127.0.0.1:15001", admin: "127.0.0.1:15000"}]}
---
kind: Service
metadata: {name: reviews, namespace: shop}
spec:
  ports: {http: {port: 9080}}
  versions: {v1: {}, v2: {}}
  endpoints:
    v1: [{app: "127.0.0.2:9080", inbound: "127.0.0.2:15006", outbound: "127.0.0.2:15001", admin: "127.0.0.2:15000"}]
    v2: [{app: "127.0.0.3:9080", inbound: "127.0.0.3:15006", outbound: "127.0.0.3:15001", admin: "127.0.0.3:15000"}]
`;

function ruled(rules: string, more = ''): Loose {
  const route = `---\nkind: Route\nmetadata: {name: reviews, namespace: shop}\nspec:\n  service: reviews\n  rules:\n${rules}`;
  const artifacts = lower(linked(`${services}${route}\n${more}`));
  return hostOf(found(artifacts, 'RouteConfiguration', 'outbound'), 'reviews.shop');
}

function ordinary(host: Loose): Loose[] {
  return host.routes;
}

describe('hosts', () => {
  test('a service has its derived names, with and without port', () => {
    expect(ruled('    - backends: [{version: v1}]').domains.toSorted()).toEqual([
      'reviews',
      'reviews.shop',
      'reviews.shop.svc.cluster.local',
      'reviews.shop.svc.cluster.local:9080',
      'reviews.shop:9080',
      'reviews:9080',
    ]);
  });

  test('with several HTTP ports a name without a port means the one on 80', () => {
    const ir = linked(
      services
        .replace(
          'ports: {http: {port: 9080}}',
          'ports: {http: {port: 9080}, web: {port: 80, protocol: http}}',
        )
        .replaceAll(
          /app: "(\S+):9080", inbound: "\S+:15006"/g,
          'app: {http: "$1:9080", web: "$1:80"}, inbound: {http: "$1:15006", web: "$1:15007"}',
        ),
    );
    const routes = found(lower(ir), 'RouteConfiguration', 'outbound');
    expect(hostOf(routes, 'reviews.shop').domains).toContain('reviews.shop:80');
    expect(hostOf(routes, 'reviews.shop:9080').domains).not.toContain('reviews.shop');
  });

  test('a bare name is valid only in its own namespace if proxies of several namespaces share routes', () => {
    const tool =
      '---\nkind: Service\nmetadata: {name: tool, namespace: ops}\nspec: {endpoints: {default: [{outbound: "127.0.0.9:15001", admin: "127.0.0.9:15000"}]}}';
    const routes = found(lower(linked(`${services}${tool}`)), 'RouteConfiguration', 'outbound');
    const bare = hostOf(routes, 'reviews');
    for (const route of bare.routes)
      expect(route.match.filter_state[0].string_match).toEqual({ prefix: 'spiffe://t.example/ns/shop/' });
    expect(hostOf(routes, 'reviews.shop').routes[0].match.filter_state).toBeUndefined();
  });

  test('egress deny: no virtual host matches unknown hosts; allow: one does', () => {
    const stars = (mesh: string): number =>
      found(lower(linked(services, mesh)), 'RouteConfiguration', 'outbound').virtual_hosts.filter(
        (host: Loose) => host.domains.includes('*'),
      ).length;
    expect(stars('  egress: deny\n')).toBe(0);
    expect(stars('  egress: allow\n')).toBe(1);
  });
});

describe('matches', () => {
  test('"prefix: /a is by path element", and `/a/` is the same', () => {
    for (const written of ['/a', '/a/']) {
      const host = ruled(`    - match: [{path: {prefix: ${written}}}]\n      backends: [{version: v1}]`);
      expect(ordinary(host)[0].match).toEqual({ path_separated_prefix: '/a' });
    }
  });

  test('`not` is "true when the header is absent": it becomes two routes, since Envoy\'s inverted matcher is false then', () => {
    const host = ruled(
      '    - match: [{headers: {x-a: {not: {prefix: b}}}}]\n      backends: [{version: v1}]',
    );
    expect(ordinary(host).map(({ match }) => match.headers)).toEqual([
      [{ name: 'x-a', present_match: false }],
      [{ name: 'x-a', string_match: { prefix: 'b' }, invert_match: true }],
    ]);
  });

  test('`from` compares the identity of the caller that the listener records', () => {
    const host = ruled(
      '    - match: [{from: [{service: web}, {namespace: ops}]}]\n      backends: [{version: v1}]',
    );
    const { regex } = ordinary(host)[0].match.filter_state[0].string_match.safe_regex;
    expect('spiffe://t.example/ns/shop/sa/web').toMatch(new RegExp(`^(?:${regex})$`));
    expect('spiffe://t.example/ns/ops/sa/any').toMatch(new RegExp(`^(?:${regex})$`));
    expect('spiffe://t.example/ns/shop/sa/webber').not.toMatch(new RegExp(`^(?:${regex})$`));
    expect('spiffe://txexample/ns/shop/sa/web').not.toMatch(new RegExp(`^(?:${regex})$`));
  });

  test('a caller that always has an identity needs no condition for `authenticated`', () => {
    const host = ruled('    - match: [{from: [{authenticated: true}]}]\n      backends: [{version: v1}]');
    expect(ordinary(host)[0].match).toEqual({ prefix: '/' });
  });
});

describe('actions', () => {
  test('there is no implicit default: the timeout is written, and without a retry policy there are no retries', () => {
    const { route } = ordinary(ruled('    - backends: [{version: v1}]'))[0];
    expect(route).toEqual({ cluster: 'shop/reviews/v1/http', timeout: '15s' });
  });

  test('`0s` means no limit', () => {
    expect(ordinary(ruled('    - backends: [{version: v1}]\n      timeout: 0s'))[0].route.timeout).toBe('0s');
  });

  test('weights are relative; all zero is 503, since Envoy refuses such a split', () => {
    const split = ordinary(ruled('    - backends: [{version: v1, weight: 3}, {version: v2, weight: 1}]'))[0];
    expect(split.route.weighted_clusters.clusters).toEqual([
      { name: 'shop/reviews/v1/http', weight: 3 },
      { name: 'shop/reviews/v2/http', weight: 1 },
    ]);
    const none = ordinary(ruled('    - backends: [{version: v1, weight: 0}, {version: v2, weight: 0}]'))[0];
    expect(none.direct_response.status).toBe(503);
  });

  test('"A request that may not be retried has no per-try limit": its methods have a separate route', () => {
    const [retried, others] = ordinary(
      ruled(
        '    - backends: [{version: v1}]\n      retries: {attempts: 2, perTryTimeout: 300ms, methods: [GET], on: [503]}',
      ),
    );
    expect(retried.match.headers).toEqual([{ name: ':method', string_match: { exact: 'GET' } }]);
    expect(retried.route.retry_policy).toMatchObject({
      num_retries: 2,
      per_try_timeout: '0.3s',
      retriable_status_codes: [503],
      retry_back_off: { base_interval: '0.025s', max_interval: '0.25s' },
    });
    expect(others.match.headers).toBeUndefined();
    expect(others.route.retry_policy).toBeUndefined();
  });

  test('`replacePrefix: /` leaves one slash', () => {
    const host = ruled(
      '    - match: [{path: {prefix: /a.b}}]\n      backends: [{version: v1}]\n      rewrite: {path: {replacePrefix: /}}',
    );
    const { pattern, substitution } = ordinary(host)[0].route.regex_rewrite;
    const rewritten = (path: string): string => path.replace(new RegExp(pattern.regex), substitution);
    expect([rewritten('/a.b/c'), rewritten('/a.b'), rewritten('/a.b/')]).toEqual(['/c', '/', '/']);
  });

  test('"Values are literal": commands of Envoy are escaped', () => {
    const host = ruled(
      '    - backends: [{version: v1}]\n      headers: {request: {set: {x-a: "50%REQ(x)%"}}}',
    );
    expect(ordinary(host)[0].request_headers_to_add[0].header.value).toBe('50%%REQ(x)%%');
  });

  test('a limit has one bucket, however many routes its rule becomes', () => {
    const host = ruled(
      '    - match: [{path: {prefix: /a}}, {path: {prefix: /b}}]\n      backends: [{version: v1}]\n      rateLimit: {requests: 10, per: 1s, burst: 5}',
    );
    const limit = host.typed_per_filter_config['envoy.filters.http.local_ratelimit'];
    expect(limit.descriptors).toHaveLength(1);
    expect(limit.descriptors[0].token_bucket).toEqual({
      max_tokens: 15,
      tokens_per_fill: 10,
      fill_interval: '1s',
    });
    const ids = ordinary(host).map(({ metadata }) => metadata.filter_metadata.meshwright.limit);
    expect(new Set(ids)).toEqual(new Set([limit.descriptors[0].entries[0].value]));
  });

  test('a preflight is answered before any rule, by path and methods of the rule with cors', () => {
    const host = ruled(
      '    - match: [{path: {prefix: /}, headers: {x: {exact: a}}}]\n      respond: {status: 418}\n    - match: [{path: {exact: /c}, methods: [GET]}]\n      backends: [{version: v1}]\n      cors: {allowOrigins: ["https://a.example"], allowMethods: [GET], maxAge: 1h}',
    );
    expect(ordinary(host)[0]).toMatchObject({
      match: {
        path: '/c',
        headers: [
          { name: ':method', string_match: { exact: 'OPTIONS' } },
          { name: 'origin', string_match: { exact: 'https://a.example' } },
          { name: 'access-control-request-method', string_match: { exact: 'GET' } },
        ],
      },
      direct_response: { status: 200 },
    });
  });
});
