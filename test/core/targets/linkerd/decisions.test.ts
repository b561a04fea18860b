import { afterAll, describe, expect, test } from 'vitest';
import { parseRequest } from '../../../../src/core/explain/request/parse-request.ts';
import type { Ir } from '../../../../src/core/ir/ir.ts';
import type { Service } from '../../../../src/core/ir/service.ts';
import type { Origin } from '../../../../src/core/location.ts';
import { decide } from '../../../../src/core/semantics/decide.ts';
import { normalisePath } from '../../../../src/core/semantics/normalise-path.ts';
import type { Forwarded, Outcome, Redirected } from '../../../../src/core/semantics/outcome.ts';
import type { Request } from '../../../../src/core/semantics/request.ts';
import { featuresUsed } from '../../../../src/core/targets/features-used.ts';
import linkerd from '../../../../src/core/targets/linkerd/index.ts';
import { meshCases } from '../../../cases/cases.ts';
import { linkedMesh } from '../../../cases/linked-mesh.ts';
import { meshesWithoutLost } from '../../../conformance/harness/gateway-api/without-lost.ts';
import { requestsOf } from '../../../conformance/harness/requests-of.ts';
import { unremovableFeatures, withoutFeature } from '../../../contract/without-feature.ts';
import { answer } from './model/answer.ts';
import { differences } from './model/differences.ts';
import { clusterOf } from './model/objects.ts';

/** The status of a request that gets nowhere, as it is decided and as Linkerd says it (`docs/linkerd.md`). */
const otherStatuses: ReadonlySet<string> = new Set([
  'status: 0 decided, refused 403',
  'status: 403 decided, refused 0',
  'status: 404 decided, refused 403',
  'status: 400 decided, refused 403',
  'status: 400 decided, refused 404',
  'status: 400 decided, refused 0',
  'status: 401 decided, refused 403',
  'status: 503 decided, refused 500',
]);

const counts = { compared: 0, alike: 0, lost: 0, narrowed: 0, odd: 0, status: 0 };

/** A mesh, and what the target says of it. */
interface Compiled {
  readonly ir: Ir;
  /** Meshes without what is lost in one way or another. */
  readonly without: readonly Ir[];
  /** Meshes without a feature that the target keeps nowhere, or at no use whole. */
  readonly open: readonly Ir[];
  /** Lines of rules at which a limit says that less is kept. */
  readonly limited: ReadonlySet<string>;
  /** Services of which a rule of Access lets less through, by a limit. */
  readonly narrowed: ReadonlySet<string>;
}

function compiled(ir: Ir): Compiled {
  const said = linkerd.limits?.(ir, { version: '2.20', options: {} }) ?? [];
  // These limits say that calls get through; all others say that less does.
  const opening = said.filter(({ callers }) => callers.includes('get through')).map(({ feature }) => feature);
  const lost = [...featuresUsed(ir).keys()].filter((feature) => {
    const capability = linkerd.capabilities[feature];
    if (capability === 'full' || unremovableFeatures.includes(feature)) return false;
    return 'none' in capability || capability.found === 'at each use' || opening.includes(feature);
  });
  const places = new Set(
    said.filter(({ feature }) => feature.startsWith('access.')).map(({ origin }) => place(origin)),
  );
  const isNarrowed = ({ access }: Service): boolean =>
    [...access.allow, ...access.deny]
      .flatMap((rule) => [rule, ...(rule.except ?? [])])
      .some(({ origin }) => places.has(place(origin)));
  return {
    ir,
    without: meshesWithoutLost(ir, { target: linkerd, options: {} }),
    open: [
      ...lost.map((feature) => withoutFeature(ir, feature)),
      ...(lost.includes('authentication.jwt') ? [withoutAuthentication(ir)] : []),
    ],
    // The model knows hosts and no addresses: it compares requests to an address that is lost like all others.
    limited: new Set(
      said.filter(({ callers }) => !callers.includes('addresses')).map(({ origin }) => place(origin)),
    ),
    narrowed: new Set(
      Object.values(ir.services)
        .filter(isNarrowed)
        .map(({ id }) => id),
    ),
  };
}

/** A token that has to be there is lost with the check of tokens. */
function withoutAuthentication(ir: Ir): Ir {
  const services = Object.entries(ir.services).map(([id, { authentication: _, ...service }]) => [
    id,
    service,
  ]);
  return { ...ir, services: Object.fromEntries(services) as Ir['services'] };
}

