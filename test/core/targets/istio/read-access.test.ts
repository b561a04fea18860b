import { expect, test } from 'vitest';
import { askedImport } from '../../import/asked-import.ts';

const services = `
apiVersion: v1
kind: Service
metadata: {name: reviews, namespace: shop}
spec: {selector: {app: reviews}, ports: [{name: http, port: 80}]}
---
apiVersion: v1
kind: Service
metadata: {name: db, namespace: shop}
spec: {selector: {app: db}, ports: [{name: tcp, port: 5432}]}
---
apiVersion: v1
kind: Service
metadata: {name: web, namespace: front}
spec: {selector: {app: web}, ports: [{name: http, port: 80}]}
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: web, namespace: front}
spec: {selector: {}, template: {metadata: {labels: {app: web, tier: edge}}, spec: {serviceAccountName: web}}}
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: db, namespace: shop}
spec: {selector: {}, template: {metadata: {labels: {app: db, tier: edge}}, spec: {serviceAccountName: db}}}
---
`;

/** Returns an AuthorizationPolicy for the pods of an app. */
function policy(app: string, spec: string, annotations = '{}'): string {
  return `
apiVersion: security.istio.io/v1
kind: AuthorizationPolicy
metadata: {name: policy-${String(spec.length)}, namespace: shop, annotations: ${annotations}}
spec: {selector: {matchLabels: {app: ${app}}}, ${spec}}
---
`;
}

const imported = (native: string) => askedImport('istio', services + native);

// "L7 fields on a TCP port: ALLOW never matches" (security validation of the mesh).
test.each([
  'to: [{operation: {paths: ["/*"]}}]',
  'to: [{operation: {methods: ["*"]}}]',
  'to: [{operation: {hosts: ["*"]}}]',
  'to: [{operation: {notPaths: ["/admin"]}}]',
  'to: [{operation: {notMethods: [DELETE]}}]',
  'when: [{key: "request.headers[x-a]", notValues: [b]}]',
])('an ALLOW about requests opens no port of connections: %s', async (rule) => {
  const { outcome } = await imported(policy('db', `rules: [{${rule}}]`));
  expect(outcome({ from: 'front/web', to: 'shop/db' })).toBe('refused');
});

test('an ALLOW about requests in a whole namespace opens its ports of requests alone', async () => {
  const whole = policy('db', 'rules: [{to: [{operation: {methods: ["*"]}}]}]').replace(
    'selector: {matchLabels: {app: db}}, ',
    '',
  );
  const { outcome } = await imported(whole);
  expect(outcome({ from: 'front/web', to: 'shop/db' })).toBe('refused');
  expect(outcome({ from: 'front/web', to: 'shop/reviews' })).toBe('forwarded');
});

// A star at the start is a suffix, and the one at the end is then a character; an exact text has to have all of `/sa/`.
test.each(['*/ns/evil/sa/*', '*/ns/evil/*', 'cluster.local/ns/evil/bar'])(
  'the principal %s lets nobody in',
  async (principal) => {
    const { outcome } = await imported(
      policy('reviews', `rules: [{from: [{source: {principals: ["${principal}"]}}]}]`),
    );
    const from = 'spiffe://cluster.local/ns/evil/sa/bar';
    expect(outcome({ from, to: 'shop/reviews' })).toBe('refused');
  },
);

test.each([
  ['notPrincipals: ["*/sa/foo"]', 'spiffe://cluster.local/ns/elsewhere/sa/foo'],
  ['notNamespaces: ["fr*"]', 'spiffe://cluster.local/ns/friends/sa/foo'],
])('an exception of an allow holds in namespaces beyond the input: %s', async (source, from) => {
  const { outcome } = await imported(policy('reviews', `rules: [{from: [{source: {${source}}}]}]`));
  expect(outcome({ from, to: 'shop/reviews' })).toBe('refused');
});

test.each(['1', 't', 'T', 'true', 'TRUE', 'True'])('a dry run by "%s" allows nobody', async (word) => {
  const { outcome } = await imported(
    policy('reviews', 'rules: [{}]', `{istio.io/dry-run: "${word}"}`) +
      policy('reviews', 'rules: [{from: [{source: {namespaces: [shop]}}]}]'),
  );
  expect(outcome({ from: 'front/web', to: 'shop/reviews' })).toBe('refused');
});

test('a host with one port of its own does not let the host in at all ports', async () => {
  const { outcome, codes } = await imported(
    policy('reviews', 'rules: [{to: [{operation: {hosts: ["a.example:8080"]}}]}]'),
  );
  const from = 'spiffe://cluster.local/ns/front/sa/job';
  expect(outcome({ from, to: 'shop/reviews', host: 'a.example' })).toBe('refused');
  expect(codes).toContain('MESH7004');
});

test.each(['rules: []', 'rules: [{to: [{operation: {ports: ["9999"]}}]}]'])(
  'a DENY of nothing closes nothing: %s',
  async (rules) => {
    const { outcome } = await imported(policy('reviews', `action: DENY, ${rules}`));
    expect(outcome({ from: 'front/web', to: 'shop/reviews' })).toBe('forwarded');
  },
);

test('every item of a list is read after one that the language cannot say', async () => {
  const principals = 'principals: ["a*", "cluster.local/ns/x/sa/y"]';
  const { codes } = await imported(
    policy('reviews', `action: DENY, rules: [{from: [{source: {${principals}}}]}]`),
  );
  expect(codes).not.toContain('MESH7000');
});

