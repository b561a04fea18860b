import { expect, test } from 'vitest';
import envoy from '../../../../src/core/targets/envoy/index.ts';
import { lossOf } from '../../../../src/core/targets/loss.ts';
import { linked } from './lowered.ts';

const external = `
kind: External
metadata: {name: bank, namespace: shop}
spec:
  hosts: [bank.example]
  ports: {http: {port: 443}}
  tls: {ca: {CA}}
`;

const target = (more: string): string =>
  `  targets: {vms: {platform: envoy, output: {directory: out}${more}}}\n`;

function losses(ca: string, degrade = ''): readonly string[] {
  const ir = linked(external.replace('CA', ca), target(degrade));
  const config = ir.targets['vms'];
  if (config === undefined) throw new Error('no target');
  return lossOf(ir, config, envoy).map(
    ({ feature, diagnostic }) =>
      `${diagnostic.severity} ${feature} ${diagnostic.location.file}:${String(diagnostic.location.range.start.line)}`,
  );
}

test("material that a machine can't read is an error at its line, or with `degrade` a warning", () => {
  expect(losses('file: /etc/bank.pem')).toEqual([]);
  expect(losses('secret: bank-ca')).toEqual(['error external.tls shop.yaml:8']);
  expect(losses('secret: bank-ca', ', degrade: [external.tls]')).toEqual([
    'warning external.tls shop.yaml:8',
  ]);
});

test('a limit of one version is reported only for that version', () => {
  const labels = '  telemetry: {metrics: {labels: {tenant: "request.headers[\'x-tenant\']"}}}\n';
  const features = (version: string): readonly string[] => {
    const ir = linked(
      external.replace('CA', 'file: /ca.pem'),
      `${target(`, version: "${version}"`)}${labels}`,
    );
    const config = ir.targets['vms'];
    return config === undefined ? [] : lossOf(ir, config, envoy).map(({ feature }) => feature);
  };
  expect(features('1.38')).toEqual(['telemetry.metric-labels']);
  expect(features('1.40')).toEqual([]);
});

test('a gateway that passes TLS on can not restrict the callers of an External', () => {
  const spec = (from: string): string => `
kind: Gateway
metadata: {name: exit, namespace: shop}
spec:
  type: egress
  listeners: {tls: {port: 443, protocol: tls}}
---
kind: External
metadata: {name: bank, namespace: shop}
spec:
  hosts: [bank.example]
  ports: {tls: {port: 443, protocol: tls}}
  gateway: exit
${from}`;
  const found = (from: string): readonly string[] => {
    const ir = linked(spec(from), target(''));
    const config = ir.targets['vms'];
    if (config === undefined) throw new Error('no target');
    return lossOf(ir, config, envoy).map(({ feature, diagnostic }) => `${diagnostic.severity} ${feature}`);
  };
  expect(found('')).toEqual([]);
  expect(found('  from: [{namespace: shop}]\n')).toEqual(['error external.gateway']);
});
