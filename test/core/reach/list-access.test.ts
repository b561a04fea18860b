import { expect, test } from 'vitest';
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