function place({ file, line, column }: Origin): string {
  return `${file}:${String(line)}:${String(column)}`;
}

/** Returns the differences that nothing names. */
function unnamed(mesh: Compiled, request: Request, found: readonly string[]): readonly string[] {
  const { ir, without, open, limited, narrowed } = mesh;
  const decided = decide(ir, request);
  // A loss explains a difference only if it bears on the part of the outcome that differs.
  const differs = (others: readonly Ir[]): boolean =>
    found.every((difference) => {
      const said = (other: Ir): string => JSON.stringify(partOf(decide(other, request), difference));
      return others.some((other) => said(other) !== said(ir));
    });
  const leaks = found.filter((difference) => difference.startsWith('leak'));
  if (differs(open) || (leaks.length === 0 && differs(without))) return note('lost');
  if (leaks.length === 0 && decided.decidedBy.some((line) => limited.has(place(line)))) return note('lost');
  if (found.every((difference) => otherStatuses.has(difference))) return note('status');
  const isNarrow = found.every((difference) => difference.startsWith('narrow at server'));
  if (isNarrow && narrowed.has(request.to.id)) return note('narrowed');
  const { outcome } = decided;
  const isRefusedAsUnsafe = outcome === 'refused' && decided.status === 400;
  const isOdd = isRefusedAsUnsafe || normalisePath(request.path, request.query) !== request.path;
  // `request.unsafe-paths` is lost where Access has no conditions on paths; a fragment is dropped.
  const plain = { ...request, path: request.path.replace(/#.*$/, '') };
  const isLost =
    !hasPaths(ir.services[request.to.id], request.port) || decide(ir, plain).outcome === 'forwarded';
  if (isOdd && (leaks.length === 0 || isLost)) return note('odd');
  return found;
}

const fields: Readonly<Record<string, keyof Forwarded>> = {
  timeout: 'timeout',
  tries: 'tries',
  'request headers': 'requestHeaders',
  'response headers': 'responseHeaders',
  mirrors: 'mirrors',
  faults: 'fault',
};

/** The part of an outcome that a difference is about: one field, or where the request ends. */
function partOf(outcome: Outcome, difference: string): unknown {
  const field = fields[difference.replace(/:.*$/, '')];
  if (field !== undefined && outcome.outcome === 'forwarded') return outcome[field];
  const { backends, refusedShare, status, location } = { ...outcome } as Partial<Forwarded & Redirected>;
  return [outcome.outcome, backends, refusedShare, status, location];
}

function note(way: 'lost' | 'status' | 'narrowed' | 'odd'): readonly string[] {
  counts[way] += 1;
  return [];
}

/** Returns true if Access of a port has conditions on paths. */
function hasPaths(service: Service | undefined, asked: Request['port']): boolean {
  const port = service?.ports.find(({ name, number }) => [name, String(number)].includes(String(asked)));
  const isOfPort = (names: readonly string[] | undefined): boolean =>
    port === undefined || names === undefined || names.includes(port.name);
  const { allow = [], deny = [] } = service?.access ?? {};
  return [...allow, ...deny]
    .flatMap((rule) => [rule, ...(rule.except ?? [])])
    .some(({ to = [] }) => to.some(({ paths, ports }) => paths !== undefined && isOfPort(ports)));
}

describe('a model of Linkerd, written from its documentation and sources', () => {
  test.each(meshCases())('ends requests as decided, or as the target says: $name', (meshCase) => {
    const ir = linkedMesh(meshCase.directory, meshCase.environment);
    const mesh = compiled(ir);
    const cluster = clusterOf(ir);
    const wrong: string[] = [];
    for (const data of requestsOf(meshCase).flatMap(({ requests }) => requests)) {
      const read = parseRequest(data, ir);
      if ('problem' in read) throw new Error(read.problem);
      const { request } = read;
      // Linkerd has no gateways.
      if (request.to.type === 'gateway') continue;
      counts.compared += 1;
      const found = differences(decide(ir, request), answer(ir, cluster, request));
      if (found.length === 0) counts.alike += 1;
      else wrong.push(...unnamed(mesh, request, found).map((one) => `${JSON.stringify(data)}\n    ${one}`));
    }
    expect(wrong.join('\n')).toBe('');
  });

  afterAll(() => {
    console.log(JSON.stringify(counts));
  });

  test('compares enough, and most is alike', () => {
    expect(counts.compared).toBeGreaterThan(5000);
    expect(counts.alike).toBeGreaterThan(3000);
  });
});
