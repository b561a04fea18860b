import { describe, expect, test } from 'vitest';
import { runOnEnvoy } from '../../src/commands/suite/proxies/run-on-envoy.ts';
import type { Ir } from '../../src/core/ir/ir.ts';
import { askMeaning } from '../../src/core/suite/ask-meaning.ts';
import { readSuites } from '../../src/core/suite/read-suites.ts';
import type { Suite } from '../../src/core/suite/suite.ts';
import type { SuiteResult } from '../../src/core/suite/test-result.ts';
import { testingProxies } from '../../src/main/parts.ts';
import { meshCases } from '../cases/cases.ts';
import { linkedMesh, linkedSources } from '../cases/linked-mesh.ts';
import { caseSuite } from '../core/suite/case-suite.ts';

const envoy = process.env['ENVOY'];
const parts = testingProxies();
const limit = { timeout: 240_000 };

/** Cases of every kind of request; with SUITES=all every case that there is. */
const chosen = ['access', 'answers', 'calls', 'entrance', 'outside', 'splits', 'streams', 'tokens', 'votes'];
const cases = meshCases().filter(({ name }) => process.env['SUITES'] === 'all' || chosen.includes(name));

/** Tests that proxies can't be asked; everything else of the cases is compared. */
const leftOut: Readonly<Record<string, readonly string[]>> = {
  anywhere: ['a host that nothing names is called'],
  calls: ['an abort of some'],
  resilience: ['an abort of some is listed', 'delay and abort of some'],
  together: ['a closed service without Access'],
};

function suitesOf(text: string, ir: Ir): readonly Suite[] {
  const { suites, diagnostics } = readSuites(
    { file: 'suite.yaml', bytes: new TextEncoder().encode(text) },
    ir,
  );
  expect(diagnostics).toEqual([]);
  return suites;
}

async function onEnvoy(text: string, ir: Ir, compiled = ir): Promise<SuiteResult['results']> {
  const suites = suitesOf(text, ir);
  const [result] = await runOnEnvoy(suites, ir, await parts, compiled);
  return result?.results ?? [];
}

describe.skipIf(envoy === undefined)('suites on Envoys of this machine', () => {
  test.each(cases)('$name: every expectation holds as it does by the meaning', limit, async (one) => {
    const ir = linkedMesh(one.directory, one.environment);
    const text = caseSuite(one);
    const byMeaning = suitesOf(text, ir).flatMap(({ tests }) => tests.map((each) => askMeaning(each, ir)));
    const results = await onEnvoy(text, ir);
    expect(byMeaning.filter(({ state }) => state !== 'passed')).toEqual([]);
    expect(results.filter(({ state }) => state === 'failed').map(({ mismatches }) => mismatches)).toEqual([]);
    const skipped = results.filter(({ state }) => state === 'not-compared').map(({ test: { name } }) => name);
    expect(skipped).toEqual(leftOut[one.name] ?? []);
    expect(results).toHaveLength(byMeaning.length);
  });

  test('wrong expectations fail, each with the field that differs', limit, async () => {
    const ir = shop(rules);
    const results = await onEnvoy(
      suite(
        'expect: 403',
        'expect: {backends: {v1: 50%, v2: 50%}}',
        'expect: {backends: {v1: 100%}}',
        'expect: {mirrors: {v2: 90%}}',
        'expect: {requestHeaders: {set: {x-mesh: "2"}}}',
        'expect: {responseHeaders: {add: {x-seen: "2"}}}',
        'expect: {rewritten: {path: /b}}',
        'expect: {tries: 2}',
        'expect: {timeout: 2s}',
        'expect: {decidedBy: nothing}',
        'request: /closed, expect: forwarded',
        'request: /moved, expect: {location: "http://reviews.shop/old"}',
        'request: /said, expect: {body: "no"}',
      ),
      ir,
    );
    expect(results.map(({ mismatches }) => mismatches.map(({ field }) => field).join())).toEqual([
      'outcome',
      'backends',
      'backends',
      'mirrors',
      'requestHeaders.set.x-mesh',
      'responseHeaders.add.x-seen',
      'rewritten.path',
      'tries',
      'timeout',
      'decidedBy',
      'outcome',
      'location',
      'body',
    ]);
  });

  test(
    'proxies of another mesh than the suite is read in fail what the meaning says holds',
    limit,
    async () => {
      const ir = shop(rules);
      const other = rules
        .replace('weight: 90', 'weight: 30')
        .replace('x-mesh: "1"', 'x-mesh: "3"')
        .replace('x-seen: "1"', 'x-seen: "3"')
        .replace('attempts: 2', 'attempts: 1')
        .replace('timeout: 1s', 'timeout: 2s')
        .replace('percent: 50%', 'percent: 10%')
        .replace('body: yes', 'body: no')
        .replace('path: /new', 'path: /newer');
      const text = suite(
        'expect: {backends: {v1: 90%, v2: 10%}}',
        'expect: {mirrors: {v2: 50%}}',
        'expect: {requestHeaders: {set: {x-mesh: "1"}}}',
        'expect: {responseHeaders: {add: {x-seen: "1"}}}',
        'expect: {tries: 3}',
        'expect: {timeout: 1s}',
        'request: /moved, expect: {location: "http://reviews.shop/new"}',
        'request: /said, expect: {body: "yes"}',
      );
      expect((await onEnvoy(text, ir)).map(({ state }) => state)).toEqual(Array(8).fill('passed'));
      const results = await onEnvoy(text, ir, shop(other));
      expect(results.map(({ mismatches }) => mismatches.map(({ field }) => field).join())).toEqual([
        'backends',
        'mirrors',
        'requestHeaders.set.x-mesh',
        'responseHeaders.add.x-seen',
        'tries',
        'timeout',
        'location',
        'body',
      ]);
    },
  );
});

