import { describe, expect, test } from 'vitest';
import { describeOutcome } from '../../../src/core/explain/request/describe-outcome.ts';
import { parseRequest } from '../../../src/core/explain/request/parse-request.ts';
import type { Ir } from '../../../src/core/ir/ir.ts';
import { decide } from '../../../src/core/semantics/decide.ts';
import { combinations, meshCases } from '../../cases/cases.ts';
import { linkedMesh } from '../../cases/linked-mesh.ts';

/** Compares each request with the outcome that was derived by hand from the language page; shares to six digits. */
for (const { name, directory, environment, requests, matrices } of meshCases()) {
  describe(`decide on the case ${name}`, () => {
    let linked: Ir | undefined;
    const ir = (): Ir => (linked ??= linkedMesh(directory, environment));

    test.each(requests)('$feature: $name', ({ request, expect: expected }) => {
      const parsed = parseRequest(request, ir());
      if ('problem' in parsed) throw new Error(parsed.problem);
      const described = JSON.parse(
        JSON.stringify(describeOutcome(decide(ir(), parsed.request)), rounded),
      ) as object;
      expect(described).toMatchObject(expected);
    });

    test('each combination of its matrices is a valid request, and shares sum to at most 1', () => {
      for (const data of matrices.flatMap(combinations)) {
        const parsed = parseRequest(data, ir());
        if ('problem' in parsed) throw new Error(`${JSON.stringify(data)}: ${parsed.problem}`);
        const outcome = decide(ir(), parsed.request);
        if (outcome.outcome !== 'forwarded') continue;
        const sum = outcome.backends.reduce((all, { share }) => all + share, outcome.refusedShare ?? 0);
        expect(sum, JSON.stringify(data)).toBeCloseTo(1, 9);
      }
    });
  });
}

function rounded(_key: string, value: unknown): unknown {
  return typeof value === 'number' && !Number.isInteger(value) ? Number(value.toFixed(6)) : value;
}
