import { afterAll, beforeAll, describe, test } from 'vitest';
import { appAddress, appVersions, doorPrograms, IstiodDoor } from './harness/istiod-door.ts';
import { instancesOf } from './harness/istiod-world.ts';

const namespace = 'by-istiod';

/** The mesh before and after a change of its Route. */
const rules = {
  first: `
    - match: [{path: {prefix: /old}}]
      redirect: {path: /new, status: 301}
    - match: [{path: {prefix: /canary}, headers: {x-canary: {exact: "yes"}}}]
      backends: [{service: app, version: v2}]
    - match: [{path: {prefix: /}, methods: [GET, POST]}]
      backends: [{service: app, version: v1}]`,
  second: `
    - match: [{path: {prefix: /old}}]
      respond: {status: 410, body: gone}
    - match: [{path: {prefix: /}, methods: [GET]}]
      rewrite: {path: {replaceFull: /moved}}
      backends: [{service: app, version: v2}]`,
};

const requests = [
  { path: '/' },
  { path: '/', method: 'POST' },
  { path: '/', method: 'PUT' },
  { path: '/old/x' },
  { path: '/canary/a', headers: { 'x-canary': 'yes' } },
  { path: '/canary/a' },
  { path: '/closed/a' },
].map((request) => ({ gateway: `${namespace}/door`, host: 'shop.example', ...request }));

describe.skipIf(doorPrograms === undefined)('istiod beside the API server', () => {
  const door = (doorPrograms &&
    new IstiodDoor({
      namespace,
      target: 'platform: istio',
      documents: `---
apiVersion: mesh/v1
kind: Access
metadata: {name: door, namespace: ${namespace}}
spec: {gateway: door, rules: [{deny: {to: [{paths: [{prefix: /closed}]}]}}]}
`,
      objects: (network) => [
        instancesOf(
          'app',
          namespace,
          appVersions.map((version, i) => ({
            address: appAddress(network, i),
            labels: { app: 'app', version },
          })),
        ),
      ],
    })) as IstiodDoor;
  beforeAll(() => door.start(), 120_000);
  afterAll(() => door.stop());

  test('an apply, another one and a rollback: the proxy answers as the spec says', {
    timeout: 120_000,
  }, async () => {
    await door.expectCycle(rules, requests);
  });
});
