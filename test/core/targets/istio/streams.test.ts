import { describe, expect, test } from 'vitest';
import { limits, objects } from './lowered.ts';

const spec = (rules: string, more = '') => `
kind: Service
metadata: {name: db, namespace: shop}
spec:
  ports: {PORT}
  versions: {v1: {}, v2: {}}
${more}
---
kind: Service
metadata: {name: tool, namespace: ops}
spec: {}
---
kind: Route
metadata: {name: db, namespace: shop}
spec: {service: db, rules: [${rules}]}
`;
const tls = (rules: string, more = '') => spec(rules, more).replace('PORT', 'tls: {port: 443}');
const tcp = (rules: string, more = '') => spec(rules, more).replace('PORT', 'mysql: {port: 3306}');
const made = (documents: string, options = {}) =>
  objects(documents, '', { options })['VirtualService/shop/db'];
const to = (subset: string, number: number) => ({
  destination: { host: 'db.shop.svc.cluster.local', subset, port: { number } },
});
const tool = { sourceNamespace: 'ops', sourceLabels: { app: 'tool' } };

describe('connections', () => {
  test('to all alike need no rule: that is the default of Istio', () => {
    expect(made(tcp('').replace(/---\nkind: Route[^]*/, ''))).toBeUndefined();
  });

  test('by caller use the first rule that matches one', () => {
    expect(
      made(
        tcp(
          '{match: [{from: [{service: ops/tool}]}], backends: [{version: v2}]}, {backends: [{version: v1}]}',
        ),
      )!.spec.tcp,
    ).toEqual([
      { match: [{ port: 3306, ...tool }], route: [to('v2', 3306)] },
      { match: [{ port: 3306 }], route: [to('v1', 3306)] },
    ]);
  });

  test('without a matching rule are closed', () => {
    expect(
      made(tcp('{match: [{from: [{service: ops/tool}]}], backends: [{version: v2}]}'))!.spec.tcp.at(-1),
    ).toEqual({
      match: [{ port: 3306 }],
      route: [to('meshwright-nowhere', 3306)],
    });
  });

  test('by server name use a narrower name only if no earlier rule matches it', () => {
    const rules =
      '{match: [{sni: ["*.one.example"]}], backends: [{version: v1}]}, {match: [{sni: [a.one.example, two.example]}], backends: [{version: v2}]}';
    const { hosts, tls: written } = made(tls(rules))!.spec;
    expect(hosts).toEqual(['db.shop.svc.cluster.local', '*.one.example', 'two.example']);
    expect(written).toEqual([
      { match: [{ port: 443, sniHosts: ['*.one.example'] }], route: [to('v1', 443)] },
      { match: [{ port: 443, sniHosts: ['two.example'] }], route: [to('v2', 443)] },
    ]);
  });

  test('a caller without a matching rule gets no default route', () => {
    expect(
      made(tls('{match: [{sni: [a.example], from: [{service: ops/tool}]}], backends: [{version: v1}]}'))!.spec
        .tls,
    ).toEqual([
      { match: [{ port: 443, sniHosts: ['a.example'], ...tool }], route: [to('v1', 443)] },
      {
        match: [{ port: 443, sniHosts: ['db.shop.svc.cluster.local'] }],
        route: [to('meshwright-nowhere', 443)],
      },
    ]);
  });

  test('a rule without a name matches only that of the service, and this is reported', () => {
    const rules = '{backends: [{version: v1}]}';
    expect(made(tls(rules))!.spec.tls).toEqual([
      {
        match: [
          { port: 443, sniHosts: ['db.shop.svc.cluster.local'] },
          { port: 443, sniHosts: ['db.shop'] },
        ],
        route: [to('v1', 443)],
      },
    ]);
    expect(limits(tls(rules)).map((limit) => limit.split(':')[0])).toEqual(['route.sni']);
  });

  test('a service exposed to some namespaces is closed to the others', () => {
    expect(made(tcp('{backends: [{version: v1}]}', '  exposeTo: []'))!.spec.tcp).toEqual([
      { match: [{ port: 3306, sourceNamespace: 'shop' }], route: [to('v1', 3306)] },
      { match: [{ port: 3306 }], route: [to('meshwright-nowhere', 3306)] },
    ]);
  });
});

test('a waypoint can not identify the caller of a connection, so in ambient no rule has callers', () => {
  const rules =
    '{match: [{from: [{service: ops/tool}]}], backends: [{version: v2}]}, {backends: [{version: v1}]}';
  expect(made(tcp(rules, '  exposeTo: []'), { mode: 'ambient' })!.spec.tcp).toEqual([
    { match: [{ port: 3306 }], route: [to('v1', 3306)] },
  ]);
});
