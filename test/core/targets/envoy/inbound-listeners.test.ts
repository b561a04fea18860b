import { describe, expect, test } from 'vitest';
import type { Ir } from '../../../../src/core/ir/ir.ts';
import type { Instance, Protocol, Service } from '../../../../src/core/ir/service.ts';
import {
  inboundListeners,
  inboundRouteConfigurations,
} from '../../../../src/core/targets/envoy/inbound/index.ts';
import { trustBundles } from '../../../../src/core/targets/envoy/secrets.ts';
import { upstreamTls } from '../../../../src/core/targets/envoy/tls.ts';
import {
  access,
  allow,
  authentication,
  deny,
  issuer,
  mesh,
  origin,
  port,
  service,
  spiffe,
} from '../../semantics/mesh.ts';
import type { Loose } from './loose.ts';

const address = (number: number) => ({ host: '127.0.0.1', port: number });

const instance: Instance = {
  origin,
  id: 'shop-reviews-default-1',
  app: { http: address(9080), db: address(3306) },
  inbound: { http: address(15_006), db: address(15_007) },
  outbound: address(15_001),
  outboundTcp: {},
  admin: address(15_000),
};

function listenersOf(parts: Parameters<typeof service>[1], ir: Ir = mesh({})) {
  const of = service('shop/reviews', parts);
  return inboundListeners(ir, of, instance) as readonly Loose[];
}

/** Returns the names of the HTTP filters of the first chain, in order. */
function httpFilters(parts: Parameters<typeof service>[1]): readonly string[] {
  const [
    {
      filter_chains: [{ filters }],
    },
  ] = listenersOf(parts) as [{ filter_chains: [{ filters: Loose[] }] }];
  return filters.at(-1).typed_config.http_filters.map(({ name }: { name: string }) => name);
}

const tls = 'type.googleapis.com/envoy.extensions.transport_sockets.tls.v3.DownstreamTlsContext';

describe('mTLS', () => {
  test('strict accepts only TLS with a certificate', () => {
    const [listener] = listenersOf({ mtls: 'strict' });
    expect(listener.filter_chains).toHaveLength(1);
    expect(listener.default_filter_chain).toBeUndefined();
    const { typed_config: context } = listener.filter_chains[0].transport_socket;
    expect(context['@type']).toBe(tls);
    expect(context.require_client_certificate).toBe(true);
  });

  test('permissive also accepts plain text, which the first bytes distinguish', () => {
    const [listener] = listenersOf({ mtls: 'permissive' });
    expect(listener.filter_chains[0].filter_chain_match).toEqual({ transport_protocol: 'tls' });
    expect(listener.default_filter_chain.transport_socket).toBeUndefined();
    expect(listener.listener_filters[0].name).toBe('envoy.filters.listener.tls_inspector');
  });

  test('disabled accepts only plain text, and callers send it', () => {
    const [listener] = listenersOf({ mtls: 'disabled' });
    expect(listener.filter_chains.map((chain: Loose) => chain.transport_socket)).toEqual([undefined]);
    const of = service('shop/reviews', { mtls: 'disabled' });
    expect(upstreamTls(mesh({}), of, port('http', 80))).toBeUndefined();
  });

  test('callers accept only the exact identity of the service', () => {
    const context = upstreamTls(mesh({}), service('shop/reviews'), port('http', 80)) as Loose;
    expect(
      context.typed_config.common_tls_context.combined_validation_context.default_validation_context,
    ).toEqual({
      match_typed_subject_alt_names: [
        { san_type: 'URI', matcher: { exact: 'spiffe://shop.example/ns/shop/sa/reviews' } },
      ],
    });
  });
});

describe('trust', () => {
  const domains = ({ resource }: Loose) =>
    resource.validation_context.custom_validator_config.typed_config.trust_domains;
  const validation = (socket: Loose) =>
    socket.typed_config.common_tls_context.combined_validation_context.validation_context_sds_secret_config
      .name;

  test('each trust domain is verified by its own bundle only, and servers only by ours', () => {
    const ir = mesh({}, ['partner.example']);
    const [own, callers] = trustBundles(ir, { 'shop.example': 'OURS', 'partner.example': 'THEIRS' });
    const ours = { name: 'shop.example', trust_bundle: { inline_string: 'OURS' } };
    const theirs = { name: 'partner.example', trust_bundle: { inline_string: 'THEIRS' } };
    expect(domains(own)).toEqual([ours]);
    expect(domains(callers)).toEqual([ours, theirs]);
    const [listener] = listenersOf({}, ir);
    expect(validation(listener.filter_chains[0].transport_socket)).toBe(callers?.name);
    expect(validation(upstreamTls(ir, service('shop/reviews'), port('http', 80)))).toBe(own?.name);
  });

  test('an unknown bundle is a missing file, so that nobody is trusted', () => {
    const [own, ...others] = trustBundles(mesh({}), undefined);
    expect(others).toEqual([]);
    expect(domains(own)).toEqual([
      {
        name: 'shop.example',
        trust_bundle: { filename: '${DIR}/config/current/trust/shop.example.unbound.pem' },
      },
    ]);
  });
});

