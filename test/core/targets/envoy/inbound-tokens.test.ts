import { describe, expect, test } from 'vitest';
import type { Authentication } from '../../../../src/core/ir/authentication.ts';
import { inboundClusters, inboundDependencies } from '../../../../src/core/targets/envoy/inbound/index.ts';
import { withoutServerChecks } from '../../../../src/core/targets/envoy/server-filters.ts';
import { tokenFilters } from '../../../../src/core/targets/envoy/tokens/filters.ts';
import { luaString } from '../../../../src/core/targets/envoy/tokens/lua.ts';
import { authentication, issuer, mesh, port, service } from '../../semantics/mesh.ts';
import type { Loose } from './loose.ts';

const bearer = { type: 'header', name: 'authorization', prefix: 'Bearer ' } as const;
const query = { type: 'query', name: 'token' } as const;
const cookie = { type: 'cookie', name: 'sid' } as const;

const filters = (parts: Partial<Authentication>): readonly Loose[] =>
  tokenFilters(mesh({}), authentication(parts));
const names = (parts: Partial<Authentication>): readonly string[] => filters(parts).map(({ name }) => name);

const staff = issuer('staff', 'https://staff.example');
const users = issuer('users', 'https://users.example');

test('each place where tokens may be is checked separately, so that a good token does not hide a bad one', () => {
  const two = filters({ issuers: [{ ...staff, from: [bearer, query] }, users] });
  const checks = two.filter(({ typed_config: config }) => 'providers' in config);
  expect(checks.map(({ typed_config: { providers, rules } }) => [Object.keys(providers), rules])).toEqual([
    [['staff', 'users'], [{ match: { prefix: '/' }, requires: { allow_missing: {} } }]],
    [['staff'], [{ match: { prefix: '/' }, requires: { allow_missing: {} } }]],
  ]);
  const payloads = checks.flatMap(({ typed_config: { providers } }) =>
    Object.values<Loose>(providers).map(({ payload_in_metadata: key }) => key),
  );
  expect(new Set(payloads).size).toBe(3);
});

test('issuers with one name and two audiences are both tried, and unknown ones still refused', () => {
  const twice = [
    { ...staff, audiences: ['a'] },
    { ...staff, name: 'web', audiences: ['b'] },
  ];
  const {
    typed_config: {
      rules: [{ requires }],
    },
  } = filters({ issuers: twice }).at(-1);
  const missing = { allow_missing: {} };
  expect(requires).toEqual({
    requires_any: {
      requirements: [
        { provider_name: 'staff' },
        { provider_name: 'web' },
        { requires_all: { requirements: [missing, missing] } },
      ],
    },
  });
});

test('a required token may be in any place; without issuers no token is accepted', () => {
  const several = filters({ required: true, issuers: [{ ...staff, from: [bearer, query] }] });
  const [required] = several.filter(({ name }) => name === 'token-required');
  const [
    {
      permissions: [missing],
    },
  ] = Object.values<Loose>(required.typed_config.rules.policies) as Loose;
  expect(missing.not_rule.or_rules.rules).toHaveLength(2);
  expect(names({ required: true, issuers: [] })).toEqual(['token-required']);
  const [none] = filters({ required: true, issuers: [] });
  expect(none.typed_config.rules).toMatchObject({
    action: 'DENY',
    policies: { 'token-required': { permissions: [{ any: true }], principals: [{ any: true }] } },
  });
});

describe('checks that Envoy does not do itself', () => {
  test('tokens outside of authorization are refused if they occur twice', () => {
    expect(names({ issuers: [{ ...staff, from: [query] }] })).toEqual(['tokens once', 'tokens query token']);
    const header = { type: 'header', name: 'x-token', prefix: '' } as const;
    expect(names({ issuers: [{ ...staff, from: [header] }] })).toEqual([
      'tokens once',
      'tokens header x-token',
    ]);
    expect(names({ issuers: [staff] })).toEqual(['tokens misspelt', 'tokens header authorization Bearer']);
  });

  test('a token is removed from a cookie if the application must not see it', () => {
    expect(names({ issuers: [{ ...staff, from: [cookie], forward: false }] })).toContain('tokens hidden');
    expect(names({ issuers: [{ ...staff, from: [cookie], forward: true }] })).not.toContain('tokens hidden');
  });

  test('claims of tokens from several places become the headers of the spec', () => {
    const claimHeaders = [{ header: 'x-sub', claim: 'sub' }];
    const two = filters({ issuers: [{ ...staff, claimHeaders, from: [bearer, query] }] });
    const own = two
      .filter(({ typed_config: config }) => 'providers' in config)
      .map(({ typed_config: { providers } }) => providers.staff.claim_to_headers[0].header_name);
    expect(new Set([...own, 'x-sub']).size).toBe(3);
    const joined = two.at(-1).typed_config.mutations.request_mutations;
    for (const header of own) {
      expect(joined).toContainEqual({
        append: { header: { key: 'x-sub', value: `%REQ(${header})%` }, append_action: 'ADD_IF_ABSENT' },
      });
      expect(joined).toContainEqual({ remove: header });
    }
  });
});

test.each([
  ['sid', '"sid"'],
  ['a"] = true} os.exit() --', '"a\\034\\093\\032\\061\\032true\\125\\032os\\046exit\\040\\041\\032--"'],
  ['ä\n', '"\\195\\164\\010"'],
])('the name %j cannot leave its string in a script', (text, literal) => {
  expect(luaString(text)).toBe(literal);
});

describe('keys from a URI', () => {
  const machine = { systemCertificates: '/etc/ssl/ca.pem' };
  const at = (uri: string) => ({
    authentication: authentication({ issuers: [{ ...staff, jwks: { type: 'uri', uri } }] }),
  });
  const keys = service('auth/keys', { ports: [port('http', 80, { service: 'auth/keys' })] });
  const ir = mesh({ services: [keys] });

  test('of a host outside the mesh are fetched over TLS that verifies the name', () => {
    const [cluster] = inboundClusters(ir, at('https://id.example/keys'), machine) as Loose;
    expect(cluster.load_assignment.endpoints[0].lb_endpoints[0].endpoint.address.socket_address).toEqual({
      address: 'id.example',
      port_value: 443,
    });
    const { sni, common_tls_context: context } = cluster.transport_socket.typed_config;
    expect(sni).toBe('id.example');
    expect(context.validation_context).toEqual({
      trusted_ca: { filename: '/etc/ssl/ca.pem' },
      match_typed_subject_alt_names: [{ san_type: 'DNS', matcher: { exact: 'id.example' } }],
    });
    expect(inboundDependencies(ir, at('https://id.example/keys'))).toEqual([]);
  });

  test.each(['http://keys.auth/k', 'http://keys.auth.svc.cluster.local/k'])(
    'of %s are fetched over the mesh',
    (uri) => {
      expect(inboundDependencies(ir, at(uri))).toEqual([{ service: 'auth/keys', port: 'http' }]);
      expect(inboundClusters(ir, at(uri), machine)).toEqual([]);
    },
  );
});

test('preflights and redirects to https skip every check of a server', () => {
  const checked = authentication({
    required: true,
    issuers: [{ ...staff, from: [bearer, cookie], forward: false }],
  });
  const disabled = Object.entries(withoutServerChecks(mesh({}), checked));
  const all = [...tokenFilters(mesh({}), checked).map(({ name }) => name), 'access-deny', 'access-allow'];
  expect(disabled.map(([name]) => name)).toEqual(all);
  expect(disabled.every(([, config]) => (config as { disabled?: boolean }).disabled === true)).toBe(true);
});
