import { expect, test } from 'vitest';
import { accessRow } from '../../../src/core/reach/access-row.ts';
import { listAccess } from '../../../src/core/reach/list-access.ts';
import { document, linked, mesh } from '../ir/linked.ts';

test('unused calls of a service with the name of a gateway are listed, and no client of the gateway', () => {
  const ir = linked(
    mesh('mtls: strict'),
    document('Service', 'web', ['ports: {http: {port: 80}}', 'calls: []']),
    document('Service', 'pay', ['calls: []']),
    document('Gateway', 'web', ['listeners: {http: {port: 8080, protocol: http}}']),
    document('Route', 'web', ['gateways: [web]', 'rules: [{backends: [{service: web}]}]']),
    document('Access', 'web', ['service: web', 'rules: [{allow: {from: [{service: pay}]}}]']),
    document('Access', 'front', ['gateway: web', 'rules: [{allow: {from: [{anyone: true}]}}]']),
  );
  const rows = [...listAccess(ir, { isUnused: true })];
  expect(rows.map(({ from, to, port }) => `${from.join(', ')} ${to}:${port}`)).toEqual([
    'shop/pay shop/web:http',
  ]);
});

test('Externals are listed beside services, also as unused calls', () => {
  const ir = linked(
    mesh('mtls: strict'),
    document('Service', 'web', ['ports: {http: {port: 80}}', 'calls: [used]']),
    document('Access', 'web', ['service: web', 'rules: [{allow: {from: [{service: web}]}}]']),
    ...['used', 'bank'].map((name) =>
      document('External', name, [`hosts: [${name}.example]`, 'ports: {tls: {port: 443, protocol: tls}}']),
    ),
  );
  const externals = (isUnused: boolean): readonly string[] =>
    [...listAccess(ir, { isUnused })].flatMap(({ from, to }) =>
      to === 'shop/web' ? [] : [`${from.join(', ')} ${to}`],
    );
  expect(externals(true)).toEqual(['shop/web shop/bank']);
  expect(externals(false)).toHaveLength(2);
});

test('the access of a service has no requests that the caller sends to another one by the Host', () => {
  const ir = linked(
    mesh('mtls: strict'),
    document('Service', 'web', ['ports: {http: {port: 80}}']),
    document('Service', 'other', ['ports: {http: {port: 80}}']),
    document('Access', 'other', ['service: other', 'rules: [{allow: {from: [{service: web}]}}]']),
    document('Service', 'pay', ['ports: {http: {port: 80}}']),
    document('Access', 'pay', [
      'service: pay',
      'rules: [{allow: {from: [{service: web}], to: [{hosts: [pay.shop, other.shop], methods: [GET]}]}}]',
    ]),
  );
  const web = { caller: { type: 'service', id: 'shop/web' } as const, name: 'shop/web' };
  const rows = [...listAccess(ir, { from: web, to: 'shop/pay', isUnused: false })].map(accessRow);
  // The proxy of web sends a request with the host other.shop to shop/other.
  expect(rows.map(({ to, methods, when }) => ({ to, methods, when }))).toEqual([
    { to: 'shop/pay', methods: ['GET'], when: { 'the host': ['pay.shop:80'] } },
  ]);
});
