import { describe, expect, it } from 'vitest';
import type { Diagnostic } from '../../../src/core/diagnostics/diagnostic.ts';
import type { UnreadableSource } from '../../../src/core/source/source.ts';
import { offsetOf } from '../../../src/core/source/span.ts';
import { type LoadOptions, loadSpec } from '../../../src/core/spec/load.ts';

type Files = Readonly<Record<string, string>>;

const mesh = 'apiVersion: mesh/v1\nkind: Mesh\nmetadata: {name: shop}\nspec: {trustDomain: shop.example}\n';

function load(files: Files, options: LoadOptions = {}, unreadable: readonly UnreadableSource[] = []) {
  const sources = Object.entries(files).map(([file, text]) => ({
    file,
    bytes: new TextEncoder().encode(text),
  }));
  const loaded = loadSpec({ sources, unreadable }, options);
  return { ...loaded, found: loaded.diagnostics.map(brief) };
}

function brief({ code, message, location: { file, range } }: Diagnostic): string {
  return `${file}:${String(range.start.line)}:${String(range.start.column)} ${code} ${message}`;
}

/** Returns a document with `rest` from its third line on. */
const document = (kind: string, ...rest: string[]) =>
  ['apiVersion: mesh/v1', `kind: ${kind}`, ...rest, ''].join('\n');

const service = (...spec: string[]) =>
  document('Service', 'metadata: {name: reviews, namespace: shop}', 'spec:', ...spec);

/** Returns the findings about one document beside a valid Mesh. */
const about = (text: string, options?: LoadOptions) =>
  load({ 'mesh.yaml': mesh, 'a.yaml': text }, options).found;

describe('a valid spec', () => {
  it('has every document by kind, sorted, with names, namespaces and places', () => {
    const { spec, found } = load({
      'z.yaml': `${service('  ports: {http: {port: 80}}')}---\n${document('Service', 'metadata:', '  name: api', 'spec: {}')}`,
      'mesh.yaml': mesh,
      'profiles/p.yaml': document('Profile', 'metadata: {name: gold}', 'spec: {settings: {timeout: 2s}}'),
    });
    expect(found).toEqual([]);
    expect(spec?.mesh.value.spec.trustDomain).toBe('shop.example');
    expect(spec?.environment).toBe('default');
    expect(spec?.services.map(({ namespace, name }) => `${namespace}/${name}`)).toEqual([
      'default/api',
      'shop/reviews',
    ]);
    expect(spec?.services[0]?.location.range.start).toEqual({ line: 10, column: 9 });
    expect(spec?.profiles.map(({ namespace, name }) => [namespace, name])).toEqual([['', 'gold']]);
  });

  it('does not depend on the order of files', () => {
    const files = {
      'mesh.yaml': mesh,
      'a.yaml': service('  ports: {http: {port: 80}}'),
      'b.yaml': document('Service', 'metadata: {name: b}', 'spec: {}'),
    };
    const turned = Object.fromEntries(Object.entries(files).reverse());
    expect(JSON.stringify(load(turned).spec)).toBe(JSON.stringify(load(files).spec));
  });
});

