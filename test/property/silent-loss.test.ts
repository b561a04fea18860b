import { describe, expect, test } from 'vitest';
import { parseRequest } from '../../src/core/explain/request/parse-request.ts';
import type { Ir } from '../../src/core/ir/ir.ts';
import { canonicalJson } from '../../src/core/lib/canonical-json.ts';
import { decide } from '../../src/core/semantics/decide.ts';
import type { Request } from '../../src/core/semantics/request.ts';
import type { SourceSet } from '../../src/core/source/source.ts';
import { files } from '../../src/core/targets/files.ts';
import type { Loss } from '../../src/core/targets/index-json.ts';
import { lossOf } from '../../src/core/targets/loss.ts';
import { type Column, levelOf } from '../../src/core/targets/matrix.ts';
import { combinations, meshCases, type RequestData } from '../cases/cases.ts';
import { linkedSources, sourcesBelow } from '../cases/linked-mesh.ts';
import { contextOf, registeredColumns } from '../contract/columns.ts';
import { document, mesh } from '../core/ir/linked.ts';
import { seed } from './mutated-documents.ts';
import { type DocumentPlace, documentPlaces, type RemovedField, removedFields } from './removed-fields.ts';
import { runCount } from './run-count.ts';

/** Targets that have no objects for much of the language. */
const weak = ['gateway-api/standard', 'gateway-api/istio', 'linkerd'];
const columns = (await registeredColumns()).filter(({ id }) => weak.includes(id));

/** Features whose loss may stand for a field of a document of this kind. */
const families: Readonly<Record<string, RegExp>> = {
  Access: /^access\./,
  Authentication: /^authentication\./,
  External: /^(?:external|settings|egress|route)\./,
  Gateway: /^gateway\./,
  Route: /^(?:route|settings)\./,
  Service: /^(?:mtls|service|settings|telemetry)\./,
};

/** Fields of a Service that say where its instances are, and who it is. */
const addresses = /^(?:endpoints|workload|calls|versions\.[^.]+\.labels)(?:\.|$)/;

/** Requests that a case of fixtures/cases asks at most. */
const mostRequests = 120;

/** Most fields are of kinds that restrict no access: each run takes one of so many, by the seed. */
const shares: Readonly<Record<string, number>> = {
  Route: runCount({ short: 8, long: 1 }),
  Service: runCount({ short: 3, long: 1 }),
};

interface AskedMesh {
  readonly name: string;
  readonly sources: SourceSet;
  readonly environment?: string;
  readonly requests: readonly RequestData[];
}

const ofFixtures = meshCases().map(({ name, directory, environment, requests, matrices }): AskedMesh => {
  const all = [...requests.map(({ request }) => request), ...matrices.flatMap(combinations)];
  const step = Math.ceil(all.length / mostRequests);
  return {
    name,
    sources: sourcesBelow(directory),
    ...(environment !== undefined && { environment }),
    requests: all.filter((_, index) => index % step === 0),
  };
});

function written(name: string, documents: readonly string[], ...requests: readonly RequestData[]): AskedMesh {
  const text = [mesh('access: allow'), ...documents].join('---\n');
  return {
    name,
    sources: { sources: [{ file: 'mesh.yaml', bytes: Buffer.from(text) }], unreadable: [] },
    requests,
  };
}

const service = (name: string, ports: string) =>
  document('Service', name, [`ports: ${ports}`, 'timeout: 0s']);

/** Ways to restrict access that no case of fixtures/cases has by itself. */
const byHand = [
  written(
    'a token without issuers',
    [
      service('a', '{http: {port: 80}}'),
      document('Authentication', 'a', ['services: [a]', 'required: true']),
    ],
    { from: 'shop/a', to: 'shop/a' },
  ),
  written(
    'a gateway that is open at one listener',
    [
      service('a', '{http: {port: 80}}'),
      document('Gateway', 'g', ['listeners: {l: {port: 80, protocol: http}, m: {port: 81, protocol: http}}']),
      document('Route', 'g', ['gateways: [g]', 'rules: [{backends: [{service: a}]}]']),
      document('Access', 'g', [
        'gateway: g',
        'rules: [{allow: {from: [{anyone: true}], to: [{ports: [l]}]}}]',
      ]),
    ],
    ...['l', 'm'].map((port) => ({ gateway: 'shop/g', port })),
  ),
];

