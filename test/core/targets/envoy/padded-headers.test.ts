import { RE2JS } from 're2js';
import { expect, test } from 'vitest';
import type { Loose } from './loose.ts';
import { found, linked, lower } from './lowered.ts';

const endpoints = (machine: number): string =>
  `endpoints: {default: [{app: "127.0.0.${String(machine)}:8080", inbound: "127.0.0.${String(machine)}:15006", outbound: "127.0.0.${String(machine)}:15001", admin: "127.0.0.${String(machine)}:15000"}]}`;

const mesh = `
kind: Service
metadata: {name: api, namespace: shop}
spec:
  ports: {http: {port: 80}}
  loadBalancing: {affinity: {header: X-Session}}
  ${endpoints(2)}
---
kind: Service
metadata: {name: plain, namespace: shop}
spec:
  ports: {http: {port: 80}}
  ${endpoints(3)}
---
kind: Route
metadata: {name: api, namespace: shop}
spec:
  service: api
  rules:
    - match: [{headers: {X-User: {not: {exact: bad}}}, cookies: {a: {exact: b}}}]
      rateLimit: {requests: 1, per: 1s, key: {header: x-key}}
      cors: {allowOrigins: ["https://a.example"]}
    - {}
---
kind: Access
metadata: {name: api, namespace: shop}
spec:
  service: api
  rules:
    - deny:
        to: [{headers: {x-block: {present: true}}}]
        except: [{to: [{headers: {x-pass: {exact: yes}}}]}]
---
kind: Authentication
metadata: {name: api, namespace: shop}
spec:
  services: [api]
  issuers: {s: {issuer: s, jwks: {uri: "https://s.example/k"}, from: [{header: X-Token}]}}
  externalAuthorization: {service: plain, includeHeaders: [x-seen], except: [{to: [{headers: {x-free: {present: true}}}]}]}
---
kind: Gateway
metadata: {name: edge, namespace: shop}
spec:
  listeners:
    web: {port: 8080, protocol: http}
    old: {port: 8081, protocol: http, httpsRedirect: true, clientAddress: {forwarded: 1}}
    new: {port: 8443, protocol: https, tls: {certificate: {issued: true}}}
  endpoints: [{address: 127.0.0.9, admin: "127.0.0.9:15000"}]
---
kind: Route
metadata: {name: edge, namespace: shop}
spec:
  gateways: [edge]
  hostnames: [a.example]
  rules: [{match: [{headers: {x-at-edge: {regex: "a+"}}}], backends: [{service: plain}]}]
`;

const artifacts = lower(linked(mesh));

function policies(routes: Loose): Loose {
  return routes.typed_per_filter_config?.['unsafe-paths']?.rbac.rules.policies;
}

function names(routes: Loose): readonly string[] {
  return policies(routes)['unsafe-headers'].permissions.map(({ header }: Loose) => header.name);
}

test('a proxy refuses blanks around each header that its routes or checks read, and no other', () => {
  expect(names(found(artifacts, 'RouteConfiguration', 'outbound'))).toEqual([
    'access-control-request-method',
    'origin',
    'x-key',
    'x-session',
    'x-user',
  ]);
  expect(names(found(artifacts, 'RouteConfiguration', 'inbound/http', 'api'))).toEqual([
    'x-block',
    'x-free',
    'x-pass',
    'x-seen',
    'x-token',
  ]);
  expect(names(found(artifacts, 'RouteConfiguration', 'web'))).toEqual(['x-at-edge']);
  expect(names(found(artifacts, 'RouteConfiguration', 'old'))).toEqual(['x-at-edge', 'x-forwarded-proto']);
  expect(policies(found(artifacts, 'RouteConfiguration', 'inbound/http', 'plain'))).toBeUndefined();
});

test('routes with refused headers refuse unsafe paths, too', () => {
  const own = policies(found(artifacts, 'RouteConfiguration', 'outbound'));
  expect(own['unsafe-paths'].permissions).toHaveLength(4);
});

test('the pattern matches values with a blank at their beginning or end', () => {
  const [{ header }] = policies(found(artifacts, 'RouteConfiguration', 'outbound'))['unsafe-headers']
    .permissions;
  const pattern = RE2JS.compile(header.string_match.safe_regex.regex);
  for (const value of [' a', 'a ', '\ta', 'a\t', ' ', '\t', ' a b '])
    expect([value, pattern.testExact(value)]).toEqual([value, true]);
  for (const value of ['', 'a', 'a b', 'a,\tb'])
    expect([value, pattern.testExact(value)]).toEqual([value, false]);
});
