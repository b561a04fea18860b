import { expect, test } from 'vitest';
import { type AskedImport, askedImport } from '../../import/asked-import.ts';
import { nativeService } from '../../import/native-service.ts';

const services = [
  ['books', 'shop'],
  ['web', 'shop'],
  ['job', 'ops'],
  ['evil', 'other'],
]
  .map(([name = '', namespace = '']) => nativeService(name, { namespace }))
  .join('');

const groups = `
apiVersion: tsb.tetrate.io/v2
kind: Workspace
metadata: {name: w}
spec: {namespaceSelector: {names: ['*/shop', '*/ops']}}
---
apiVersion: security.tsb.tetrate.io/v2
kind: Group
metadata: {name: g, annotations: {tsb.tetrate.io/workspace: w}}
spec: {namespaceSelector: {names: ['c1/shop']}}
---
`;

const annotations = 'annotations: {tsb.tetrate.io/workspace: w, tsb.tetrate.io/securityGroup: g}';

function setting(authorization: string): string {
  return `
apiVersion: security.tsb.tetrate.io/v2
kind: SecuritySetting
metadata: {name: s, ${annotations}}
spec: {authorization: ${authorization}}
---
`;
}

async function imported(...texts: readonly string[]): Promise<AskedImport> {
  return askedImport('tsb', services + groups + texts.join(''));
}

/** Returns the callers that get through to a service. */
function callersOf({ outcome }: AskedImport, to = 'shop/books'): readonly string[] {
  return ['shop/web', 'ops/job', 'other/evil'].filter((from) => outcome({ from, to }) === 'forwarded');
}

test.each([
  ['NAMESPACE', '{mode: NAMESPACE}', ['shop/web']],
  ['GROUP', '{mode: GROUP}', ['shop/web']],
  ['WORKSPACE', '{mode: WORKSPACE}', ['shop/web', 'ops/job']],
  ['CLUSTER', '{mode: CLUSTER}', ['shop/web', 'ops/job', 'other/evil']],
  ['DISABLED', '{mode: DISABLED}', ['shop/web', 'ops/job', 'other/evil']],
  ['UNSET', '{mode: UNSET}', ['shop/web', 'ops/job', 'other/evil']],
  ['CUSTOM', '{mode: CUSTOM, serviceAccounts: [ops/job]}', ['ops/job']],
  ['CUSTOM with stars', '{mode: CUSTOM, serviceAccounts: ["./*"]}', ['shop/web']],
  ['CUSTOM without accounts', '{mode: CUSTOM}', []],
  ['RULES', '{mode: RULES, rules: {denyAll: true}}', []],
])('the mode %s lets in its callers', async (_name, authorization, callers) => {
  const asked = await imported(setting(authorization));
  expect(callersOf(asked)).toEqual(callers);
  // A service of another group stays as it is.
  expect(callersOf(asked, 'other/evil')).toEqual(['shop/web', 'ops/job', 'other/evil']);
});

test('the setting of a service replaces that of its group, and this that of the workspace', async () => {
  const own = `
apiVersion: security.tsb.tetrate.io/v2
kind: ServiceSecuritySetting
metadata: {name: s, ${annotations}}
spec: {service: shop/books.shop.svc.cluster.local, settings: {authorization: {mode: CUSTOM, serviceAccounts: [ops/job]}}}
---
`;
  const workspace = `
apiVersion: tsb.tetrate.io/v2
kind: WorkspaceSetting
metadata: {name: d, ${annotations}}
spec: {defaultSecuritySetting: {authorization: {mode: WORKSPACE}}}
---
`;
  const asked = await imported(own, setting('{mode: NAMESPACE}'), workspace);
  expect(callersOf(asked)).toEqual(['ops/job']);
  expect(callersOf(asked, 'shop/web')).toEqual(['shop/web']);
  expect(callersOf(asked, 'ops/job')).toEqual(['shop/web', 'ops/job']);
});

test('a setting for services that are not there, and an external authorizer, are errors', async () => {
  const gone = setting('{mode: NAMESPACE}').replace('securityGroup: g', 'securityGroup: gone');
  expect((await imported(gone)).codes).toContain('MESH7003');
  const external = setting('{mode: CLUSTER, http: {external: {uri: "grpc://127.0.0.1:9191"}}}');
  expect((await imported(external)).codes).toContain('MESH7003');
});

test.each([
  ['REPLACE', false],
  ['STRICTER', true],
])('settings above are not asked, which is an error where they should be: %s', async (strategy, isError) => {
  const own = setting('{mode: NAMESPACE}').replace(
    'spec: {authorization',
    `spec: {propagationStrategy: ${strategy}, authorization`,
  );
  expect((await imported(own)).codes.includes('MESH7003')).toBe(isError);
});

test('callers of a workspace that is not among the input are refused, with a warning', async () => {
  const lone = groups.slice(groups.indexOf('---'));
  const asked = await askedImport('tsb', services + lone + setting('{mode: WORKSPACE}'));
  expect(callersOf(asked)).toEqual([]);
  expect(asked.codes).toContain('MESH7004');
});