describe('order of the checks: token, external authorization, access, limit', () => {
  test('each filter exists only if it has an effect', () => {
    const asked = {
      origin,
      service: 'shop/authz',
      port: 'grpc',
      protocol: 'grpc',
      timeout: 1000,
      onError: 'deny',
      includeHeaders: [],
      maxBody: 0,
    } as const;
    const names = httpFilters({
      authentication: authentication({ required: true, externalAuthorization: asked }),
      settings: { rateLimit: { origin, requests: 1, per: 1000, burst: 0, scope: 'instance' } },
    });
    expect(names).toEqual([
      'unsafe-paths',
      'tokens misspelt',
      'tokens header authorization Bearer',
      'token-required',
      'envoy.filters.http.ext_authz',
      'access-deny',
      'access-allow',
      'envoy.filters.http.local_ratelimit',
      'envoy.filters.http.router',
    ]);
    expect(httpFilters({})).toEqual([
      'unsafe-paths',
      'access-deny',
      'access-allow',
      'envoy.filters.http.router',
    ]);
  });

  test('without its routes a listener lets no request pass', () => {
    const [
      {
        filter_chains: [{ filters }],
      },
    ] = listenersOf({}) as Loose;
    const allowing = filters
      .at(-1)
      .typed_config.http_filters.find(({ name }: Loose) => name === 'access-allow');
    expect(allowing.typed_config.rules).toEqual({ action: 'ALLOW', policies: {} });
  });
});

describe('routes', () => {
  const routesOf = (parts: Parameters<typeof service>[1]) =>
    inboundRouteConfigurations(mesh({}), service('shop/reviews', parts)) as readonly Loose[];

  test('each HTTP port has a file that contains only its RouteConfiguration', () => {
    const of = routesOf({
      ports: [port('admin', 81), port('db', 3306, { protocol: 'tcp' }), port('http', 80)],
    });
    expect(of.map(({ path, name }) => [path, name])).toEqual([
      ['config/current/services/shop.reviews/inbound-admin-rds.json', 'inbound/admin'],
      ['config/current/services/shop.reviews/inbound-http-rds.json', 'inbound/http'],
    ]);
  });

  test('an open service has no checks, and a closed one without rules accepts no request', () => {
    const allowing = (closed: boolean) =>
      routesOf({ access: { closed, allow: [], deny: [] } })[0].resource.typed_per_filter_config[
        'access-allow'
      ].rbac;
    expect(allowing(false)).toEqual({});
    expect(allowing(true).rules).toEqual({ action: 'ALLOW', policies: {} });
  });

  test('the server sets no timeout of its own', () => {
    const [{ resource }] = routesOf({});
    const [{ route }] = resource.virtual_hosts[0].routes;
    expect([route.timeout, route.idle_timeout, route.retry_policy]).toEqual(['0s', '0s', undefined]);
  });

  test.each([
    [
      { requests: 100, per: 1000, burst: 50 },
      { max_tokens: 150, tokens_per_fill: 100, fill_interval: '1s' },
    ],
    [
      { requests: 3, per: 60_000, burst: 0 },
      { max_tokens: 3, tokens_per_fill: 3, fill_interval: '60s' },
    ],
    // Envoy's shortest interval is 50 ms: five intervals of 10 ms become one.
    [
      { requests: 2, per: 10, burst: 1 },
      { max_tokens: 11, tokens_per_fill: 10, fill_interval: '0.05s' },
    ],
  ])('a limit %j is a bucket %j', (limit, bucket) => {
    const [{ resource }] = routesOf({ settings: { rateLimit: { origin, ...limit, scope: 'instance' } } });
    const {
      token_bucket: found,
      filter_enabled: enabled,
      filter_enforced: enforced,
    } = resource.typed_per_filter_config['envoy.filters.http.local_ratelimit'];
    expect(found).toEqual(bucket);
    const always = { default_value: { numerator: 100, denominator: 'HUNDRED' } };
    expect([enabled, enforced]).toEqual([always, always]);
  });
});

