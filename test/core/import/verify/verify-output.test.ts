import { readdirSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { verifyOutput } from '../../../../src/core/import/verify/verify-output.ts';
import type { TargetConfig } from '../../../../src/core/ir/target-config.ts';
import { loadSpec } from '../../../../src/core/spec/load.ts';
import { files } from '../../../../src/core/targets/files.ts';
import { lossOf } from '../../../../src/core/targets/loss.ts';
import { targets } from '../../../../src/core/targets/registry.ts';
import { linkedSources, sourcesBelow } from '../../../cases/linked-mesh.ts';

const cases = fileURLToPath(new URL('../../../../fixtures/cases', import.meta.url));

/** Compiles a case, changes the output, and reads it back. */
async function verified(
  name: string,
  change: (text: string) => string = (text) => text,
  platform: 'app-mesh' | 'envoy' | 'gateway-api' | 'istio' | 'kuma' | 'linkerd' | 'osm' = 'istio',
  isDeclared = false,
  options: TargetConfig['options'] = {},
) {
  const sources = sourcesBelow(path.join(cases, name));
  const { spec } = loadSpec(sources, {});
  const target = (await targets[platform]()).default;
  const reader = (await target.reader?.())?.default;
  if (spec === undefined || reader === undefined)
    throw new Error('the case has no spec, or the target no reader');
  const ir = linkedSources(sources);
  const output = files(target.lower(ir, { version: target.versions.at(-1) ?? '', options })).map((file) => ({
    file: file.path,
    bytes: new TextEncoder().encode(change(file.text)),
  }));
  const config: TargetConfig = {
    name: platform,
    platform,
    options,
    degrade: [],
    delivery: { requirePlan: false, branches: [] },
    origin: { file: 'mesh.yaml', line: 1, column: 1 },
  };
  return verifyOutput({ ir, spec }, output, reader, isDeclared ? lossOf(ir, config, target) : []);
}

describe('output of Istio that is read back', () => {
  test.each([
    'accounts',
    'alone',
    'calls',
    'canaries',
    'certificates',
    'colours',
    'doors',
    'resilience',
    'splits',
    'votes',
    'watched',
  ])(
    'the case %s means the same (proved)',
    async (name) => {
      const { isEqual, report, errors } = await verified(name);
      expect(errors).toEqual([]);
      expect(report).toMatchObject({ access: { gained: [], lost: [] }, routing: [], settings: [] });
      expect(report?.unproved).toBeUndefined();
      expect(isEqual).toBe(true);
    },
    60_000,
  );

  test.each([
    ['a weight', 'splits', (text: string) => text.replace('weight: 90', 'weight: 80'), 'routing'],
    ['a subset', 'splits', (text: string) => text.replace('subset: v1', 'subset: v2'), 'routing'],
    ['a retry', 'splits', (text: string) => text.replaceAll('attempts: 0', 'attempts: 1'), 'routing'],
    ['a timeout', 'votes', (text: string) => text.replace(/timeout: "\d+m?s"/, 'timeout: "59s"'), 'routing'],
    ['the port of a redirect', 'alone', (text: string) => text.replace('port: 443', 'port: 444'), 'routing'],
    ['a mode of mTLS', 'doors', (text: string) => text.replaceAll('STRICT', 'PERMISSIVE'), 'gained'],
    [
      'the rules of a policy',
      'accounts',
      (text: string) => text.replaceAll(/notPrincipals:\n(?: +- .*\n)+/g, ''),
      'gained',
    ],
  ] as const)('%s that differs is found, with a request', async (_what, name, change, kind) => {
    const { isEqual, report } = await verified(name, change);
    const boxes = kind === 'gained' ? report?.access.gained : report?.routing;
    expect(boxes?.length).toBeGreaterThan(0);
    expect(boxes?.[0]?.request.method).toEqual(expect.any(String));
    expect(isEqual).toBe(false);
  });

  test('a field that the reader does not know is no proof', async () => {
    const { isEqual, unread } = await verified('splits', (text) =>
      text.replace('\nspec:\n', '\nspec:\n  unknown: 1\n'),
    );
    expect(unread.length).toBeGreaterThan(0);
    expect(isEqual).toBe(false);
  });
});

describe('output of Envoy that is read back', () => {
  const ofEnvoy = async (name: string, change?: (text: string) => string) =>
    await verified(name, change, 'envoy', true);

  /** The cases whose output isn't proved, each with what stands in the way. */
  const unproved: Readonly<Record<string, string>> = {
    anywhere: 'the hosts of an External are not read',
    attacks: 'Externals, egress gateways, tokens and preflights are not read',
    balancing: 'the hosts of an External are not read',
    browsers: 'preflights of rules with cors are not read',
    characters: 'an expression about bytes of characters is read as one about characters',
    checked: 'checks of connections and at other ports, and tokens, are not read',
    entrance: 'tokens, and preflights of rules with cors, are not read',
    nearby: 'the order of instances by their places is not read as a preference',
    objects:
      'no proxy of the case calls anything, so that the output has nothing of its Externals and Routes',
    onward: 'preflights are not read, and no proxy takes the connections that a Route of the case is for',
    outside: 'the hosts of an External, and egress gateways, are not read',
    shared: 'listeners that share a port and have a table of hosts in common are not told apart',
    tokens: 'tokens are not read',
    watched: 'access logs and traces are not read',
  };

  const proved: readonly string[] = [
    'access',
    'accounts',
    'alone',
    'answers',
    'asked',
    'calls',
    'canaries',
    'certificates',
    'clients',
    'colours',
    'cookies',
    'doors',
    'identity',
    'leaving',
    'limits',
    'matches',
    'order',
    'picked',
    'pipelines',
    'platform',
    'resilience',
    'sealed',
    'secured',
    'splits',
    'streams',
    'together',
    'votes',
  ];

  test.each(proved)(
    'the case %s means the same (proved)',
    async (name) => {
      const { isEqual, report, errors, unread } = await ofEnvoy(name);
      expect(errors).toEqual([]);
      expect(unread).toEqual([]);
      expect(report).toMatchObject({ access: { gained: [], lost: [] }, routing: [], settings: [] });
      expect(isEqual).toBe(true);
    },
    60_000,
  );

  test.each(Object.entries(unproved))(
    'the case %s is not proved, and says where: %s',
    async (name) => {
      const { isEqual, errors, report } = await ofEnvoy(name);
      expect(isEqual).toBe(false);
      const found = [
        ...(report?.access.gained ?? []),
        ...(report?.access.lost ?? []),
        ...(report?.routing ?? []),
      ];
      expect(errors.length + found.length + (report?.settings?.length ?? 0)).toBeGreaterThan(0);
    },
    60_000,
  );

  test('every case is proved, or has the reason why it is not', () => {
    expect(
      readdirSync(cases)
        .filter((name) => !proved.includes(name))
        .sort(),
    ).toEqual(Object.keys(unproved).sort());
  });

  test.each([
    ['a weight', 'splits', (text: string) => text.replace('"weight":90', '"weight":80'), 'routing'],
    [
      'a version',
      'splits',
      (text: string) =>
        text.replace(
          '"name":"shop/reviews/v1/http","weight":90',
          '"name":"shop/reviews/v3/http","weight":90',
        ),
      'lost',
    ],
    [
      'a path',
      'splits',
      (text: string) => text.replace('"path_separated_prefix":"/two"', '"path_separated_prefix":"/too"'),
      'lost',
    ],
    [
      'a timeout',
      'splits',
      (text: string) => text.replace('"weight":10}]},"timeout":"5s"', '"weight":10}]},"timeout":"6s"'),
      'routing',
    ],
    [
      'a number of tries',
      'splits',
      (text: string) => text.replace('"num_retries":3', '"num_retries":4'),
      'routing',
    ],
    ['a status', 'alone', (text: string) => text.replace('"status":503', '"status":500'), 'routing'],
    [
      'a caller in the rules of a server',
      'accounts',
      (text: string) =>
        text.replace(/("authenticated":\{"principal_name":\{"exact":"spiffe:[^"]*)"/, '$1-other"'),
      'lost',
    ],
    [
      'the rules of a server, which take all calls',
      'accounts',
      (text: string) =>
        text.replaceAll(/"rbac":\{"rules":\{"action":"ALLOW".*?"rules_stat_prefix":"allow"\}/g, '"rbac":{}'),
      'gained',
    ],
  ] as const)('%s that differs is found, with a request', async (_what, name, change, kind) => {
    const { isEqual, report } = await ofEnvoy(name, change);
    const boxes = kind === 'routing' ? report?.routing : report?.access[kind];
    expect(boxes?.length).toBeGreaterThan(0);
    expect(boxes?.[0]?.request.method).toEqual(expect.any(String));
    expect(isEqual).toBe(false);
  });

  // Each of these fields guards calls, and no request of the language shows it.
  test.each([
    ['a check of certificates', '"require_client_certificate":true', '"require_client_certificate":false'],
    ['the expression of unsafe paths', '\\\\.\\\\.?;.*', '\\\\.\\\\.?;;.*'],
    ['the normalisation of paths', '"normalize_path":true', '"normalize_path":false'],
    ['the file of authorities', 'config/current/trust/splits', 'config/current/trust/other'],
    ['the identity of a server', 'sa/stock"}}]', 'sa/stack"}}]'],
    ['a field that nobody knows', '"codec_type":"AUTO"', '"codec_type":"AUTO","via":"x"'],
    ['the number of identities', '"value_match":{"contains":","}', '"value_match":{"contains":";"}'],
    ['the headers that callers may not set', '"prefix":"x-envoy-"', '"prefix":"x-envoi-"'],
    ['an address of an instance', '"127.1.2.5","port_value":15006', '"127.1.2.9","port_value":15006'],
    ['a host', '"reviews.shop:9080"', '"reviews.shop:9081"'],
  ])('%s that differs is an error at its place', async (_what, before, after) => {
    const { isEqual, errors } = await ofEnvoy('splits', (text) => text.replace(before, after));
    expect(errors.map(({ code }) => code)).toContainEqual(expect.stringMatching(/^MESH703[123]$/));
    expect(errors[0]?.location.file).toContain('config/current/');
    expect(isEqual).toBe(false);
  });

  test('two proxies that route calls to one service in two ways are a finding, and no guess', async () => {
    const { isEqual, errors } = await ofEnvoy('platform', (text) =>
      text.replace(/"timeout":"\d+s"/, '"timeout":"59s"'),
    );
    expect(errors.map(({ code }) => code)).toContain('MESH7032');
    expect(isEqual).toBe(false);
  });
});

describe('output of Open Service Mesh that is read back', () => {
  // A share of a version is that of a Service of its own there.
  test('Services that stand for versions are the versions', async () => {
    const { report } = await verified('accounts', undefined, 'osm', true);
    expect(report?.routing).toEqual([]);
    const changed = await verified(
      'accounts',
      (text) => text.replace('weight: 9\n', 'weight: 7\n'),
      'osm',
      true,
    );
    expect(changed.report?.routing.length).toBeGreaterThan(0);
  });

  test('differences that a loss of every mesh explains are explained only if it is declared', async () => {
    const declared = await verified('colours', undefined, 'osm', true);
    expect(declared.isEqual).toBe(true);
    expect(declared.shown.map(({ box }) => box.paths)).toContainEqual(['unsafe']);
    const silent = await verified('colours', undefined, 'osm');
    expect(silent.isEqual).toBe(false);
    expect(silent.report?.routing.map(({ paths }) => paths)).toContainEqual(['unsafe']);
  });

  test('settings are explained by the loss of their own feature', async () => {
    expect((await verified('picked', undefined, 'osm', true)).isEqual).toBe(true);
    const { report } = await verified('picked', undefined, 'osm');
    expect(report?.settings).toContain('load balancing of shop/keyed');
  });
});

describe.each(['kubernetes', 'aws-api'] as const)(
  'output of App Mesh in the form %s that is read back',
  (form) => {
    const ofAppMesh = async (name: string, change?: (text: string) => string) =>
      await verified(name, change, 'app-mesh', true, { form });

    test.each([
      'accounts',
      'balancing',
      'calls',
      'canaries',
      'certificates',
      'cookies',
      'doors',
      'nearby',
      'picked',
      'platform',
      'secured',
      'shared',
      'splits',
      'votes',
      'watched',
    ])(
      'the case %s means the same, but for declared losses (proved)',
      async (name) => {
        const { isEqual, report, errors } = await ofAppMesh(name);
        expect(errors).toEqual([]);
        expect(report).toMatchObject({ access: { gained: [], lost: [] }, routing: [], settings: [] });
        expect(report?.unproved).toBeUndefined();
        expect(isEqual).toBe(true);
      },
      60_000,
    );

    test.each([
      ['a share', 'splits', (text: string) => text.replaceAll(/(weight"?: *)\d+/g, '$150'), 'routing'],
      [
        'a name that a caller has to have',
        'shared',
        (text: string) =>
          text.replaceAll(/exact"?:[^-"]*(?:- |\[)?\s*"spiffe[^"]*"/g, (names) =>
            names.replace('/sa/', '/sa/un'),
          ),
        'lost',
      ],
      [
        'a listener that takes plain text, too',
        'certificates',
        (text: string) => text.replaceAll('STRICT', 'PERMISSIVE'),
        'gained',
      ],
      [
        'a listener without TLS',
        'certificates',
        (text: string) => text.replaceAll('STRICT', 'DISABLED'),
        'gained',
      ],
      [
        'a time of a route',
        'splits',
        (text: string) => text.replaceAll(/(value"?: *)5\b/g, '$17'),
        'routing',
      ],
    ] as const)('%s that differs is found, with a request', async (_what, name, change, kind) => {
      const { isEqual, report } = await ofAppMesh(name, change);
      const boxes = kind === 'routing' ? report?.routing : report?.access[kind];
      expect(boxes?.length).toBeGreaterThan(0);
      expect(boxes?.[0]?.request.method).toEqual(expect.any(String));
      expect(isEqual).toBe(false);
    });

    // The Mesh trusts a second domain, and App Mesh one alone: no declared loss is about that.
    test('a loss of access explains no refusal by the trust between meshes', async () => {
      const { report } = await ofAppMesh('identity');
      expect(report?.access.lost.map(({ after }) => after.status)).toContain(0);
    });
  },
);

describe('differences that callers do not notice, or that a declared loss explains', () => {
  // Linkerd answers a caller without an identity with 403 where it tells requests apart.
  test('a caller without a certificate is refused in either form', async () => {
    const declared = await verified('accounts', undefined, 'linkerd', true);
    expect(declared.report).toMatchObject({ access: { gained: [], lost: [] }, routing: [] });
    expect(declared.isEqual).toBe(true);
    const open = await verified(
      'accounts',
      (text) => (text.includes('kind: AuthorizationPolicy') ? '' : text),
      'linkerd',
      true,
    );
    expect(open.isEqual).toBe(false);
  });

  test('a loss within a rule explains requests that the rule decides, and no others', async () => {
    // The permissions of Kuma know no methods: the Access of `objects` is lost within its `to` and its `except`.
    const declared = await verified('objects', undefined, 'kuma', true);
    const silent = await verified('objects', undefined, 'kuma');
    const ofApi = ({ report }: typeof declared): number =>
      report?.access.lost.filter(({ to }) => to === 'shop/api').length ?? 0;
    expect(ofApi(silent)).toBeGreaterThan(0);
    expect(ofApi(declared)).toBe(0);
    const other = await verified(
      'objects',
      (text) => text.replaceAll('spiffe://objects.example/ns/shop/', 'spiffe://objects.example/ns/lab/'),
      'kuma',
      true,
    );
    expect(other.report?.access.lost.map(({ to }) => to)).toContain('shop/sealed');
  });

  test('a request that no rule takes is explained by the loss at the last rule of its Route', async () => {
    const unmatched = ({ before }: { before: { status?: number } }): boolean => before.status === 404;
    const declared = await verified('limits', undefined, 'kuma', true);
    expect(declared.report?.routing.filter(unmatched)).toEqual([]);
    const silent = await verified('limits', undefined, 'kuma');
    expect(silent.report?.routing.filter(unmatched).length).toBeGreaterThan(0);
  });

  // No mesh that reads the Gateway API's routes for services asks an external authorizer.
  test('an external authorization that the output leaves out is explained if it is declared', async () => {
    expect((await verified('asked', undefined, 'gateway-api', true)).isEqual).toBe(true);
    const silent = await verified('asked', undefined, 'gateway-api');
    expect(silent.isEqual).toBe(false);
    expect(silent.report?.unproved?.join()).toContain('external authorization');
  });
});
