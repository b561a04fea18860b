import { describe, expect, test } from 'vitest';
import { askedImport } from '../../import/asked-import.ts';

const services = `
apiVersion: v1
kind: Service
metadata: {name: api, namespace: shop}
spec: {selector: {app: api}, ports: [{name: http, port: 80}, {name: tcp, port: 5432}]}
---
apiVersion: v1
kind: Service
metadata: {name: web, namespace: front}
spec: {selector: {app: web}, ports: [{name: http, port: 80}]}
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: web, namespace: front}
spec: {selector: {}, template: {metadata: {labels: {app: web}}, spec: {serviceAccountName: web}}}
---
`;
const authentication = `
apiVersion: security.istio.io/v1
kind: RequestAuthentication
metadata: {name: staff, namespace: shop}
spec:
  selector: {matchLabels: {app: api}}
  jwtRules:
  - {issuer: "https://staff.example", jwksUri: "https://staff.example/keys", forwardOriginalToken: true, fromHeaders: [{name: X-Token, prefix: "Key "}]}
---
`;
const token = { iss: 'https://staff.example', sub: 'jo' };

async function imported(spec: string, tokens = authentication) {
  const native = `${services}${tokens}
apiVersion: security.istio.io/v1
kind: AuthorizationPolicy
metadata: {name: refuses, namespace: shop}
spec: {selector: {matchLabels: {app: api}}, ${spec}}
`;
  const { codes, decision } = await askedImport('istio', native);
  const call = { from: 'front/web', to: 'shop/api', port: 'http' };
  return { codes, asked: (request: object) => decision({ ...call, ...request }) };
}

const none = 'when: [{key: "request.auth.claims[iss]", notValues: ["*"]}]';
const http = 'to: [{operation: {ports: ["80"]}}]';

describe('a DENY of requests without a valid token', () => {
  // "Require a valid token" of the documentation has the second form.
  test.each([
    ['by a claim that every token has', none],
    ['by the principal of requests', 'from: [{source: {notRequestPrincipals: ["*"]}}]'],
    [
      'by the principal of requests in a condition',
      'when: [{key: request.auth.principal, notValues: ["*"]}]',
    ],
  ])('%s requires a token at the ports of requests', async (_what, rule) => {
    const { asked, codes } = await imported(`action: DENY, rules: [{${rule}, ${http}}]`);
    expect(asked({})).toMatchObject({ outcome: 'refused', status: 401 });
    expect(asked({ claims: token })).toMatchObject({ outcome: 'forwarded' });
    expect(asked({ port: 'tcp' })).toMatchObject({ outcome: 'forwarded' });
    // Today the answer is 403.
    expect(codes).toContain('MESH7006');
    expect(codes).not.toContain('MESH7004');
  });

  test.each([
    ['for some paths', `${none}, to: [{operation: {ports: ["80"], paths: [/admin]}}]`],
    ['for some callers', `${none}, from: [{source: {namespaces: [front]}}]`],
    ['at ports of connections, too', none],
    [
      'of one issuer',
      `${http}, when: [{key: "request.auth.claims[iss]", notValues: ["https://staff.example"]}]`,
    ],
    [
      'with a second condition',
      `${http}, when: [{key: "request.auth.claims[iss]", notValues: ["*"]}, {key: "request.headers[x]", values: [a]}]`,
    ],
  ])('%s is no requirement for the whole service', async (_what, rule) => {
    const { asked, codes } = await imported(`action: DENY, rules: [{${rule}}]`);
    expect(codes).toContain('MESH7004');
    // A call that is refused today is refused in the spec.
    expect(asked({ path: '/admin', headers: { x: 'a' } })).toMatchObject({ outcome: 'refused', status: 403 });
  });

  test('refuses every request where nobody checks tokens', async () => {
    const { asked } = await imported(`action: DENY, rules: [{${none}, ${http}}]`, '');
    expect(asked({})).toMatchObject({ outcome: 'refused', status: 403 });
  });
});

describe('a DENY of requests with a token that is not valid', () => {
  const sent = (value: string, name = 'x-token'): string =>
    `action: DENY, rules: [{${http}, when: [{key: "request.headers[${name}]", values: ["${value}"]}, {key: "request.auth.claims[iss]", notValues: ["*"]}]}]`;

  test('says what the check of tokens says', async () => {
    const { asked, codes } = await imported(sent('Key *'));
    expect(asked({})).toMatchObject({ outcome: 'forwarded' });
    expect(asked({ claims: 'invalid' })).toMatchObject({ outcome: 'refused', status: 401 });
    expect(codes).not.toContain('MESH7004');
  });

  test.each([
    ['a header of no issuer', sent('Key *', 'authorization')],
    ['a wider prefix', sent('Key*')],
    ['one value', sent('Key a')],
  ])('with %s stays a DENY', async (_what, spec) => {
    const { asked, codes } = await imported(spec);
    expect(codes).toContain('MESH7004');
    expect(asked({ headers: { 'x-token': 'Key a', authorization: 'Key a' } })).toMatchObject({
      outcome: 'refused',
    });
  });
});

test('an ALLOW for the tokens of an issuer lets in these tokens alone', async () => {
  const rule = (issuer: string): string =>
    `rules: [{${http}, when: [{key: "request.auth.claims[iss]", values: ["${issuer}"]}]}]`;
  expect((await imported(rule('https://staff.example'))).asked({ claims: token })).toMatchObject({
    outcome: 'forwarded',
  });
  expect((await imported(rule('*'))).asked({ claims: token })).toMatchObject({ outcome: 'forwarded' });
  expect((await imported(rule('*'))).asked({})).toMatchObject({ outcome: 'refused' });
  for (const other of ['https://other.example', 'https://staff*'])
    expect((await imported(rule(other))).asked({ claims: token })).toMatchObject({ outcome: 'refused' });
});

test('a host with a dot at its end is the host', async () => {
  const hosts = 'hosts: [api.shop, "api.shop:*", api.shop., "api.shop.:*"]';
  const { asked, codes } = await imported(
    `action: DENY, rules: [{to: [{operation: {ports: ["80"], ${hosts}}}]}]`,
  );
  expect(codes).not.toContain('MESH7004');
  expect(asked({ host: 'api.shop' })).toMatchObject({ outcome: 'refused' });
  expect(asked({ host: 'api.shop.svc' })).toMatchObject({ outcome: 'forwarded' });
});
