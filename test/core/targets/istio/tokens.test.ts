import { describe, expect, test } from 'vitest';
import { limits, objects } from './lowered.ts';

const service = `
kind: Service
metadata: {name: api, namespace: shop}
spec: {ports: {http: {port: 80, targetPort: 8080}, db: {port: 3306, protocol: mysql}}}
`;

function authentication(spec: string): string {
  return `${service}---\nkind: Authentication\nmetadata: {name: api, namespace: shop}\nspec: {services: [api], ${spec}}\n`;
}

const staff = 'issuer: https://staff.example, jwks: {uri: "https://staff.example/keys"}';

describe('a check of tokens', () => {
  test('says where tokens may be, and if the application gets them', () => {
    const { spec } = objects(authentication(`issuers: {staff: {${staff}}}`))[
      'RequestAuthentication/shop/api'
    ];
    expect(spec).toEqual({
      selector: { matchLabels: { app: 'api' } },
      jwtRules: [
        {
          issuer: 'https://staff.example',
          jwksUri: 'https://staff.example/keys',
          fromHeaders: [{ name: 'authorization', prefix: 'Bearer' }],
          forwardOriginalToken: true,
        },
      ],
    });
  });

  test('has audiences, other places and headers from claims', () => {
    const from = 'from: [{header: X-Token}], forward: false, claimHeaders: {x-sub: sub}, audiences: [api]';
    const { spec } = objects(authentication(`issuers: {staff: {${staff}, ${from}}}`))[
      'RequestAuthentication/shop/api'
    ];
    expect(spec.jwtRules[0]).toMatchObject({
      audiences: ['api'],
      fromHeaders: [{ name: 'x-token' }],
      forwardOriginalToken: false,
      outputClaimToHeaders: [{ header: 'x-sub', claim: 'sub' }],
    });
  });

  test('requires one by a separate policy, only at ports for requests', () => {
    const policy = objects(authentication(`required: true, issuers: {staff: {${staff}}}`))[
      'AuthorizationPolicy/shop/token.api'
    ];
    expect(policy.spec).toEqual({
      selector: { matchLabels: { app: 'api' } },
      action: 'DENY',
      rules: [
        {
          to: [{ operation: { ports: ['8080'] } }],
          when: [{ key: 'request.auth.claims[iss]', notValues: ['*'] }],
        },
      ],
    });
  });

  test('refuses invalid tokens, also in preflights, even if none is required', () => {
    const policy = objects(authentication(`issuers: {staff: {${staff}}}`))[
      'AuthorizationPolicy/shop/token.api'
    ];
    expect(policy.spec.rules[0].when).toEqual([
      { key: 'request.headers[authorization]', values: ['Bearer*'] },
      { key: 'request.auth.claims[iss]', notValues: ['*'] },
    ]);
  });

  test('in several places is reported to miss a bad token beside a valid one', () => {
    const from = 'from: [{header: x-token}, {cookie: t}]';
    expect(limits(authentication(`issuers: {staff: {${staff}, ${from}}}`))).toEqual([
      expect.stringMatching(/^authentication\.jwt: tokens may be in several places/),
    ]);
    expect(limits(authentication(`issuers: {staff: {${staff}}}`))).toEqual([]);
  });

  test('can not get its keys from a service that accepts only calls with identity', () => {
    const inside = authentication('issuers: {staff: {issuer: s, jwks: {uri: "http://api.shop/keys"}}}');
    expect(limits(inside)).toEqual([expect.stringMatching(/^authentication\.jwt: istiod fetches the keys/)]);
    expect(
      limits(inside, '  mtls: permissive\n').filter((lost) => lost.startsWith('authentication')),
    ).toEqual([]);
  });
});

describe('external authorization', () => {
  const judge = `---\nkind: Service\nmetadata: {name: judge, namespace: infra}\nspec: {ports: {grpc: {port: 9000}}}\n`;

  test('is a policy that names a provider and describes it', () => {
    const asked = 'externalAuthorization: {service: infra/judge, timeout: 500ms, maxBody: 1KiB}';
    const { metadata, spec } = objects(`${authentication(asked)}${judge}`)[
      'AuthorizationPolicy/shop/ask.api'
    ];
    const [provider] = JSON.parse(metadata.annotations['meshwright.dev/needs-providers']);
    expect(spec).toEqual({
      selector: { matchLabels: { app: 'api' } },
      action: 'CUSTOM',
      provider: { name: provider.name },
      rules: [{ to: [{ operation: { ports: ['8080'] } }] }],
    });
    expect(provider.name).toMatch(/^[a-z0-9][a-z0-9-]{0,61}[a-z0-9]$/);
    expect(provider.envoyExtAuthzGrpc).toEqual({
      service: 'judge.infra.svc.cluster.local',
      port: 9000,
      timeout: '0.5s',
      failOpen: false,
      statusOnError: '403',
      includeRequestBodyInCheck: { maxRequestBytes: 1024, allowPartialMessage: true },
    });
  });
});