describe('documents of other languages', () => {
  const deployment =
    'apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: x}\nspec: {<<: {a: 1}, b: !Ref c}\n';

  it('are skipped together with their errors', () => {
    const others = `${deployment}---\n---\n- a\n---\nimage: &x {a: 1}\nb: {<<: *x}\n---\ntext\n`;
    expect(about(others)).toEqual([]);
  });

  it('are errors with strictFiles', () => {
    expect(
      about('apiVersion: apps/v1\nkind: Deployment\n---\n- a\n---\na: 1\n---\n', { strictFiles: true }),
    ).toEqual([
      'a.yaml:1:13 MESH1123 not a document of the mesh language: apiVersion is "apps/v1"',
      'a.yaml:4:1 MESH1123 not a document of the mesh language: a list',
      'a.yaml:6:1 MESH1123 not a document of the mesh language: it has no apiVersion',
    ]);
  });

  it.each([
    [
      'another version',
      'apiVersion: mesh/v2\nkind: Service\n',
      'a.yaml:1:13 MESH1120 apiVersion "mesh/v2" is not known; this program reads mesh/v1',
    ],
    [
      'other capitals',
      'apiVersion: Mesh/V1\nkind: Service\n',
      'a.yaml:1:13 MESH1120 apiVersion "Mesh/V1" is not known; this program reads mesh/v1',
    ],
    [
      'a misspelt version',
      'apiVersion: mehs/v1\nkind: Route\n',
      'a.yaml:1:13 MESH1120 apiVersion "mehs/v1" is not known; this program reads mesh/v1',
    ],
    [
      'a document of our kind without a version',
      'kind: Route\nspec: {}\n',
      'a.yaml:1:1 MESH1122 apiVersion is missing: write apiVersion: mesh/v1',
    ],
    [
      'an unknown kind',
      'apiVersion: mesh/v1\nkind: Servce\n',
      'a.yaml:2:7 MESH1121 there is no kind "Servce"; did you mean "Service"?',
    ],
    [
      'a kind that is a list',
      'apiVersion: mesh/v1\nkind: [Route]\n',
      'a.yaml:2:7 MESH1121 there is no kind a list (known: Access, Authentication, External, Gateway, Guardrail, Mesh, Profile, Rollout, Route, Service)',
    ],
    ['no kind', 'apiVersion: mesh/v1\n', 'a.yaml:1:1 MESH1101 "kind" is missing'],
    ...['v1', 'meshwright/v1', 'meshwright.dev/v1', 'mesh', 'access/v1', 'apps/v1'].map(
      (version): [string, string, string] => [
        `a kind of the mesh alone in ${version}`,
        `apiVersion: ${version}\nkind: Access\nspec: {service: a, rules: [{deny: {}}]}\n`,
        `a.yaml:1:13 MESH1120 apiVersion "${version}" is not known; this program reads mesh/v1`,
      ],
    ),
    [
      'a misspelt kind in a foreign version',
      'apiVersion: v1\nkind: Acces\n',
      'a.yaml:1:13 MESH1120 apiVersion "v1" is not known; this program reads mesh/v1',
    ],
    [
      'fields of the mesh language in a foreign group',
      'apiVersion: example.com/v1\nkind: Access\nmetadata: {name: a}\nspec: {service: a, rules: [{deny: {from: [{service: b}]}}]}\n',
      'a.yaml:1:13 MESH1120 apiVersion "example.com/v1" is not known; this program reads mesh/v1',
    ],
    [
      'a Service with ports by name in the version of Kubernetes',
      'apiVersion: v1\nkind: Service\nmetadata: {name: a}\nspec: {ports: {http: {prot: 80}}}\n',
      'a.yaml:1:13 MESH1120 apiVersion "v1" is not known; this program reads mesh/v1',
    ],
    [
      'a misspelt kind without a version',
      'kind: Acess\nspec: {}\n',
      'a.yaml:1:1 MESH1122 apiVersion is missing: write apiVersion: mesh/v1',
    ],
    [
      'a misspelt apiVersion',
      'apiversion: mesh/v1\nkind: Access\n',
      'a.yaml:1:1 MESH1100 unknown field "apiversion"; did you mean "apiVersion"?',
    ],
    [
      'a document without its first lines',
      'metadata: {name: a}\nspec: {rules: []}\n',
      'a.yaml:1:1 MESH1122 apiVersion is missing: write apiVersion: mesh/v1',
    ],
    [
      'a document in a list',
      '- apiVersion: mesh/v1\n  kind: Access\n',
      'a.yaml:1:15 MESH1060 a document inside a list is not read: write it as a document of its own, after a line ---',
    ],
    [
      'a document in a List of Kubernetes',
      'apiVersion: v1\nkind: List\nitems:\n  - apiVersion: mesh/v1\n    kind: Access\n',
      'a.yaml:4:17 MESH1060 a document inside a list is not read: write it as a document of its own, after a line ---',
    ],
  ])('but that were meant to be ours are errors: %s', (_, text, expected) =>
    expect(about(text)).toEqual([expected]),
  );

  it.each([
    'apiVersion: v1\nkind: Service\nmetadata: {name: x}\nspec: {ports: []}\n',
    'apiVersion: v1\nkind: Service\nmetadata: {name: x}\nspec: {type: ExternalName, externalName: a.example}\n',
    'apiVersion: serving.knative.dev/v1\nkind: Service\nmetadata: {name: x}\nspec: {template: {}}\n',
    'apiVersion: gateway.networking.k8s.io/v1\nkind: Gateway\nmetadata: {name: x}\nspec: {listeners: []}\n',
    'apiVersion: route.openshift.io/v1\nkind: Route\nmetadata: {name: x}\nspec: {to: {kind: Service, name: x}}\n',
    'apiVersion: argoproj.io/v1alpha1\nkind: Rollout\nmetadata: {name: x}\nspec: {replicas: 5}\n',
    'apiVersion: consul.hashicorp.com/v1alpha1\nkind: Mesh\nmetadata: {name: mesh}\nspec: {tls: {}}\n',
    'apiVersion: config.openshift.io/v1\nkind: Authentication\nmetadata: {name: cluster}\nspec: {type: OIDC}\n',
    'apiVersion: rbac.authorization.k8s.io/v1\nkind: Role\nmetadata: {name: x}\nrules: []\n',
    'apiVersion: v1\nkind: Secret\nmetadata: {name: x}\n',
    'apiVersion: v1\nkind: List\nitems: [{apiVersion: v1, kind: Service}]\n',
  ])('leaves objects of other languages alone: %s', (text) => {
    expect(about(text)).toEqual([]);
  });
});

