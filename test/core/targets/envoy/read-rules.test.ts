import { describe, expect, test } from 'vitest';
import { type AskedImport, askedImport } from '../../import/asked-import.ts';

const type = (name: string): string => `"@type": type.googleapis.com/envoy.${name}`;

/** A listener of HTTP with client certificates, its filters, the settings of its one route, a filter before, and settings. */
function bootstrap(filters: string, route = '', { network = '', manager = '' } = {}): string {
  return `static_resources:
  listeners:
    - name: web
      address: {socket_address: {address: 0.0.0.0, port_value: 443}}
      filter_chains:
        - transport_socket:
            name: tls
            typed_config:
              ${type('extensions.transport_sockets.tls.v3.DownstreamTlsContext')}
              require_client_certificate: true
              common_tls_context:
                tls_certificates: [{certificate_chain: {filename: /c.pem}, private_key: {filename: /k.pem}}]
                validation_context: {trusted_ca: {filename: /ca.pem}}
          filters:
            ${network}
            - name: http
              typed_config:
                ${type('extensions.filters.network.http_connection_manager.v3.HttpConnectionManager')}
                stat_prefix: web
                ${manager}
                route_config:
                  virtual_hosts:
                    - name: all
                      domains: ["*"]
                      routes: [{match: {prefix: /}, ${route} route: {cluster: app}}]
                http_filters: [${filters}, {name: envoy.filters.http.router}]
  clusters:
    - name: app
      load_assignment:
        cluster_name: app
        endpoints: [{lb_endpoints: [{endpoint: {address: {socket_address: {address: 10.0.0.1, port_value: 80}}}}]}]
`;
}

function rbac(rules: string): string {
  return `{name: rbac, typed_config: {${type('extensions.filters.http.rbac.v3.RBAC')}, ${rules}}}`;
}

function policies(
  action: 'ALLOW' | 'DENY',
  ...list: readonly (readonly [permission: string, principal: string])[]
): string {
  const all = list.map(
    ([permission, principal], index) =>
      `p${String(index)}: {permissions: [${permission}], principals: [${principal}]}`,
  );
  return `rules: {action: ${action}, policies: {${all.join(', ')}}}`;
}

const any = '{any: true}';
const front = '{authenticated: {principal_name: {exact: "spiffe://shop.example/ns/web/sa/front"}}}';

const [web, other] = ['front', 'other'].map((name) => `spiffe://shop.example/ns/web/sa/${name}`);
const metadata = '{metadata: {filter: f, path: [{key: k}], value: {string_match: {exact: v}}}}';

/** Returns the outcome of a request at the gateway by a client with an identity. */
function at({ outcome }: AskedImport, from: string | undefined, path = '/', method = 'GET'): string {
  return outcome({ from, gateway: 'default/edge', host: 'shop.example', path, method });
}

/** Returns the outcomes for both clients. */
async function both(text: string, path = '/'): Promise<readonly string[]> {
  const read = await askedImport('envoy', text);
  return [at(read, web, path), at(read, other, path)];
}

const [inside, outside] = ['forwarded', 'refused'];

describe('rules of access at a listener of Envoy', () => {
  test.each([
    ['no filter', '{name: envoy.filters.http.cors}', [inside, inside]],
    ['an allow of one caller', rbac(policies('ALLOW', [any, front])), [inside, outside]],
    [
      'an allow of all but one caller',
      rbac(policies('ALLOW', [any, `{not_id: ${front}}`])),
      [outside, inside],
    ],
    ['a deny of one caller', rbac(policies('DENY', [any, front])), [outside, inside]],
    ['an allow without a policy', rbac('rules: {action: ALLOW, policies: {}}'), [outside, outside]],
    [
      'an allow of a permission without a condition',
      rbac(policies('ALLOW', ['{}', any])),
      [outside, outside],
    ],
    [
      'an allow of an empty conjunction',
      rbac(policies('ALLOW', ['{and_rules: {rules: []}}', any])),
      [outside, outside],
    ],
    [
      'an allow whose condition can not be said',
      rbac(policies('ALLOW', [metadata, any])),
      [outside, outside],
    ],
    [
      'an allow of what can not be said, reversed',
      rbac(policies('ALLOW', [`{not_rule: ${metadata}}`, any])),
      [outside, outside],
    ],
    [
      'an allow beside one that can not be said',
      rbac(policies('ALLOW', [metadata, any], [any, front])),
      [inside, outside],
    ],
    ['a deny whose condition can not be said', rbac(policies('DENY', [metadata, front])), [outside, inside]],
    [
      'a deny of what can not be said, reversed',
      rbac(policies('DENY', [`{not_rule: ${metadata}}`, front])),
      [outside, inside],
    ],
    [
      'a policy with an expression',
      rbac(
        `rules: {action: ALLOW, policies: {p: {permissions: [${any}], principals: [${any}], condition: {id: "1"}}}}`,
      ),
      [outside, outside],
    ],
    [
      'two allows that both have to hold',
      `${rbac(policies('ALLOW', [any, front]))}, ${rbac(policies('ALLOW', [any, any]))}`,
      [outside, outside],
    ],
    [
      'an allow and a deny',
      `${rbac(policies('ALLOW', [any, any]))}, ${rbac(policies('DENY', [any, front]))}`,
      [outside, inside],
    ],
    ['a tree of conditions', rbac('matcher: {matcher_list: {matchers: []}}'), [outside, outside]],
    [
      'rules that a server gives',
      '{name: envoy.filters.http.rbac, config_discovery: {config_source: {ads: {}}}}',
      [outside, outside],
    ],
    ['rules that log', rbac('rules: {action: LOG, policies: {}}'), [inside, inside]],
    ['rules in the shadow', rbac('shadow_rules: {action: ALLOW, policies: {}}'), [inside, inside]],
    ['a port that is another', rbac(policies('ALLOW', ['{destination_port: 444}', any])), [outside, outside]],
    [
      'the port of the listener',
      rbac(policies('ALLOW', ['{destination_port: 443}', front])),
      [inside, outside],
    ],
    [
      'a whole path with its query',
      rbac(policies('ALLOW', ['{header: {name: ":path", string_match: {exact: /}}}', any])),
      [outside, outside],
    ],
    [
      'another trust domain beside this one',
      rbac(
        policies('ALLOW', [
          any,
          `${front}, {authenticated: {principal_name: {exact: "spiffe://else.example/ns/web/sa/other"}}}`,
        ]),
      ),
      [outside, outside],
    ],
  ] as const)('%s', async (_name, filters, expected) => {
    expect(await both(bootstrap(filters))).toEqual(expected);
  });

  test('a deny of a path refuses what is below it, and nothing else', async () => {
    const read = await askedImport(
      'envoy',
      bootstrap(rbac(policies('DENY', ['{url_path: {path: {prefix: /admin}}}', any]))),
    );
    expect([at(read, web, '/admin/x'), at(read, web, '/adminx'), at(read, web, '/')]).toEqual([
      outside,
      outside,
      inside,
    ]);
  });

  test('a method and a path have to hold together', async () => {
    const permission =
      '{and_rules: {rules: [{header: {name: ":method", string_match: {exact: GET}}}, {url_path: {path: {exact: /a}}}]}}';
    const read = await askedImport('envoy', bootstrap(rbac(policies('ALLOW', [permission, any]))));
    expect([at(read, web, '/a'), at(read, web, '/a', 'POST'), at(read, web, '/b')]).toEqual([
      inside,
      outside,
      outside,
    ]);
  });
});