test('a policy of the root namespace finds services by labels that only their pods have', async () => {
  const { outcome } = await imported(`
apiVersion: security.istio.io/v1
kind: AuthorizationPolicy
metadata: {name: edge, namespace: istio-system}
spec: {selector: {matchLabels: {tier: edge}}, action: DENY, rules: [{from: [{source: {namespaces: [front]}}]}]}
`);
  expect(outcome({ from: 'front/web', to: 'shop/db' })).toBe('refused');
  expect(outcome({ from: 'front/web', to: 'shop/reviews' })).toBe('forwarded');
});

function deployment(version: string): string {
  return `
apiVersion: apps/v1
kind: Deployment
metadata: {name: reviews-${version}, namespace: shop}
spec: {selector: {}, template: {metadata: {labels: {app: reviews, version: ${version}}}, spec: {}}}
---
`;
}

const versions = deployment('v1') + deployment('v2');

function ofVersion(version: string, spec: string): string {
  return policy('reviews', spec)
    .replace('app: reviews', `version: ${version}`)
    .replace('name: policy', `name: policy-${version}`);
}

const fromShop = 'rules: [{from: [{source: {namespaces: [shop]}}]}]';

test('an ALLOW for some pods of a service is an error where other pods are closed', async () => {
  const both = await imported(versions + ofVersion('v1', fromShop) + ofVersion('v2', 'rules: []'));
  expect(both.codes).toContain('MESH7003');
  const alone = await imported(versions + ofVersion('v1', fromShop));
  expect(alone.codes).not.toContain('MESH7003');
  expect(alone.codes).toContain('MESH7004');
  const whole = await imported(versions + policy('reviews', fromShop));
  expect(whole.codes.filter((code) => /^MESH700[34]$/.test(code))).toEqual([]);
});

test('a DENY for some pods of a service is a warning, and refuses at all', async () => {
  const { codes, outcome } = await imported(versions + ofVersion('v1', `action: DENY, ${fromShop}`));
  expect(codes).toContain('MESH7004');
  expect(outcome({ from: 'shop/db', to: 'shop/reviews' })).toBe('refused');
});

const ghost = `
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: {name: ghost, namespace: NAMESPACE}
spec: {hosts: [ghost], http: [{route: [{destination: {host: ghost, port: {number: 8080}}}]}]}
---
`;

test('policies of a namespace and of the mesh hold for services that are guessed', async () => {
  const root = policy('reviews', fromShop)
    .replace('namespace: shop', 'namespace: istio-system')
    .replace('selector: {matchLabels: {app: reviews}}, ', '');
  const far = await imported(root + ghost.replace('NAMESPACE', 'far'));
  expect(far.outcome({ from: 'front/web', to: 'far/ghost' })).toBe('refused');
  expect(far.outcome({ from: 'shop/db', to: 'far/ghost' })).toBe('forwarded');
  const ports = policy('reviews', 'action: DENY, rules: [{to: [{operation: {ports: ["8080"]}}]}]').replace(
    'selector: {matchLabels: {app: reviews}}, ',
    '',
  );
  const near = await imported(ports + ghost.replace('NAMESPACE', 'shop'));
  expect(near.outcome({ from: 'front/web', to: 'shop/ghost' })).toBe('refused');
});

test('a match that is left out of a rule that refuses is an error', async () => {
  const rule = (action: string) => `
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: {name: reviews, namespace: shop}
spec:
  hosts: [reviews]
  http:
    - {match: [{uri: {prefix: /admin}, ignoreUriCase: true}], ${action}}
    - {route: [{destination: {host: reviews}}]}
---
`;
  expect((await imported(rule('directResponse: {status: 403}'))).codes).toContain('MESH7003');
  const route = await imported(rule('route: [{destination: {host: reviews}}], timeout: 1s'));
  expect(route.codes).not.toContain('MESH7003');
});

// "hosts" compares the text of the header, and a port is a part of this text.
test.each([
  ['[reviews.shop]', 'reviews.shop', 'refused', true],
  ['[reviews.shop]', 'reviews.shop:80', 'refused', true],
  ['["reviews.shop:*"]', 'reviews.shop', 'refused', true],
  ['[Reviews.shop, "reviews.shop:*"]', 'reviews.shop:80', 'forwarded', false],
  ['["*.shop"]', 'reviews.shop:80', 'refused', true],
  ['["*"]', 'reviews.shop:80', 'forwarded', false],
])('an ALLOW for the hosts %s: a request to %s is %s', async (hosts, host, expected, isWarned) => {
  const { outcome, codes } = await imported(
    policy('reviews', `rules: [{to: [{operation: {hosts: ${hosts}}}]}]`),
  );
  expect(outcome({ from: 'front/web', to: 'shop/reviews', headers: { host } })).toBe(expected);
  expect(codes.includes('MESH7004')).toBe(isWarned);
});

test('a DENY for a host refuses the host with any port, with a warning', async () => {
  const { outcome, codes } = await imported(
    policy('reviews', 'action: DENY, rules: [{to: [{operation: {hosts: [reviews.shop]}}]}]'),
  );
  expect(outcome({ from: 'front/web', to: 'shop/reviews', headers: { host: 'reviews.shop:80' } })).toBe(
    'refused',
  );
  expect(codes).toContain('MESH7004');
});