describe('the Mesh', () => {
  it('is required', () => {
    expect(load({ 'a.yaml': service('  {}') }).found).toEqual([
      'mesh.yaml:1:1 MESH1131 there is no Mesh document',
    ]);
  });

  it('is not reported as missing if mesh.yaml cannot be read', () => {
    expect(load({ 'mesh.yaml': 'a: [\n' }).found.map((line) => line.split(' ')[1])).toEqual(['MESH1003']);
  });

  it('must be alone, in mesh.yaml', () => {
    const { diagnostics, found } = load({ 'mesh.yaml': mesh, 'b.yaml': mesh.replace('shop}', 'other}') });
    expect(found).toEqual(['b.yaml:2:7 MESH1132 a Mesh has to stand in mesh.yaml, and there is only one']);
    expect(diagnostics[0]?.related[0]?.location.file).toBe('mesh.yaml');
    expect(load({ 'b.yaml': mesh }).found.map((line) => line.slice(0, 19))).toEqual(['b.yaml:2:7 MESH1132']);
  });

  it('may come from standard input', () => expect(load({ '-': mesh }).found).toEqual([]));
});

describe('duplicates', () => {
  it('are reported with both places', () => {
    const { diagnostics, found } = load({
      'mesh.yaml': mesh,
      'a.yaml': service('  {}'),
      'b/c.yaml': `# x\n${service('  {}')}`,
    });
    expect(found).toEqual(['b/c.yaml:4:18 MESH1130 Service shop/reviews is written twice']);
    expect(diagnostics[0]?.related[0]?.location).toMatchObject({
      file: 'a.yaml',
      range: { start: { line: 3, column: 18 } },
    });
  });

  it('are compared by kind and namespace, whether the default one is written or not', () => {
    const named = (kind: string, metadata: string, spec: string) =>
      document(kind, `metadata: {${metadata}}`, `spec: ${spec}`);
    const texts = [
      named('Service', 'name: a', '{}'),
      named('Service', 'name: a, namespace: shop', '{}'),
      named('Route', 'name: a', '{service: a, rules: [{backends: [{}]}]}'),
      named('Service', 'name: a, namespace: default', '{}'),
    ];
    expect(about(texts.join('---\n'))).toEqual(['a.yaml:18:18 MESH1130 Service default/a is written twice']);
  });
});

