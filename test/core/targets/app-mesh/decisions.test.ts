import { describe, expect, test } from 'vitest';
import { parseRequest } from '../../../../src/core/explain/request/parse-request.ts';
import type { Ir } from '../../../../src/core/ir/ir.ts';
import { decide } from '../../../../src/core/semantics/decide.ts';
import { normalisePath } from '../../../../src/core/semantics/normalise-path.ts';
import type { Outcome } from '../../../../src/core/semantics/outcome.ts';
import appMesh from '../../../../src/core/targets/app-mesh/index.ts';
import type { ObjectArtifact } from '../../../../src/core/targets/artifact.ts';
import { featuresUsed } from '../../../../src/core/targets/features-used.ts';
import { meshCases } from '../../../cases/cases.ts';
import { linkedMesh } from '../../../cases/linked-mesh.ts';
import { requestsOf } from '../../../conformance/harness/requests-of.ts';
import { keeps } from '../../../contract/keeps.ts';
import { type Answer, answer } from './model/answer.ts';

const context = { version: '1.13', options: {} };
const kept = meshCases()
  .map((meshCase) => ({
    meshCase,
    name: meshCase.name,
    ir: linkedMesh(meshCase.directory, meshCase.environment),
  }))
  .filter(({ ir }) => keeps(appMesh, ir))
  .flatMap((one) => [one, { ...one, name: `${one.name} without Access`, ir: withoutAccess(one.ir) }]);

/** Returns a mesh that lets everybody in, so that more requests reach a route. */
function withoutAccess(ir: Ir): Ir {
  const access = { closed: false, allow: [], deny: [] };
  const services = Object.entries(ir.services).map(([id, service]) => [id, { ...service, access }] as const);
  return { ...ir, services: Object.fromEntries(services) };
}

/** Lines of which a limit says that less is kept. */
function limitedLines(ir: Ir): ReadonlySet<string> {
  return new Set(
    (appMesh.limits?.(ir, context) ?? []).map(({ origin }) => `${origin.file}:${String(origin.line)}`),
  );
}

/** Returns the services of which a limit says that Access lets in fewer callers. */
function narrowedServices(ir: Ir, limited: ReadonlySet<string>): ReadonlySet<string> {
  const narrowed = Object.values(ir.services).filter(({ access }) =>
    [...access.allow, ...access.deny]
      .flatMap((rule) => [rule, ...(rule.to ?? []), ...(rule.except ?? [])])
      .some(({ origin }) => limited.has(`${origin.file}:${String(origin.line)}`)),
  );
  return new Set(narrowed.map(({ id }) => id));
}

/** Returns how an answer differs; a refused call has another status in App Mesh, and some refuse at the connection. */
function differences(decided: Outcome, given: Answer): readonly string[] {
  if (decided.outcome !== 'forwarded') return given.type === 'forwarded' ? [`leak: ${decided.outcome}`] : [];
  if (given.type === 'refused') return [`narrow: ${given.why}`];
  const shares = new Map<string, number>();
  for (const { service, version, share } of decided.backends) {
    const key = `${service} ${version}`;
    shares.set(key, (shares.get(key) ?? 0) + share);
  }
  const text = (all: Iterable<readonly [string, number]>): string =>
    JSON.stringify([...all].map(([key, share]) => [key, share.toFixed(5)]).sort());
  const isDirect = Object.keys(given.shares).length === 0;
  if (isDirect) return [];
  return [
    ...(text(shares) === text(Object.entries(given.shares))
      ? []
      : [`shares: ${text(shares)} decided, ${text(Object.entries(given.shares))}`]),
    ...(decided.timeout === given.timeout
      ? []
      : [`timeout: ${String(decided.timeout)}, ${String(given.timeout)}`]),
    ...(decided.tries === given.tries ? [] : [`tries: ${String(decided.tries)}, ${String(given.tries)}`]),
  ];
}

describe('a model of App Mesh, written from its user guide', () => {
  const counts = { compared: 0, alike: 0, said: 0 };

  test.each(kept)('ends requests as decided, or as a limit says: $name', ({ meshCase, ir }) => {
    const objects = appMesh
      .lower(ir, context)
      .filter((artifact): artifact is ObjectArtifact => artifact.type === 'object');
    const limited = limitedLines(ir);
    const narrowed = narrowedServices(ir, limited);
    const unsafe = featuresUsed(ir).has('request.unsafe-paths');
    const wrong: string[] = [];
    for (const data of requestsOf(meshCase).flatMap(({ requests }) => requests)) {
      const read = parseRequest(data, ir);
      if ('problem' in read) throw new Error(read.problem);
      const { request } = read;
      if (request.from.type === 'spiffe' || ir.externals[request.to.id] !== undefined) continue;
      if (unsafe && normalisePath(request.path, request.query) !== request.path) continue;
      // A call that is not declared may fail.
      const { calls } = (request.from.type === 'service' ? ir.services[request.from.id] : undefined) ?? {};
      if (calls?.some(({ service }) => service === request.to.id) === false) continue;
      counts.compared += 1;
      const decided = decide(ir, request);
      const found = differences(decided, answer(ir, objects, request));
      if (found.length === 0) counts.alike += 1;
      else if (
        !found.some((one) => one.startsWith('leak')) &&
        (decided.decidedBy.some(({ file, line }) => limited.has(`${file}:${String(line)}`)) ||
          (found[0] === 'narrow: no target takes it' && narrowed.has(request.to.id)))
      )
        counts.said += 1;
      else wrong.push(`${JSON.stringify(data)} ${found.join(', ')}`);
    }
    expect(wrong.join('\n')).toBe('');
  });

  test('compares enough, and most is alike', () => {
    console.log(JSON.stringify(counts));
    expect(counts.compared).toBeGreaterThan(3000);
    expect(counts.alike).toBeGreaterThan(1500);
  });
});