describe('identity', () => {
  test('is required in the whole mesh, and differently for services that differ', () => {
    const more = `${service}---\nkind: Service\nmetadata: {name: old, namespace: shop}\nspec: {ports: {http: {port: 80}}, mtls: disabled}\n`;
    const found = objects(more);
    const names = Object.keys(found).filter((name) => name.startsWith('PeerAuthentication'));
    expect(names).toEqual(['PeerAuthentication/istio-system/default', 'PeerAuthentication/shop/old']);
    expect(found['PeerAuthentication/istio-system/default'].spec).toEqual({ mtls: { mode: 'STRICT' } });
    expect(found['PeerAuthentication/shop/old'].spec).toEqual({
      selector: { matchLabels: { app: 'old' } },
      mtls: { mode: 'DISABLE' },
    });
  });

  test('is waited for no longer than a second if the server may speak first', () => {
    expect(limits(service, '  mtls: permissive\n')).toEqual([]);
    const greeting = (mesh: string, options = {}) =>
      objects(service, mesh, { options })['EnvoyFilter/shop/greeting.api']?.spec;
    expect(greeting('  mtls: permissive\n')).toEqual({
      workloadSelector: { labels: { app: 'api' } },
      priority: 10,
      configPatches: [
        {
          applyTo: 'LISTENER',
          match: { context: 'SIDECAR_INBOUND' },
          patch: {
            operation: 'MERGE',
            value: { listener_filters_timeout: '1s', continue_on_listener_filters_timeout: true },
          },
        },
      ],
    });
    // Callers are distinguished only if both kinds may call; a ztunnel distinguishes them by their port.
    expect(greeting('  mtls: strict\n')).toBeUndefined();
    expect(greeting('  mtls: disabled\n')).toBeUndefined();
    expect(greeting('  mtls: permissive\n', { mode: 'ambient' })).toBeUndefined();
  });
});

describe('two services on the same pods', () => {
  const twins = (first: string, second: string): string =>
    ['one', 'two']
      .map(
        (name, i) =>
          `kind: Service\nmetadata: {name: ${name}, namespace: shop}\nspec: {ports: {http: {port: 80}}, workload: {labels: {app: both${i === 0 ? '' : ', version: v2'}}}, ${i === 0 ? first : second}}\n---\n`,
      )
      .join('');
  const access =
    'kind: Access\nmetadata: {name: one, namespace: shop}\nspec: {service: one, rules: [{allow: {from: [{anyone: true}]}}]}\n';

  test('with different callers refuse everybody, and a limit says so', () => {
    const documents = `${twins('timeout: 1s', 'timeout: 1s')}${access}`;
    const found = objects(documents);
    expect(found['AuthorizationPolicy/shop/allow.one'].spec).not.toHaveProperty('rules');
    expect(limits(documents)).toEqual([expect.stringMatching(/^access\.identity: /)]);
  });

  test('a service without labels shares the pods of all services in its namespace', () => {
    const documents =
      'kind: Service\nmetadata: {name: one, namespace: shop}\nspec: {ports: {http: {port: 80}}, workload: {labels: {}}}\n---\n' +
      'kind: Service\nmetadata: {name: two, namespace: shop}\nspec: {ports: {http: {port: 80}}}\n---\n' +
      access;
    expect(objects(documents)['AuthorizationPolicy/shop/allow.one'].spec).not.toHaveProperty('rules');
    expect(limits(documents)).toContainEqual(
      expect.stringMatching(/^access\.identity: its pods serve another/),
    );
  });

  test('with different mTLS get the stricter mode, and a limit says so', () => {
    const documents = twins('mtls: permissive', 'mtls: strict');
    const found = objects(documents);
    expect(Object.keys(found).filter((name) => name.startsWith('PeerAuthentication/shop'))).toEqual([]);
    expect(limits(documents)).toEqual([expect.stringMatching(/^mtls\.permissive: .*stricter/)]);
  });

  test('an open service on another port stays open', () => {
    const other =
      'kind: Service\nmetadata: {name: free, namespace: shop}\nspec: {ports: {http: {port: 81}}, workload: {labels: {app: both}}}\n---\n';
    const found = objects(
      `${twins('timeout: 1s', 'timeout: 1s')}${other}${access}`.replace('service: one', 'service: two'),
      '  access: allow\n',
    );
    expect(found['AuthorizationPolicy/shop/allow.two'].spec.rules).toContainEqual({
      to: [{ operation: { ports: ['81'] } }],
    });
  });
});