/** Documents with errors: the text, and the findings with their places. */
const wrong: readonly [string, string, readonly string[]][] = [
  [
    'an unknown field',
    service('  timout: 2s'),
    ['a.yaml:5:3 MESH1100 unknown field "timout"; did you mean "timeout"?'],
  ],
  [
    'a field with the name of an inherited property',
    service('  __proto__: {}', '  constructor: 1'),
    ['a.yaml:5:3 MESH1100 unknown field "__proto__"', 'a.yaml:6:3 MESH1100 unknown field "constructor"'],
  ],
  [
    'a namespace where there is none',
    document('Profile', 'metadata: {name: a, namespace: b}', 'spec: {settings: {}}'),
    ['a.yaml:3:21 MESH1100 unknown field "namespace" (known: name, labels, annotations)'],
  ],
  [
    'a missing field',
    document('Service', 'metadata: {name: a}', 'spec:', '  ports:', '    http: {}'),
    ['a.yaml:6:5 MESH1101 "port" is missing in "http"'],
  ],
  [
    'a missing field in a list',
    service('  calls: [{methods: [GET]}]'),
    ['a.yaml:5:11 MESH1101 "service" is missing here'],
  ],
  [
    'a namespace that is no string',
    document('Service', 'metadata: {name: a, namespace: {b: c}}', 'spec: {}'),
    ['a.yaml:3:32 MESH1102 expected a string, found a map'],
  ],
  ['a missing spec', document('Access', 'metadata: {name: a}'), ['a.yaml:2:1 MESH1101 "spec" is missing']],
  [
    'a field that is missing because it is misspelt, reported once',
    document('Service', 'metadata: {nam: a}', 'spec: {}'),
    ['a.yaml:3:12 MESH1100 unknown field "nam"; did you mean "name"?'],
  ],
  [
    'a number in place of a string',
    service('  workload: {labels: {version: 1.30}}'),
    ['a.yaml:5:32 MESH1102 expected a string, found the number 1.3; put it in quotes: "1.30"'],
  ],
  [
    'a text in place of the only possible word, reported once',
    document(
      'Access',
      'metadata: {name: a}',
      'spec: {service: a, rules: [{allow: {from: [{anyone: "yes"}]}}]}',
    ),
    ['a.yaml:4:53 MESH1102 expected true or false, found the string "yes"; write true'],
  ],
  [
    'an empty value in place of a map',
    service('  ports:'),
    ['a.yaml:5:3 MESH1102 expected a map, found nothing; write {}'],
  ],
  [
    'a map in place of a list',
    service('  calls: {service: a}'),
    ['a.yaml:5:10 MESH1102 expected a list, found a map; write [{service: a}]'],
  ],
  [
    'an unknown word',
    service('  ports: {http: {port: 80, protocol: htp}}'),
    [
      'a.yaml:5:38 MESH1103 "htp" is not one of http, http2, grpc, tls, tcp, mongo, mysql, postgres, redis; did you mean "http"?',
    ],
  ],
  [
    'a number that is too large',
    service('  ports: {http: {port: 90800}}'),
    ['a.yaml:5:24 MESH1105 90800 is too large: at most 65535'],
  ],
  [
    'an empty list',
    service('  calls: [{service: a, paths: []}]'),
    ['a.yaml:5:31 MESH1105 the list is empty: give one entry at least, or leave the field out'],
  ],
  [
    'alternatives together',
    service('  loadBalancing:', '    affinity: {header: a, query: b}'),
    [
      'a.yaml:6:27 MESH1106 only one of "cookie", "header", "query" and "sourceAddress" can be given, found "header" and "query"',
    ],
  ],
  [
    'none of the alternatives',
    service('  calls: [{service: a, paths: [{}]}]'),
    ['a.yaml:5:32 MESH1101 "exact", "prefix", "startsWith" or "regex" is missing here'],
  ],
  [
    'a percentage with too many decimals',
    service('  outlierDetection: {maxEjectionPercent: 0.00001}'),
    ['a.yaml:5:42 MESH1108 0.00001 is too fine: a percentage has four decimals at most'],
  ],
  [
    'a duration too long',
    service('  timeout: 36501d'),
    ['a.yaml:5:12 MESH1105 "36501d" is too long: at most 36500d'],
  ],
  [
    'a connection that may take for ever to come up',
    service('  connections: {connectTimeout: 0s}'),
    [expect.stringMatching(/^a\.yaml:5:33 MESH1104 "0s" does not fit here/)],
  ],
  [
    'a duration with a fraction of a millisecond',
    service('  timeout: 1.0005s'),
    ['a.yaml:5:12 MESH1108 "1.0005s" is too fine: a duration is a whole number of milliseconds'],
  ],
  [
    'two errors at one place, reported once',
    service('  timeout: .inf'),
    ['a.yaml:5:12 MESH1014 the number .inf cannot be kept exactly'],
  ],
  [
    'an error of the text and an error of a field',
    service('  mtls: strict', '  mtls: strict', '  timout: 1s'),
    [
      'a.yaml:6:3 MESH1006 the key "mtls" is there twice',
      'a.yaml:7:3 MESH1100 unknown field "timout"; did you mean "timeout"?',
    ],
  ],
  [
    'an alias without a value, and no error about the field',
    service('  timeout: *none', '  timout: 1s'),
    ['a.yaml:5:12 MESH1007 the alias *none has no anchor'],
  ],
];