const rules = `
    - match: [{path: {prefix: /moved}}]
      redirect: {path: /new}
    - match: [{path: {prefix: /said}}]
      respond: {status: 200, body: yes}
    - backends: [{version: v1, weight: 90}, {version: v2, weight: 10}]
      mirror: [{version: v2, percent: 50%, service: copies}]
      timeout: 1s
      retries: {attempts: 2, on: [reset]}
      headers: {request: {set: {x-mesh: "1"}}, response: {add: {x-seen: "1"}}}
`;

/** A shop without endpoints, as in a cluster: a run gives each version an instance. */
function shop(written: string): Ir {
  const own = written.replaceAll('body: yes', 'body: "yes"').replaceAll('body: no', 'body: "no"');
  const files = {
    'mesh.yaml': `apiVersion: mesh/v1
kind: Mesh
metadata: {name: shop}
spec: {trustDomain: shop.example}
`,
    'services.yaml': ['web', 'reviews', 'copies']
      .map(
        (name) => `apiVersion: mesh/v1
kind: Service
metadata: {name: ${name}, namespace: shop}
spec: {ports: {http: {port: 80}}, versions: {v1: {}, v2: {}}}
---
`,
      )
      .join(''),
    'routes.yaml': `apiVersion: mesh/v1
kind: Route
metadata: {name: reviews, namespace: shop}
spec:
  service: reviews
  rules:${own.replace(', service: copies', ', service: copies')}`,
    'access.yaml': ['reviews', 'copies']
      .map(
        (name) => `apiVersion: mesh/v1
kind: Access
metadata: {name: ${name}, namespace: shop}
spec:
  service: ${name}
  rules:
    - allow: {from: [{service: web}]}
    - deny: {from: [{service: web}], to: [{paths: [{prefix: /closed}]}]}
---
`,
      )
      .join(''),
  };
  const sources = Object.entries(files).map(([file, text]) => ({
    file,
    bytes: new TextEncoder().encode(text),
  }));
  return linkedSources({ sources, unreadable: [] });
}

function suite(...tests: readonly string[]): string {
  return `apiVersion: mesh.test/v1
kind: Suite
spec:
  defaults: {from: shop/web, to: shop/reviews}
  tests:
${tests.map((each) => `    - {${each}}\n`).join('')}`.replaceAll('mirrors: {v2:', 'mirrors: {copies@v2:');
}