test('filters of connections and of requests have to let a call in, both', async () => {
  const network = `- {name: rbac, typed_config: {${type('extensions.filters.network.rbac.v3.RBAC')}, stat_prefix: x, ${policies('ALLOW', [any, front])}}}`;
  const http = rbac(policies('ALLOW', [any, '{authenticated: {}}']));
  expect(await both(bootstrap('{name: envoy.filters.http.cors}', '', { network }))).toEqual([
    inside,
    outside,
  ]);
  expect(await both(bootstrap(http, '', { network }))).toEqual([outside, outside]);
});

test('a filter that only routes turn on holds for all requests', async () => {
  const off = rbac(policies('ALLOW', [any, front])).replace('{name: rbac,', '{name: rbac, disabled: true,');
  const route = `typed_per_filter_config: {rbac: {${type('config.route.v3.FilterConfig')}, config: {}}},`;
  expect(await both(bootstrap(off, route))).toEqual([inside, outside]);
});

test.each([
  ['', 'direct_remote_ip', [outside, inside]],
  ['', 'remote_ip', [outside, inside]],
  // The address of the spec is the client's, which x-forwarded-for tells; that of the peer can't be said.
  ['xff_num_trusted_hops: 1', 'direct_remote_ip', [outside, outside]],
  ['xff_num_trusted_hops: 1', 'source_ip', [outside, outside]],
])('with the setting "%s" a deny of a %s refuses that peer', async (hops, kind, expected) => {
  const deny = rbac(policies('DENY', [any, `{${kind}: {address_prefix: 10.0.0.5, prefix_len: 32}}`]));
  const manager = `use_remote_address: true\n                ${hops}`;
  const read = await askedImport('envoy', bootstrap(deny, '', { manager }));
  const headers = { 'x-forwarded-for': '192.0.2.1' };
  const by = (address: string): string =>
    read.outcome({ from: web, gateway: 'default/edge', host: 'shop.example', address, headers });
  expect([by('10.0.0.5'), by('192.0.2.7')]).toEqual(expected);
});

const perRoute = `{${type('extensions.filters.http.rbac.v3.RBACPerRoute')}, rbac: {${policies('DENY', [any, any])}}}`;

test.each([
  ['of its own', `typed_per_filter_config: {rbac: ${perRoute}},`],
  [
    'within the settings of a filter',
    `typed_per_filter_config: {rbac: {${type('config.route.v3.FilterConfig')}, config: ${perRoute}}},`,
  ],
])('a route with rules of access %s answers 403, and is no wider than they are', async (_name, route) => {
  const read = await askedImport('envoy', bootstrap(rbac(policies('ALLOW', [any, any])), route));
  expect(at(read, web)).toBe('responded');
  expect(read.codes).toContain('MESH7004');
});

test('a share of a split with rules of access closes its route', async () => {
  const clusters = `route: {weighted_clusters: {clusters: [{name: app, weight: 1, typed_per_filter_config: {rbac: ${perRoute}}}]}}`;
  const text = bootstrap(rbac(policies('ALLOW', [any, any]))).replace('route: {cluster: app}', clusters);
  expect(at(await askedImport('envoy', text), web)).toBe('responded');
});

test.each([
  'ext_authz.v3.ExtAuthz',
  'jwt_authn.v3.JwtAuthentication',
  'lua.v3.Lua',
  'composite.v3.Composite',
])('a filter that may refuse requests and is in no document is an error: %s', async (name) => {
  const filter = `{name: f, typed_config: {${type(`extensions.filters.http.${name}`)}}}`;
  expect((await askedImport('envoy', bootstrap(filter))).codes).toContain('MESH7003');
});