describe('mistakes in a document', () => {
  it.each(wrong)('%s', (_, text, expected) => expect(about(text)).toEqual(expected));

  it.each([
    ['a duration', '  timeout: 5 sec', '5:12', /^"5 sec" does not fit here\. .*250ms/],
    ['a percentage', '  retryBudget: {percent: 120%}', '5:26', /^"120%" does not fit here\. .*four decimals/],
    [
      'a word',
      '  retries: {attempts: 1, methods: al}',
      '5:35',
      /^"al" does not fit here\. Did you mean "all"\? Only/,
    ],
    ['a key', '  ports: {HTTP: {port: 80}}', '5:11', /^the key "HTTP" does not fit here\. A DNS label/],
    [
      'a name that would steer a terminal',
      '  profiles: ["\\e[31m\\n"]',
      '5:14',
      /^"\\x1b\[31m\\n" does not fit here\. /,
    ],
  ])('is described in the words of the schema: %s', (_, line, place, expected) => {
    const [finding = '', ...others] = about(service(line));
    expect(others).toEqual([]);
    expect(finding.startsWith(`a.yaml:${place} MESH1104 `)).toBe(true);
    expect(finding.replace(/^\S+ \S+ /, '')).toMatch(expected);
  });

  it.each([
    ['  timout: 2s', 'timeout: 2s'],
    ['  mtls: stict', 'mtls: strict'],
    ['  exposeTo: [1]', 'exposeTo: ["1"]'],
  ])('has a fix that removes it: %s', (line, fixed) => {
    const { diagnostics, texts } = load({ 'mesh.yaml': mesh, 'a.yaml': service(line) });
    const [edit] = diagnostics[0]?.fix?.edits ?? [];
    const source = texts.find(({ file }) => file === 'a.yaml')!;
    const { start, end } = edit!.location.range;
    const text =
      source.text.slice(0, offsetOf(source, start)) + edit!.text + source.text.slice(offsetOf(source, end));
    expect(text).toContain(`  ${fixed}\n`);
    expect(about(text)).toEqual([]);
  });
});

describe('an environment', () => {
  const base = { 'mesh.yaml': mesh, 'reviews.yaml': service('  timeout: 2s', '  ports: {http: {port: 80}}') };
  const overlay = (...spec: string[]) => ({ ...base, 'environments/prod/x/reviews.yaml': service(...spec) });

  it('is merged into the base if it is chosen', () => {
    const files = overlay('  timeout: 5s');
    expect(load(files).spec?.services[0]?.value.spec.timeout).toBe('2s');
    const { spec, found } = load(files, { environment: 'prod' });
    expect(found).toEqual([]);
    expect(spec?.environment).toBe('prod');
    expect(spec?.services[0]?.value.spec).toEqual(
      expect.objectContaining({ timeout: '5s', ports: { http: { port: 80 } } }),
    );
  });

  it('is not even parsed if another one is chosen', () => {
    const files = {
      ...overlay('  timeout: 5s'),
      'environments/dev/a.yaml': 'a: [',
      'environments/note.yaml': '{',
    };
    expect(load(files).found).toEqual([]);
    expect(load(files, { environment: 'prod' }).found).toEqual([]);
  });

  it('adds documents, deletes documents, and changes the Mesh', () => {
    const files = {
      ...base,
      'environments/prod/all.yaml': [
        document('Service', 'metadata: {name: reviews, namespace: shop}', 'spec: null'),
        document('Service', 'metadata: {name: new}', 'spec: {}'),
        document('Mesh', 'metadata: {name: shop}', 'spec: {mtls: permissive}'),
      ].join('---\n'),
    };
    const { spec, found } = load(files, { environment: 'prod' });
    expect(found).toEqual([]);
    expect(spec?.services.map(({ name }) => name)).toEqual(['new']);
    expect(spec?.mesh.value.spec).toEqual(
      expect.objectContaining({ trustDomain: 'shop.example', mtls: 'permissive' }),
    );
  });

  it('is checked after merging, and a finding is in the file that caused it', () => {
    expect(load(overlay('  timeout: 5'), { environment: 'prod' }).found[0]).toMatch(
      /^environments\/prod\/x\/reviews.yaml:5:12 MESH1102 /,
    );
    expect(load(overlay('  ports: {http: {port: null}}'), { environment: 'prod' }).found).toEqual([
      'reviews.yaml:6:11 MESH1101 "port" is missing in "http"',
    ]);
  });

  it('that deletes a missing field gets a warning, and the spec is valid', () => {
    const files = {
      ...overlay('  retries: null'),
      'environments/prod/b.yaml': document('Route', 'metadata: {name: r}', 'spec: null'),
    };
    const { spec, found } = load(files, { environment: 'prod' });
    expect(found).toEqual([
      'environments/prod/b.yaml:4:1 MESH1141 spec: null deletes nothing, there is no Route default/r in the base',
      'environments/prod/x/reviews.yaml:5:3 MESH1140 retries: null deletes nothing, there is no such field in the base',
    ]);
    expect(spec).toBeDefined();
  });

  it('that does not exist is an error', () => {
    expect(load(overlay('  {}'), { environment: 'prd' }).found).toEqual([
      'mesh.yaml:1:1 MESH1024 there is no environment "prd"; did you mean "prod"?',
    ]);
    expect(load(base, { environment: '../prod\u001b' }).found).toEqual([
      'mesh.yaml:1:1 MESH1024 there is no environment "../prod\\x1b"',
    ]);
    expect(load(base, { environment: 'default' }).found).toEqual([
      'mesh.yaml:1:1 MESH1025 the environment name "default" is reserved',
    ]);
  });
});

