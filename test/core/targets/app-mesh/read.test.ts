import { describe, expect, test } from 'vitest';
import { parseRequest } from '../../../../src/core/explain/request/parse-request.ts';
import type { Imported } from '../../../../src/core/import/import-mesh.ts';
import type { Ir } from '../../../../src/core/ir/ir.ts';
import { decide } from '../../../../src/core/semantics/decide.ts';
import { normalisePath } from '../../../../src/core/semantics/normalise-path.ts';
import type { Outcome } from '../../../../src/core/semantics/outcome.ts';
import appMesh from '../../../../src/core/targets/app-mesh/index.ts';
import { files } from '../../../../src/core/targets/files.ts';
import { meshCases, type RequestData } from '../../../cases/cases.ts';
import { linkedMesh } from '../../../cases/linked-mesh.ts';
import { requestsOf } from '../../../conformance/harness/requests-of.ts';
import { keeps } from '../../../contract/keeps.ts';
import { checkWritten, importCases, importTexts } from '../../import/import-case.ts';

const context = { version: '1.13', options: {} };

/** Cases that App Mesh keeps, without their Access by requests, so that more of them reach a route. */
const kept = meshCases()
  .map((meshCase) => ({
    meshCase,
    name: meshCase.name,
    ir: linkedMesh(meshCase.directory, meshCase.environment),
  }))
  .filter(({ ir }) => keeps(appMesh, ir));

async function readBack(ir: Ir): Promise<Imported> {
  const objects = appMesh.lower(ir, context).filter(({ kind }) => kind !== 'Service');
  return importTexts('app-mesh', Object.fromEntries(files(objects).map(({ path, text }) => [path, text])));
}

/** Returns the end of a request with the versions of services as services of their own, as App Mesh has them. */
function endOf(outcome: Outcome, ir: Ir): string {
  if (outcome.outcome !== 'forwarded') return 'no answer of a service';
  const shares = new Map<string, number>();
  for (const { service, version, share } of outcome.backends) {
    const all = ir.services[service]?.versions.length ?? 1;
    const key = all > 1 ? `${service}-${version}` : service;
    shares.set(key, (shares.get(key) ?? 0) + share);
  }
  const listed = [...shares].map(([key, share]) => `${key} ${share.toFixed(4)}`).sort();
  return JSON.stringify([listed, outcome.timeout, outcome.tries]);
}

describe('the reader of App Mesh', () => {
  const counts = { compared: 0, alike: 0 };

  test.each(kept)('reads what the target writes, with every field accounted for: $name', async ({ ir }) => {
    const imported = await readBack(ir);
    expect(imported.ledger.filter(({ fate }) => fate.type === 'unaccounted')).toEqual([]);
    const { errors } = checkWritten(imported);
    expect(errors).toEqual([]);
  });

  test.each(kept)(
    'lets no request further than the spec does, by way of the target: $name',
    async ({ ir, meshCase }) => {
      const read = checkWritten(await readBack(ir)).ir;
      if (read === undefined) throw new Error('the mesh that was read has errors');
      const wrong: string[] = [];
      for (const data of requestsOf(meshCase).flatMap(({ requests }) => requests)) {
        const own = parseRequest(data, ir);
        const other = parseRequest(renamed(data, ir), read);
        if ('problem' in own || 'problem' in other) continue;
        if (normalisePath(own.request.path, own.request.query) !== own.request.path) continue;
        counts.compared += 1;
        const [before, after] = [
          endOf(decide(ir, own.request), ir),
          endOf(decide(read, other.request), read),
        ];
        if (before === after) counts.alike += 1;
        else if (before === 'no answer of a service')
          wrong.push(`${JSON.stringify(data)} ${before} ${after}`);
      }
      expect(wrong.join('\n')).toBe('');
    },
  );

  test('compares enough', () => {
    console.log(JSON.stringify(counts));
    expect(counts.compared).toBeGreaterThan(200);
  });

  test('reads the node of pods with the labels of a version as this version', async () => {
    const pods = (version: string) =>
      `apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: books-${version}, namespace: shop}\nspec: {template: {metadata: {labels: {app: books, version: ${version}}}}}\n`;
    const node = (version: string) =>
      `apiVersion: appmesh.k8s.aws/v1beta2\nkind: VirtualNode\nmetadata: {name: books-${version}, namespace: shop}\nspec: {podSelector: {matchLabels: {app: books, version: ${version}}}, listeners: [{portMapping: {port: 80, protocol: http}}]}\n`;
    const { files: written } = await importTexts('app-mesh', {
      'all.yaml': [
        'apiVersion: v1\nkind: Service\nmetadata: {name: books, namespace: shop}\nspec: {selector: {app: books}, ports: [{name: http, port: 80}]}\n',
        pods('v1'),
        pods('v2'),
        node('v1'),
        node('v2'),
        'apiVersion: appmesh.k8s.aws/v1beta2\nkind: VirtualService\nmetadata: {name: books, namespace: shop}\nspec: {provider: {virtualRouter: {virtualRouterRef: {name: books}}}}\n',
        'apiVersion: appmesh.k8s.aws/v1beta2\nkind: VirtualRouter\nmetadata: {name: books, namespace: shop}\nspec: {listeners: [{portMapping: {port: 80, protocol: http}}], routes: [{name: all, httpRoute: {match: {prefix: /}, action: {weightedTargets: [{virtualNodeRef: {name: books-v1}, weight: 9}, {virtualNodeRef: {name: books-v2}, weight: 1}]}}}]}\n',
      ].join('---\n'),
    });
    const books = written.find(({ file }) => file === 'shop/books.yaml')?.text ?? '';
    expect(books).toContain('{service: books, version: v1, weight: 9}');
    expect(books).toContain('{service: books, version: v2, weight: 1}');
  });

  test.each(importCases().filter(({ platform }) => platform === 'app-mesh'))(
    'never throws, whatever stands in the place of a value: $name',
    async ({ native }) => {
      const text = native['mesh.yaml'] ?? '';
      const values = [...text.matchAll(/: (?<value>[^\s#{[][^\n#,}\]]*)/g)].map(({ index, 0: whole }) => ({
        index,
        length: whole.length,
      }));
      const strange = ['null', '7', '[]', '{}', '"x y"', '[null, {a: 1}]', 'true'];
      for (const [position, { index, length }] of values.entries()) {
        if (position % 3 > 0) continue;
        const value = strange[(position / 3) % strange.length] ?? 'null';
        const changed = `${text.slice(0, index)}: ${value}${text.slice(index + length)}`;
        const { ledger } = await importTexts('app-mesh', { 'mesh.yaml': changed });
        expect(ledger.length, changed.slice(index - 40, index + 40)).toBeGreaterThan(-1);
      }
      expect(values.length).toBeGreaterThan(40);
    },
    60_000,
  );
});

/** A caller of several versions is one of them in App Mesh; the reader names ports, so that a request has their number. */
function renamed(data: RequestData, ir: Ir): RequestData {
  const { from, port, ...rest } = data;
  const called = typeof data['to'] === 'string' ? ir.services[data['to']] : undefined;
  const number = called?.ports.find(({ name }) => name === port)?.number;
  const service = typeof from === 'string' ? ir.services[from] : undefined;
  const { gateway } = data;
  return {
    ...rest,
    ...(gateway === undefined ? number !== undefined && { port: number } : { port: 'web' }),
    ...(from !== undefined && { from }),
    ...(service !== undefined &&
      service.versions.length > 1 && { from: `${String(from)}-${service.versions[0]?.name ?? ''}` }),
  };
}