describe('a target that does nothing for a field says so', () => {
  test.each([...ofFixtures, ...byHand].map((one) => [one.name, one] as const))('%s', (_name, asked) => {
    const ir = linkedSources(asked.sources, asked.environment);
    const places = documentPlaces(asked.sources);
    const requests = asked.requests.flatMap((data) => {
      const read = parseRequest(data, ir);
      return 'problem' in read ? [] : [[read.request, endOf(ir, read.request)] as const];
    });
    const whole = columns.map((column) => ({
      column,
      text: textOf(column, ir),
      losses: lossesOf(column, ir),
    }));
    const silent: string[] = [];
    let position = seed;
    for (const removed of removedFields(asked.sources, Object.keys(families))) {
      position += 1;
      if (position % (shares[removed.document.kind] ?? 1) !== 0) continue;
      if (removed.document.kind === 'Service' && addresses.test(removed.field)) continue;
      const other = linkedOrNot(removed.sources(), asked.environment);
      if (other === undefined) continue;
      if (requests.every(([request, end]) => endOf(other, request) === end)) continue;
      for (const { column, text, losses } of whole) {
        if (textOf(column, other) !== text || isNamed(column, losses, removed, places)) continue;
        silent.push(`${column.id}: ${removed.document.kind} ${removed.document.name}, ${removed.field}`);
      }
    }
    expect(silent).toEqual([]);
  });
});

function linkedOrNot(sources: SourceSet, environment: string | undefined): Ir | undefined {
  try {
    return linkedSources(sources, environment);
  } catch {
    // Without the field the mesh says something else, or nothing that links.
    return undefined;
  }
}

/** Returns the end of a request, without the places that decide about it and without words. */
function endOf(ir: Ir, request: Request): string {
  return canonicalJson({ ...decide(ir, request), decidedBy: [], reason: '' });
}

function textOf({ target, ...column }: Column, ir: Ir): string {
  const artifacts = target.lower(ir, contextOf({ target, ...column }));
  const objects = artifacts.map((artifact) =>
    artifact.type === 'object' ? JSON.stringify(artifact.manifest) : '',
  );
  // Places in annotations move with the removed lines.
  return [...files(artifacts).map(({ text }) => text), ...objects.sort()]
    .join('\n')
    .replaceAll(/"meshwright\.dev\/origin[^,}]*/g, '');
}

function lossesOf({ target, options }: Column, ir: Ir): readonly Loss[] {
  const [any] = Object.values(ir.targets);
  const config = {
    name: 'x',
    origin: ir.origin,
    output: undefined,
    ...any,
    platform: target.name,
    options,
    degrade: [],
  };
  return lossOf(ir, config as Parameters<typeof lossOf>[1], target);
}

/** Returns true if a loss of the field's kind is named in its document, or in one that names the same things. */
function isNamed(
  { capabilities }: Column,
  losses: readonly Loss[],
  { document: own }: RemovedField,
  places: readonly DocumentPlace[],
): boolean {
  const names = places.filter(({ kind }) => kind !== own.kind).map(({ name }) => name);
  return losses.some(({ feature, diagnostic }) => {
    const { file, range } = diagnostic.location;
    const at = places.find(
      (place) =>
        place.file === file && place.lines[0] <= range.start.line && range.start.line <= place.lines[1],
    );
    if (at === undefined) return false;
    const beside = at.kind === own.kind && names.some((name) => at.words.has(name) && own.words.has(name));
    if (at !== own && !beside && !own.words.has(at.name) && !own.words.has('*')) return false;
    // A gateway or a host that is lost whole is lost with all that is said about it.
    const whole = /^(?:gateway|external)\./.test(feature) && levelOf(capabilities[feature]) === 'none';
    return whole || families[own.kind]?.test(feature) === true;
  });
}