describe('files that were not read', () => {
  it.each([
    ['too-large', 'MESH1020'],
    ['outside-root', 'MESH1021'],
    ['not-a-file', 'MESH1022'],
    ['unreadable', 'MESH1023'],
  ] as const)('are errors: %s', (problem, code) => {
    const { found, spec } = load({ 'mesh.yaml': mesh }, {}, [{ file: 'x.yaml', problem, detail: 'EACCES' }]);
    expect(found).toHaveLength(1);
    expect(found[0]).toMatch(new RegExp(`^x.yaml:1:1 ${code} .*: EACCES$`));
    expect(spec).toBe(undefined);
  });

  it('of another environment do not matter', () => {
    expect(
      load({ 'mesh.yaml': mesh }, {}, [{ file: 'environments/a/x.yaml', problem: 'too-large' }]).found,
    ).toEqual([]);
  });
});

describe('a file that is no YAML', () => {
  const helm = 'apiVersion: apps/v1\n{{- if .Values.on }}\nkind: Deployment\n{{- end }}\n';

  it('is skipped with a note if it has nothing of the mesh in it', () => {
    const { diagnostics, spec } = load({ 'mesh.yaml': mesh, 'charts/a.yaml': helm, 'notes.yaml': 'a: [\n' });
    expect(
      diagnostics.map(({ code, severity, message, location: { file } }) => [code, severity, file, message]),
    ).toEqual([
      [
        'MESH2410',
        'info',
        'charts/a.yaml',
        'the file is skipped: it holds {{, as a template does, and it has no apiVersion: mesh/v1',
      ],
      [
        'MESH2410',
        'info',
        'notes.yaml',
        'the file is skipped: it is no YAML, and it has no apiVersion: mesh/v1',
      ],
    ]);
    expect(spec).toBeDefined();
  });

  it.each([
    ['names the language', 'apiVersion: mesh/v1\nkind: Access\nspec: [\n'],
    ['is a template of it', 'apiVersion: mesh/v1\n{{- if .Values.on }}\nkind: Access\n'],
    ['has one of its kinds', 'kind: Access\nspec: [\n'],
  ])('is an error if it %s', (_, text) => {
    const { diagnostics } = load({ 'mesh.yaml': mesh, 'a.yaml': text });
    expect(diagnostics.map(({ severity }) => severity)).toContain('error');
  });

  it('is an error with --strict-files', () => {
    const { diagnostics } = load({ 'mesh.yaml': mesh, 'charts/a.yaml': helm }, { strictFiles: true });
    expect(diagnostics.map(({ severity }) => severity)).toContain('error');
  });
});
