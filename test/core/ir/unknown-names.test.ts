import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { understood } from '../../../src/commands/load-mesh.ts';
import type { Diagnostic } from '../../../src/core/diagnostics/diagnostic.ts';
import { spanAlong } from '../../../src/core/source/locate.ts';
import { parseSource } from '../../../src/core/source/parse.ts';
import { type WrittenReference, writtenReferences } from '../../../src/core/spec/written-references.ts';

const fixtures = path.join(import.meta.dirname, '../../../fixtures');

type Files = Readonly<Record<string, string>>;

const mesh = `apiVersion: mesh/v1
kind: Mesh
metadata: {name: shop}
spec: {trustDomain: shop.example, access: allow}
`;

/** A document that no other names, with an error in one field. */
const faulty = `apiVersion: mesh/v1
kind: Profile
metadata: {name: faulty-profile}
spec: {settings: {timeout: 5}}
`;

function findings(files: Files): readonly Diagnostic[] {
  const sources = Object.entries(files).map(([file, text]) => ({
    file,
    bytes: new TextEncoder().encode(text),
  }));
  return understood({ sources, unreadable: [] }, undefined, { today: '2026-01-01' }).diagnostics;
}

/** Unknown services, gateways, profiles, ports and versions. */
const ofNames = /^MESH(?:2000|2001|2002|2010|2015)$/;

function unknown(files: Files): readonly string[] {
  return findings(files)
    .filter(({ code }) => ofNames.test(code))
    .map(shown);
}

function shown({ code, message, location: { file, range } }: Diagnostic): string {
  const { line, column } = range.start;
  // The order of known names differs between the places that report unknown ports.
  return `${file}:${String(line)}:${String(column)} ${code} ${message.replace(/ \(it has .*?\)/, '')}`;
}

const whole = (files: Files): boolean => !findings(files).some(({ severity }) => severity === 'error');

