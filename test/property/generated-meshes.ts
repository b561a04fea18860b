import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import fc from 'fast-check';
import { stringify } from 'yaml';
import { parseRequest } from '../../src/core/explain/request/parse-request.ts';
import { decide } from '../../src/core/semantics/decide.ts';
import type { RequestData } from '../cases/cases.ts';
import { caseOf } from '../conformance/harness/case-of.ts';
import { differences } from '../conformance/harness/differences.ts';
import { RunningMesh } from '../conformance/harness/running-mesh.ts';
import { send } from '../conformance/harness/send.ts';
import { prepare } from '../conformance/harness/sending.ts';

/** A Route and an Access for the services of the case `matches`, and requests to them. */
export interface GeneratedMesh {
  readonly rules: readonly unknown[];
  readonly access: readonly unknown[];
  readonly requests: readonly RequestData[];
}

const segment = fc.constantFrom('a', 'b', 'A', 'a.b', '~x', '1', 'a%20b');
const plainPath = fc.array(segment, { maxLength: 3 }).map((parts) => `/${parts.join('/')}`);
const bentPath = fc
  .tuple(plainPath, fc.constantFrom('/', '//', '/./a', '/../b', '%61', '\\b', '%2Fa', '%2e%2e/a', '?q=1'))
  .map(([start, end]) => `${start}${end}`)
  // Envoy 1.40 turns a path that consists only of slashes into `//`; other paths lose repeated slashes.
  .filter((bent) => !/^\/{2,}(?:\?|$)/.test(bent));
const requestPath = fc.oneof(plainPath, bentPath);
const method = fc.constantFrom('GET', 'POST', 'PUT', 'DELETE', 'OPTIONS', 'HEAD');
const value = fc.constantFrom('x', 'xy', 'X', '', 'a,b', 'y-x');
const stringMatch = fc.oneof(
  fc.record({ exact: value }),
  fc.record({ prefix: fc.constantFrom('x', 'a') }),
  fc.record({ suffix: fc.constantFrom('y', 'b') }),
  fc.record({ contains: fc.constantFrom('-', 'x') }),
  fc.record({ regex: fc.constantFrom('x+', '[xy]*', 'a,.') }),
  fc.record({ present: fc.boolean() }),
);
const pathMatch = fc.oneof(
  fc.record({ exact: plainPath }),
  fc.record({ prefix: plainPath }),
  fc.record({ regex: fc.constantFrom('/a.*', '/[ab]/?', '/(a|b)/1') }),
);
const headerMatch = fc.oneof(
  stringMatch,
  stringMatch.map((not) => ({ not })),
);
const from = fc.subarray([{ service: 'shop/web' }, { service: 'ops/tester' }, { namespace: 'shop' }], {
  minLength: 1,
});

const routeMatch = fc.record(
  {
    path: pathMatch,
    methods: fc.uniqueArray(method, { minLength: 1, maxLength: 3 }),
    headers: fc.record({ 'x-h': headerMatch }),
    query: fc.record({ q: stringMatch }),
    from,
  },
  { requiredKeys: [] },
);

const backends = fc.constantFrom('v1', 'v2', 'v3', 'v4').map((version) => [{ version }]);
const changes = fc.constantFrom({ set: { 'x-new': '1' } }, { add: { 'x-h': 'added' } }, { remove: ['x-h'] });
const action = fc.oneof(
  fc.record({ backends }),
  fc.record({ backends, headers: fc.record({ request: changes, response: changes }) }),
  fc.record({
    backends,
    rewrite: fc.record({ path: fc.record({ replaceFull: plainPath }), host: fc.constant('r.example') }),
  }),
  fc.record({ respond: fc.record({ status: fc.constantFrom(200, 204, 404, 503) }) }),
  fc.record({ redirect: fc.record({ path: plainPath, status: fc.constantFrom(301, 302, 307) }) }),
);
const rule = fc.tuple(fc.array(routeMatch, { minLength: 1, maxLength: 2 }), action).map(([match, own]) => ({
  match: match.map((one) => (Object.keys(one).length === 0 ? { path: { prefix: '/' } } : one)),
  ...own,
}));
const operation = fc.record(
  {
    methods: fc.uniqueArray(method, { minLength: 1, maxLength: 2 }),
    paths: fc.array(pathMatch, { minLength: 1, maxLength: 2 }),
    headers: fc.record({ 'x-h': headerMatch }),
  },
  { requiredKeys: [] },
);
const accessRule = fc.tuple(fc.boolean(), from, fc.option(operation)).map(([allow, who, to]) => ({
  [allow ? 'allow' : 'deny']: { from: who, ...(to && Object.keys(to).length > 0 ? { to: [to] } : {}) },
}));

const request = fc.record(
  {
    from: fc.constantFrom('shop/web', 'ops/tester'),
    to: fc.constant('shop/reviews'),
    method,
    path: requestPath,
    headers: fc.record(
      { 'x-h': fc.oneof(value, fc.array(value, { minLength: 1, maxLength: 2 })) },
      { requiredKeys: [] },
    ),
  },
  { requiredKeys: ['from', 'to', 'path'] },
);

/** Small valid meshes and requests that their rules are about. */
export const generatedMesh: fc.Arbitrary<GeneratedMesh> = fc.record({
  rules: fc.array(rule, { minLength: 1, maxLength: 6 }),
  access: fc.array(accessRule, { maxLength: 3 }),
  requests: fc.array(request, { minLength: 40, maxLength: 60 }),
});

/** Returns the differences between a real Envoy and `decide` about the requests of a generated mesh. */
export async function disagreements(mesh: GeneratedMesh, envoy: string): Promise<readonly string[]> {
  const base = caseOf('matches');
  const directory = mkdtempSync(path.join(tmpdir(), 'meshwright-generated-'));
  try {
    cpSync(path.join(base.directory, 'mesh.yaml'), path.join(directory, 'mesh.yaml'));
    writeDocuments(path.join(base.directory, 'services.yaml'), path.join(directory, 'services.yaml'));
    writeFileSync(path.join(directory, 'generated.yaml'), documents(mesh));
    const running = await RunningMesh.start({ ...base, directory }, envoy);
    try {
      return await compare(running, mesh.requests);
    } finally {
      await running.stop();
    }
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}

/** Writes the services of the case, without its Route. */
function writeDocuments(source: string, target: string): void {
  const kept = readFileSync(source, 'utf8')
    .split('---\n')
    .filter((text) => !text.includes('kind: Route'));
  writeFileSync(target, kept.join('---\n'));
}

function documents({ rules, access }: GeneratedMesh): string {
  const metadata = { name: 'reviews', namespace: 'shop' };
  const route = { apiVersion: 'mesh/v1', kind: 'Route', metadata, spec: { service: 'reviews', rules } };
  const guard = {
    apiVersion: 'mesh/v1',
    kind: 'Access',
    metadata,
    spec: { service: 'reviews', rules: access },
  };
  return [route, ...(access.length > 0 ? [guard] : [])].map((document) => stringify(document)).join('---\n');
}

async function compare(mesh: RunningMesh, requests: readonly RequestData[]): Promise<readonly string[]> {
  const found: string[] = [];
  for (const data of requests) {
    const parsed = parseRequest(data, mesh.ir);
    if ('problem' in parsed) throw new Error(parsed.problem);
    const prepared = await prepare(mesh, parsed.request);
    const wrong = differences(mesh, prepared, await send(prepared.sending));
    for (const difference of wrong)
      found.push(`${JSON.stringify(data)}\n    ${difference} (${decide(mesh.ir, parsed.request).outcome})`);
  }
  return found;
}