describe('streams', () => {
  const db = (protocol: Protocol, parts: Partial<Service>) =>
    listenersOf({ ports: [port('db', 3306, { protocol })], ...(parts as object) })[0];
  const names = (chain: Loose): readonly string[] => chain.filters.map(({ name }: { name: string }) => name);

  test('the handshake checks the identity of clients', () => {
    const rules = access(
      allow({ from: [spiffe('shop/web'), spiffe('shop/cart')] }),
      allow({ from: [spiffe('shop/ops')], when: [{ origin, claims: [] }] }),
      deny({ from: [spiffe('shop/cart')] }),
    );
    const {
      filter_chains: [chain],
    } = db('mysql', { access: rules });
    expect(
      chain.transport_socket.typed_config.common_tls_context.combined_validation_context
        .default_validation_context,
    ).toEqual({
      match_typed_subject_alt_names: [
        { san_type: 'URI', matcher: { exact: 'spiffe://shop.example/ns/shop/sa/web' } },
      ],
    });
  });

  test('a closed port without allowed callers accepts nobody', () => {
    const {
      filter_chains: [chain],
    } = db('mysql', { access: { closed: true, allow: [], deny: [] } });
    const { default_validation_context: names } =
      chain.transport_socket.typed_config.common_tls_context.combined_validation_context;
    expect(names.match_typed_subject_alt_names).toHaveLength(1);
  });

  test('the application gets a connection only after the handshake', () => {
    const {
      filter_chains: [chain],
    } = db('mysql', {});
    expect(chain.filters.at(-1).typed_config.upstream_connect_mode).toBe('ON_DOWNSTREAM_TLS_HANDSHAKE');
  });

  test('plain text is decided when compiling: nobody has an identity there', () => {
    const closed = db('tcp', {
      mtls: 'disabled',
      access: access(allow({ from: [{ type: 'authenticated' }] })),
    });
    expect(names(closed.filter_chains[0])).toEqual([]);
    const open = db('tcp', { mtls: 'disabled', access: access(allow({ from: [{ type: 'anyone' }] })) });
    expect(names(open.filter_chains[0])).toEqual([
      'envoy.filters.network.set_filter_state',
      'envoy.filters.network.tcp_proxy',
    ]);
    const denied = db('tcp', { mtls: 'disabled', access: access(deny({})) });
    expect(names(denied.filter_chains[0])).toEqual([]);
  });

  test('plain text is refused where an exception takes it out of the rule that lets everybody in', () => {
    const chainOf = (...rules: readonly ReturnType<typeof allow>[]) =>
      names(db('tcp', { mtls: 'disabled', access: access(...rules) }).filter_chains[0]).length > 0;
    const anyone = [{ type: 'anyone' as const }];
    const here = { origin, to: [{ origin, ports: ['db'] }] };
    const elsewhere = { origin, to: [{ origin, ports: ['other'] }] };
    expect(chainOf(allow({ from: anyone, except: [here] }))).toBe(false);
    expect(chainOf(allow({ from: anyone, except: [{ origin, from: anyone }] }))).toBe(false);
    expect(chainOf(allow({ from: anyone, except: [elsewhere] }))).toBe(true);
    expect(chainOf(allow({ from: anyone, except: [{ origin, from: [spiffe('shop/web')] }] }))).toBe(true);
    expect(chainOf(allow({ from: anyone }), deny({ except: [here] }))).toBe(true);
    expect(chainOf(allow({ from: anyone }), deny({ except: [{ origin, from: [spiffe('shop/web')] }] }))).toBe(
      false,
    );
  });

  test('the handshake takes callers whom an exception of a deny spares', () => {
    const shop = { type: 'namespace', trustDomain: 'shop.example', namespace: 'shop' } as const;
    const { filter_chains } = db('mysql', {
      access: access(
        allow({ from: [shop] }),
        deny({ from: [shop], except: [{ origin, from: [spiffe('shop/web')] }] }),
      ),
    });
    const { default_validation_context: context } =
      filter_chains[0].transport_socket.typed_config.common_tls_context.combined_validation_context;
    expect(JSON.stringify(context)).toContain('/ns/shop/');
  });

  test('permissive: the protocol distinguishes the mesh from the TLS of the application', () => {
    const listener = db('tls', { mtls: 'permissive' });
    expect(listener.filter_chains[0].filter_chain_match).toEqual({
      transport_protocol: 'tls',
      application_protocols: ['mesh'],
    });
    const client = upstreamTls(
      mesh({}),
      service('shop/reviews'),
      port('db', 1, { protocol: 'tls' }),
    ) as Loose;
    expect(client.typed_config.common_tls_context.alpn_protocols).toEqual(['mesh']);
  });
});

test('an instance with a host name listens on all its addresses', () => {
  const named = { ...instance, inbound: { http: { host: 'vm1.example', port: 15_006 } } };
  const [listener] = inboundListeners(mesh({}), service('shop/reviews'), named) as Loose;
  expect(listener.address.socket_address).toEqual({ address: '0.0.0.0', port_value: 15_006 });
});

test('claims become headers that callers can not send', () => {
  const checked = authentication({
    issuers: [
      issuer('staff', 'https://staff.example', { claimHeaders: [{ header: 'x-sub', claim: 'sub' }] }),
    ],
  });
  const [
    {
      filter_chains: [{ filters }],
    },
  ] = listenersOf({ authentication: checked }) as Loose;
  const [mutation] = filters.at(-1).typed_config.early_header_mutation_extensions;
  const removed = { remove_on_match: { key_matcher: { safe_regex: { regex: 'x[-_]sub' } } } };
  expect(mutation.typed_config.mutations).toContainEqual(removed);
});