/** Every mesh of the cases and recipes that has no error. */
const meshes = ['cases', 'cookbook'].flatMap((group) =>
  readdirSync(path.join(fixtures, group), { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => [`${group}/${name}`, filesOf(path.join(fixtures, group, name))] as const)
    .filter(([, files]) => 'mesh.yaml' in files && whole(files)),
);

function filesOf(folder: string): Files {
  const names = readdirSync(folder).filter((name) => name.endsWith('.yaml') && name !== 'case.yaml');
  return Object.fromEntries(names.map((name) => [name, readFileSync(path.join(folder, name), 'utf8')]));
}

/** The name of each kind of reference with the mesh in which it is first written. */
interface Place {
  readonly title: string;
  readonly files: Files;
  readonly changed: Files;
}

function places(): readonly Place[] {
  const found = new Map<string, Place>();
  for (const [mesh, files] of meshes)
    for (const [file, text] of Object.entries(files))
      for (const { value } of parseSource({ file, bytes: new TextEncoder().encode(text) }).documents) {
        const { kind = '' } = (value ?? {}) as { readonly kind?: string };
        for (const reference of writtenReferences(value)) {
          if (reference.thing === 'namespace' || isConditional(reference)) continue;
          const steps = reference.path.map((step) => (typeof step === 'number' ? '#' : step));
          const title = `${reference.thing} ${kind}.${steps.join('.')}${reference.text.includes('/') ? ' with namespace' : ''}`;
          if (found.has(title)) continue;
          found.set(title, {
            title: `${title} (${mesh})`,
            files,
            changed: { ...files, [file]: renamed(text, value, reference) },
          });
        }
      }
  return [...found.values()];
}

/** Returns true for references that count only in a linked mesh. */
function isConditional({ path: steps }: WrittenReference): boolean {
  return steps.includes('externalAuthorization') && steps.includes('ports');
}

/** Returns the text with a name that no document has. */
function renamed(
  text: string,
  root: unknown,
  { path: steps, part, thing, text: name }: WrittenReference,
): string {
  const { start, end } = spanAlong(root as object, steps, part);
  const written = text.slice(start, end);
  const [from, to] =
    part === 'key' && thing === 'port' ? [`:${name}`, ':qqqq'] : [name, name.replace(/[^/]+$/, 'qqqq')];
  return text.slice(0, start) + written.replace(from, to) + text.slice(end);
}

describe('references of a mesh with an error in an unrelated document', () => {
  it('is tried on meshes', () => {
    expect(meshes.length).toBeGreaterThan(20);
  });

  it.each(meshes)('%s: none is unknown', (_, files) => {
    expect(unknown({ ...files, 'zz.yaml': faulty })).toEqual([]);
  });

  it.each(places())('$title: is found as without the error', ({ changed }) => {
    // A linked mesh may have further findings that follow from the changed name.
    const linked = unknown(changed).filter((line) => line.includes('qqqq'));
    expect(linked).toHaveLength(1);
    expect(unknown({ ...changed, 'zz.yaml': faulty })).toEqual(linked);
  });
});

const catalogue = path.join(fixtures, 'mistakes');
const mistakes = readdirSync(catalogue).map(
  (file) => [file, readFileSync(path.join(catalogue, file), 'utf8')] as const,
);
const inDocuments = mistakes.filter(([, text]) => !/^kind: *Mesh$/m.test(text));

/** Returns the ids of the services and Externals that a text with mistakes is meant to define. */
function intended(text: string): readonly string[] {
  return text.split(/^---$/m).flatMap((document) => {
    if (!/kind"?: *"?(?:servi|extern)/i.test(document)) return [];
    const name = /(?<![\w.])name: *"?([\w-]+)/.exec(document)?.[1];
    const namespace = /namespace: *"?([\w-]+)/.exec(document)?.[1] ?? 'default';
    return name === undefined ? [] : [`${namespace}/${name.toLowerCase()}`];
  });
}

const route = (...services: readonly string[]): string => `apiVersion: mesh/v1
kind: Route
metadata: {name: probe, namespace: elsewhere}
spec:
  service: probed
  rules:
    - backends: [${services.map((service) => `{service: ${service}}`).join(', ')}]
---
apiVersion: mesh/v1
kind: Service
metadata: {name: probed, namespace: elsewhere}
spec:
  ports: {http: {port: 80}}
`;

describe('beside each typical mistake', () => {
  it.each(inDocuments)('%s: a service that the text defines is never unknown, another one is', (_, text) => {
    const meant = intended(text);
    const files = {
      'mesh.yaml': mesh,
      'mistake.yaml': text,
      'probe.yaml': route(...meant, 'elsewhere/qqqq'),
    };
    const messages = findings(files)
      .filter(({ code }) => code === 'MESH2000')
      .map(({ message }) => message);
    for (const id of meant) expect(messages).not.toContainEqual(expect.stringContaining(`called ${id};`));
    for (const id of meant)
      expect(messages).not.toContainEqual(expect.stringMatching(new RegExp(`called ${id}$`)));
    expect(messages).toContainEqual(expect.stringContaining('called elsewhere/qqqq'));
  });
});

describe('names that a spec with errors may define', () => {
  const service = (...spec: readonly string[]): string =>
    [
      'apiVersion: mesh/v1',
      'kind: Service',
      'metadata: {name: reviews, namespace: shop}',
      'spec:',
      ...spec,
      '',
    ].join('\n');
  const caller = (text: string): string =>
    `apiVersion: mesh/v1\nkind: Route\nmetadata: {name: r, namespace: shop}\nspec:\n  service: reviews\n  rules: [{backends: [${text}]}]\n`;

  it('has the name of a service with an error, and its own wrong references', () => {
    const reviews = service('  ports: {http: {port: 80}}', '  timeout: 5', '  calls: [revews]');
    expect(
      findings({ 'mesh.yaml': mesh, 'a.yaml': reviews, 'b.yaml': caller('{service: reviews}') }).map(shown),
    ).toEqual([
      'a.yaml:6:12 MESH1102 expected a string, found the number 5; write 5s',
      'a.yaml:7:11 MESH2000 no Service or External is called shop/revews; did you mean reviews?',
    ]);
  });

  it('suggests no version that a backend beside names already', () => {
    const right = service('  ports: {http: {port: 80}}', '  versions: {v1: {}, v2: {}}');
    const beside = (backends: string) =>
      unknown({ 'mesh.yaml': mesh, 'a.yaml': right, 'b.yaml': caller(backends), 'c.yaml': faulty });
    const title = 'MESH2015 Service shop/reviews has no version v9';
    expect(beside('{version: v1}, {version: v9}')).toEqual([`b.yaml:6:48 ${title}; did you mean v2?`]);
    expect(beside('{version: v1}, {version: v2}, {version: v9}')).toEqual([`b.yaml:6:63 ${title}`]);
    // The versions of another service are none of this one, and any form may stand beside.
    expect(beside('{service: other, version: v1}, null, 7, {version: v9}')).toContain(
      `b.yaml:6:73 ${title}; did you mean v1?`,
    );
  });

  it('leaves out versions and ports of a service with an error, and reports those of another', () => {
    const wrong = caller('{version: v9, port: nine}');
    const versions = '  versions: {v1: {}}';
    const broken = service('  ports: {http: {port: 80}}', versions, '  timeout: 5');
    expect(unknown({ 'mesh.yaml': mesh, 'a.yaml': broken, 'b.yaml': wrong })).toEqual([]);
    const right = service('  ports: {http: {port: 80}}', versions);
    expect(unknown({ 'mesh.yaml': mesh, 'a.yaml': right, 'b.yaml': wrong, 'c.yaml': faulty })).toEqual([
      'b.yaml:6:33 MESH2015 Service shop/reviews has no version v9; did you mean v1?',
      'b.yaml:6:43 MESH2010 Service shop/reviews has no port nine',
    ]);
  });

  it.each([
    ['a file that is no YAML', `${service('  {}')}  a: [`],
    ['a file with an escaped name', service('  a: [').replace('reviews', '"r\\u0065views"')],
    ['a misspelt kind', service('  {}').replace('Service', 'Servce')],
    ['a missing apiVersion', service('  {}').replace('apiVersion: mesh/v1\n', '')],
    ['a name in capitals', service('  {}').replace('name: reviews', 'name: Reviews')],
    ['a name with an underscore', service('  {}').replace('name: reviews', 'name: re_views')],
    ['a namespace beside its map', service('  {}').replace(', namespace: shop}', '}\nnamespace: shop')],
    [
      'a second document without its line',
      `${service('  {}').replace('reviews', 'other')}${service('  {}')}`,
    ],
    ['a document in a list', `- ${service('  {}').trimEnd().replaceAll('\n', '\n  ')}\n`],
  ])('has the name in %s', (_, text) => {
    const found = findings({
      'mesh.yaml': mesh,
      'a.yaml': text,
      'b.yaml': caller('{service: shop/reviews}, {service: qqqq}'),
    });
    expect(
      found.filter(({ severity, location }) => severity === 'error' && location.file === 'a.yaml'),
    ).not.toEqual([]);
    const unknown = found.filter(({ code }) => code === 'MESH2000').map(({ message }) => message);
    expect(unknown).toEqual(text.includes('\\u') ? [] : ['no Service or External is called shop/qqqq']);
  });

  it('has every name if the Mesh or a file cannot be read, or the environment is unknown', () => {
    const files = { 'mesh.yaml': mesh, 'b.yaml': caller('{service: qqqq}'), 'c.yaml': faulty };
    const sources = Object.entries(files).map(([file, text]) => ({
      file,
      bytes: new TextEncoder().encode(text),
    }));
    const today = '2026-01-01';
    expect(unknown(files)).toHaveLength(2);
    expect(unknown({ ...files, 'mesh.yaml': '{' })).toEqual([]);
    const lost = { sources, unreadable: [{ file: 'd.yaml', problem: 'too-large' }] } as const;
    for (const { diagnostics } of [
      understood(lost, undefined, { today }),
      understood({ sources, unreadable: [] }, undefined, { today, env: 'prod' }),
    ])
      expect(diagnostics.filter(({ code }) => ofNames.test(code))).toEqual([]);
  });
});

describe('receivers of telemetry in a spec with errors', () => {
  const collector = `apiVersion: mesh/v1
kind: Service
metadata: {name: otel}
spec: {ports: {grpc: {port: 4317}}}
`;
  const ofMesh = (telemetry: string): string => mesh.replace('allow}', `allow, telemetry: ${telemetry}}`);
  const ofService = (telemetry: string): string =>
    `apiVersion: mesh/v1\nkind: Service\nmetadata: {name: web}\nspec: {calls: [], telemetry: ${telemetry}}\n`;

  it.each([
    ['tracing', (receiver: string) => `{tracing: {otlp: ${receiver}}}`],
    ['accessLog', (receiver: string) => `{accessLog: {output: {otlp: ${receiver}}}}`],
  ])('of %s are found in the Mesh and in a Service', (_, telemetry) => {
    const files = { 'a.yaml': collector, 'c.yaml': faulty, 'mesh.yaml': mesh };
    const wrong = telemetry('{service: otl}');
    const said = 'MESH2000 no Service or External is called default/otl; did you mean otel?';
    expect(unknown({ ...files, 'mesh.yaml': ofMesh(wrong) })).toEqual([expect.stringContaining(said)]);
    expect(unknown({ ...files, 'b.yaml': ofService(wrong) })).toEqual([expect.stringContaining(said)]);
    const port = telemetry('{service: otel, port: htp}');
    expect(unknown({ ...files, 'b.yaml': ofService(port) })).toEqual([
      expect.stringContaining('MESH2010 Service default/otel has no port htp'),
    ]);
    const right = telemetry('{service: otel}');
    expect(unknown({ ...files, 'mesh.yaml': ofMesh(right), 'b.yaml': ofService(right) })).toEqual([]);
  });

  it('of a Profile are not judged, since a Service may set others', () => {
    const profile = `apiVersion: mesh/v1\nkind: Profile\nmetadata: {name: p}\nspec: {settings: {telemetry: {tracing: {otlp: {service: otl}}}}}\n`;
    expect(unknown({ 'mesh.yaml': mesh, 'a.yaml': collector, 'b.yaml': profile, 'c.yaml': faulty })).toEqual(
      [],
    );
  });
});

it('an Access of an unknown Gateway gets no finding about its listeners', () => {
  const access = `apiVersion: mesh/v1
kind: Access
metadata: {name: a, namespace: shop}
spec: {gateway: entry, rules: [{allow: {to: [{ports: [http]}]}}]}
`;
  expect(unknown({ 'mesh.yaml': mesh, 'a.yaml': access })).toEqual([
    'a.yaml:4:17 MESH2001 no Gateway is called shop/entry',
  ]);
});
