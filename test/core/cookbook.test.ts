import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { analyze } from '../../src/core/analyze/analyze.ts';
import { compileTarget } from '../../src/core/compile.ts';
import { describeOutcome } from '../../src/core/explain/request/describe-outcome.ts';
import { parseRequest } from '../../src/core/explain/request/parse-request.ts';
import { link } from '../../src/core/ir/link/link.ts';
import { decide } from '../../src/core/semantics/decide.ts';
import { loadSpec } from '../../src/core/spec/load.ts';
import { checkTarget } from '../../src/core/targets/portability.ts';
import { sourcesBelow } from '../cases/linked-mesh.ts';

/** One recipe of fixtures/cookbook; `says` of a request is a claim of the page. */
interface Recipe {
  readonly title: string;
  readonly why: string;
  readonly requests: readonly {
    readonly says: string;
    readonly environment?: string;
    readonly request: Readonly<Record<string, unknown>>;
    readonly expect: Readonly<Record<string, unknown>>;
  }[];
}

const folder = fileURLToPath(new URL('../../fixtures/cookbook/', import.meta.url));
const recipes = readdirSync(folder).map((name) => {
  const directory = path.join(folder, name);
  const recipe = parse(readFileSync(path.join(directory, 'case.yaml'), 'utf8')) as Recipe;
  return { name, directory, ...recipe };
});

function loaded(directory: string, environment: string | undefined) {
  const { spec, diagnostics } = loadSpec(
    sourcesBelow(directory),
    environment === undefined ? {} : { environment },
  );
  expect(diagnostics.filter(({ severity }) => severity !== 'info')).toEqual([]);
  const linked = link(spec!);
  return {
    spec: spec!,
    ir: linked.ir!,
    diagnostics: [...linked.diagnostics, ...analyze(spec!, linked.ir, '2026-06-15')],
  };
}

test('the cookbook has ten recipes', () => {
  expect(recipes.length).toBeGreaterThanOrEqual(10);
});

describe.each(recipes)('the recipe $name', ({ directory, requests }) => {
  const environments = [...new Set([undefined, ...requests.map(({ environment }) => environment)])];

  test.each(environments)(
    'validates and compiles for every target that it names (%s)',
    async (environment) => {
      const { spec, ir, diagnostics } = loaded(directory, environment);
      expect(diagnostics.map(({ code, message }) => `${code} ${message}`)).toEqual([]);
      for (const config of Object.values(ir.targets)) {
        const checked = await checkTarget(spec, ir, config);
        expect(
          checked.diagnostics.map(({ code, message }) => `${config.name}: ${code} ${message}`),
          config.name,
        ).toEqual([]);
        const { artifacts } = compileTarget(ir, { ...checked, target: checked.target }, { bundles: {} });
        expect(artifacts.length, config.name).toBeGreaterThan(0);
      }
    },
  );

  test.each(requests)('$says', ({ environment, request, expect: expected }) => {
    const { ir } = loaded(directory, environment);
    const parsed = parseRequest(request, ir);
    if ('problem' in parsed) throw new Error(parsed.problem);
    expect(JSON.parse(JSON.stringify(describeOutcome(decide(ir, parsed.request))))).toMatchObject(expected);
  });
});
