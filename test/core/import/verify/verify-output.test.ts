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

type Platform =
  | 'app-mesh'
  | 'envoy'
  | 'gateway-api'
  | 'istio'
  | 'kuma'
  | 'linkerd'
  | 'nginx-service-mesh'
  | 'osm'
  | 'smi'
  | 'traefik-mesh';

/** Compiles a case, changes the output, and reads it back. */
async function verified(
  name: string,
  change: (text: string) => string = (text) => text,
  platform: Platform = 'istio',
  isDeclared: boolean | ((feature: string) => boolean) = false,
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
  const isTaken = typeof isDeclared === 'function' ? isDeclared : () => isDeclared;
  const losses = lossOf(ir, config, target).filter(({ feature }) => isTaken(feature));
  return verifyOutput({ ir, spec }, output, reader, losses);
}

describe('output of Istio that is read back', () => {
  test.each([
    'access',
    'accounts',
    'alone',
    'answers',
    'calls',
    'canaries',
    'certificates',
    'colours',
    'doors',
    'limits',
    'matches',
    'onward',
    'order',
    'picked',
    'pipelines',
    'resilience',
    'secured',
    'splits',
    'streams',
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

  test.each(['leaving', 'nearby', 'together'])(
    'the case %s means the same, but for declared losses (proved)',
    async (name) => {
      const { isEqual, errors } = await verified(name, undefined, 'istio', true);
      expect(errors).toEqual([]);
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
    ['a limit', 'limits', (text: string) => text.replace('max_tokens: 10', 'max_tokens: 11'), 'routing'],
    [
      'a condition that a filter notes',
      'access',
      (text: string) => text.replace('/healthz/[a-z]+', '/healthz/[a-c]+'),
      'gained',
    ],
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

describe.each(['smi', 'osm', 'traefik-mesh', 'nginx-service-mesh'] as const)(
  'output of %s that is read back',
  (platform) => {
    test.each(readdirSync(cases))(
      'the case %s means the same, but for declared losses (proved)',
      async (name) => {
        const { isEqual, report, errors } = await verified(name, undefined, platform, true);
        expect(errors).toEqual([]);
        expect(report).toMatchObject({ access: { gained: [], lost: [] }, routing: [], settings: [] });
        expect(report?.unproved).toBeUndefined();
        expect(isEqual).toBe(true);
      },
      60_000,
    );

    // Traefik Mesh guards calls to one of two names alone, which it declares for every rule about callers.
    test.skipIf(platform === 'traefik-mesh').each([
      ['a TrafficTarget', 'canaries', /kind: TrafficTarget\n/g, 'kind: Traffic\n', 'lost'],
      ['a caller', 'canaries', /name: web\n/g, 'name: jobs\n', 'lost'],
      ['the method of a match', 'accounts', /- POST\n/g, '- PUT\n', 'gained'],
    ] as const)('%s that differs is found, with a request', async (_what, name, written, instead, kind) => {
      const change = (text: string): string => text.replaceAll(written, instead);
      const { isEqual, report } = await verified(name, change, platform, true);
      expect(report?.access[kind].length).toBeGreaterThan(0);
      expect(isEqual).toBe(false);
    });

    test('a share that differs is found', async () => {
      const change = (text: string): string => text.replace('weight: 9\n', 'weight: 7\n');
      const { isEqual, report } = await verified('accounts', change, platform, true);
      expect(report?.routing.length).toBeGreaterThan(0);
      expect(isEqual).toBe(false);
    });

    // A service without Access lets in callers that nobody names, and a mesh of SMI none of them.
    test('callers that nobody names are refused by the loss at their service alone', async () => {
      const refused = ({ report }: Awaited<ReturnType<typeof verified>>) =>
        (report?.access.lost ?? []).map(({ from }) => from.join());
      const declared = await verified('answers', undefined, platform, true);
      expect(refused(declared)).toEqual([]);
      const silent = await verified('answers', undefined, platform, (one) => !one.startsWith('mtls.'));
      expect(refused(silent)).toContainEqual(expect.stringContaining('other accounts of shop'));
    });
  },
);

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

    test.each(readdirSync(cases).filter((name) => name !== 'checked' && name !== 'order'))(
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

    // The Mesh trusts a second domain, and App Mesh one alone.
    test('a loss of access explains no refusal by the trust between meshes, and that of federation does', async () => {
      const lost = async (isDeclared: (feature: string) => boolean) =>
        (await verified('identity', undefined, 'app-mesh', isDeclared, { form })).report?.access.lost;
      expect((await lost((one) => one !== 'federation'))?.map(({ after }) => after.status)).toContain(0);
      expect(await lost(() => true)).toEqual([]);
    });
  },
);

describe.each(['kubernetes', 'universal'] as const)(
  'output of Kuma in the mode %s that is read back',
  (mode) => {
    const ofKuma = async (name: string, change?: (text: string) => string) =>
      await verified(name, change, 'kuma', true, { mode });
    test.each(readdirSync(cases))(
      'the case %s means the same, but for declared losses (proved)',
      async (name) => {
        const { isEqual, report, errors } = await ofKuma(name);
        expect(errors).toEqual([]);
        expect(report).toMatchObject({ access: { gained: [], lost: [] }, routing: [], settings: [] });
        expect(report?.unproved).toBeUndefined();
        expect(isEqual).toBe(true);
      },
      60_000,
    );

    // Both forms, with a further label in the notation of each.
    const isObject = mode === 'kubernetes';
    test.each([
      ['other pods', /(version"?: ?"?)v1/g, '$1v9'],
      ['fewer pods', /(version"?: ?"?)v1("?)/g, isObject ? '$1v1\n    zone: b' : '$1v1","zone":"b"'],
      ['another port of its pods', /(targetPort"?: ?)9080/g, '$19081'],
      ['another protocol', /(appProtocol"?: ?"?)http/g, '$1tcp'],
    ])('a Service with %s than a version is no version', async (_what, from, to) => {
      const { isEqual, report, errors } = await ofKuma('splits', (text) => text.replace(from, to));
      expect(isEqual).toBe(false);
      expect([...(report?.routing ?? []), ...(report?.access.lost ?? []), ...errors]).not.toEqual([]);
    });

    test.runIf(mode === 'universal')(
      'a MeshService with another port than its service is not that one',
      async () => {
        const { isEqual } = await ofKuma('colours', (text) =>
          text.includes('"type":"MeshService"') ? text.replace(/"port":\d+/, '"port":81') : text,
        );
        expect(isEqual).toBe(false);
      },
    );

    test('a changed limit is not explained by a health check that is lost on a line beside it', async () => {
      const { isEqual, report } = await ofKuma('checked', (text) =>
        text.replace(/("?http"?: ?\{?\s*"?requestRate"?: ?\{?\s*"?num"?: ?)1\b/g, '$17'),
      );
      expect(report?.routing.map(({ after }) => JSON.stringify(after.rateLimited)).join()).toContain(
        '"requests":7',
      );
      expect(isEqual).toBe(false);
    });

    test('a limit of one version alone is found', async () => {
      const { isEqual, report } = await ofKuma('splits', (text) => {
        const at = text.search(/reviews-v1[^]*?maxRequests/);
        return at < 0
          ? text
          : `${text.slice(0, at)}${text.slice(at).replace(/(maxRequests"?: ?)2147483647/, '$17')}`;
      });
      expect(isEqual).toBe(false);
      expect(report?.settings).toContain('connection limits of shop/reviews');
    });

    test.each([
      ['the slash behind a prefix', 'answers', '/new/deep/', '/new/deep'],
      ['the prefix of callers', 'shared', '/ns/infra/', '/ns/lab/'],
      ['the account of a caller', 'colours', '/ns/color/', '/ns/lab/'],
    ] as const)('%s that differs is found, with a request', async (_what, name, from, to) => {
      const { isEqual, report } = await ofKuma(name, (text) => text.replaceAll(from, to));
      const boxes = [...(report?.routing ?? []), ...(report?.access.lost ?? [])];
      expect(boxes[0]?.request.method).toEqual(expect.any(String));
      expect(isEqual).toBe(false);
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
