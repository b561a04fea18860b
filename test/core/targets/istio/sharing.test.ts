import { describe, expect, test } from 'vitest';
import { limits } from './lowered.ts';

/** Returns a service; its other fields are in the flow style of YAML. */
function service(name: string, namespace: string, fields: string): string {
  return `kind: Service\nmetadata: {name: ${name}, namespace: ${namespace}}\nspec: {${fields}}\n---\n`;
}

function access(name: string, namespace: string, rule: string): string {
  return `kind: Access\nmetadata: {name: ${name}, namespace: ${namespace}}\nspec: {service: ${name}, rules: [${rule}]}\n---\n`;
}

const path = '{allow: {to: [{paths: [{prefix: /a}]}], from: [{anyone: true}]}}';
const http = 'ports: {http: {port: 80}}';
const inRoot = { options: { rootNamespace: 'shop' } };

describe('the limit of an Access on ports that others have, too', () => {
  test('names the root namespace for a single service in it', () => {
    const documents = service('web', 'shop', http) + access('web', 'shop', path);
    expect(limits(documents, '', inRoot)).toEqual([
      expect.stringMatching(/^access\.identity: it lies in Istio's root namespace/),
    ]);
    expect(limits(documents)).toEqual([]);
  });

  test('names another port of the service that leads to the same port of the pods', () => {
    const ports =
      'ports: {http: {port: 80, targetPort: 8080}, other: {port: 81, targetPort: 8080, protocol: http}}';
    const rule = '{allow: {to: [{ports: [http]}], from: [{anyone: true}]}}';
    expect(limits(service('web', 'shop', ports) + access('web', 'shop', rule))).toEqual([
      expect.stringMatching(/^access\.identity: another of its ports/),
    ]);
  });
});

describe('an open service', () => {
  const open = '  access: allow\n';
  const allowed = '{allow: {from: [{anyone: true}]}}';
  const denied = '{deny: {to: [{paths: [{prefix: /a}]}]}}';
  const pods = `${http}, workload: {labels: {app: both}}`;

  test('has no limit where no other service refuses calls to its pods', () => {
    expect(limits(service('web', 'shop', http), open, inRoot)).toEqual([]);
    // Both are open, and only the other one has rules: those of this service refuse nothing of its own.
    const documents =
      service('free', 'shop', pods) + service('one', 'shop', pods) + access('one', 'shop', denied);
    const found = limits(documents, open).filter((limit) => limit.includes('the policies of'));
    expect(found).toEqual([
      'access.identity: the policies of Service shop/one, which refuse calls, guard its pods, too',
    ]);
  });

  test('has a limit where a closed service is on its pods', () => {
    const documents =
      service('free', 'shop', pods) + service('one', 'shop', pods) + access('one', 'shop', allowed);
    expect(limits(documents, open)).toContainEqual(
      expect.stringMatching(/the policies of Service shop\/one, which refuse calls, guard its pods/),
    );
  });

  test('has a limit where a closed service of the root namespace has its labels', () => {
    const documents =
      service('free', 'other', pods) + service('one', 'shop', pods) + access('one', 'shop', allowed);
    expect(limits(documents, open, inRoot)).toContainEqual(
      expect.stringMatching(/the policies of Service shop\/one, which refuse calls, guard its pods/),
    );
    expect(limits(documents, open)).toEqual([]);
  });
});
