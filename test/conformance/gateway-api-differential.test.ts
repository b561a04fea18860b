import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { parseRequest } from '../../src/core/explain/request/parse-request.ts';
import type { Ir } from '../../src/core/ir/ir.ts';
import { canonicalJson } from '../../src/core/lib/canonical-json.ts';
import { decide } from '../../src/core/semantics/decide.ts';
import type { Outcome } from '../../src/core/semantics/outcome.ts';
import type { Request } from '../../src/core/semantics/request.ts';
import gatewayApi from '../../src/core/targets/gateway-api/index.ts';
import { type MeshCase, meshCases, type RequestData } from '../cases/cases.ts';
import { linkedMesh } from '../cases/linked-mesh.ts';
import { compared } from './harness/compared.ts';
import { knownDifferences } from './harness/gateway-api/known-differences.ts';
import { meshesWithoutLost } from './harness/gateway-api/without-lost.ts';
import { writtenObjects } from './harness/istio/compiled-objects.ts';
import { istioCase } from './harness/istio/istio-case.ts';
import type { IstioMesh } from './harness/istio/istio-mesh.ts';
import type { KubernetesObject } from './harness/istio/kubernetes-object.ts';
import type { Compiler } from './harness/istio/lost-features.ts';
import { requestsOf } from './harness/requests-of.ts';
import { isStream } from './harness/sending.ts';

const envoy = process.env['ENVOY'] ?? '';
const istioXds = process.env['ISTIO_XDS'] ?? '';
const absent = envoy === '' || istioXds === '';

/** The MeshConfig as the notes of the target ask for it. */
const installation = {
  defaultHttpRetryPolicy: { attempts: 0 },
  pathNormalization: { normalization: 'DECODE_AND_MERGE_SLASHES' },
};

const channels = ['standard', 'experimental'] as const;

/**
 * A case with silent services is about what they answer, one without a target for Envoy has no endpoints. The experimental
 * channel is tried on the cases whose objects differ there.
 */
function casesOf(channel: (typeof channels)[number]): readonly MeshCase[] {
  const running = meshCases().filter(({ target, silent }) => target !== undefined && silent.length === 0);
  if (channel === 'standard') return running;
  return running.filter(({ directory, environment }) => {
    const ir = linkedMesh(directory, environment);
    const text = (one: string): string =>
      canonicalJson(writtenObjects(gatewayApi, ir, { implementation: 'istio', channel: one }));
    return text('standard') !== text('experimental');
  });
}

/** Numbers of requests compared, left out, and of known differences. */
const counts = { compared: 0, leftOut: 0, known: new Map<string, number>() };

describe.skipIf(absent).each(channels)('the Gateway API by way of istiod, %s channel', (channel) => {
  const compiler: Compiler = {
    target: gatewayApi,
    options: { implementation: 'istio', channel },
    kept: ['settings.no-retries'],
  };
  for (const meshCase of casesOf(channel)) {
    describe(`${meshCase.name}: ${meshCase.about}`, () => {
      let mesh: IstioMesh;
      let without: readonly Ir[];
      let routed: ReadonlySet<string>;
      let moved: <T>(value: T) => T = (value) => value;
      beforeAll(async () => {
        const compile = (ir: Ir) => {
          const objects = writtenObjects(gatewayApi, ir, compiler.options);
          routed = grpcPorts(objects);
          return objects;
        };
        ({ mesh, moved } = await istioCase(meshCase, envoy, istioXds, compile, installation));
        without = meshesWithoutLost(mesh.ir, compiler);
      }, 120_000);
      afterAll(async () => {
        await (mesh as IstioMesh | undefined)?.stop();
      });

      for (const { feature, requests } of requestsOf(meshCase)) {
        test(`${feature}: ${String(requests.length)} requests end as decided, or as the target says`, {
          timeout: 240_000,
        }, async () => {
          const wrong: string[] = [];
          for (const data of moved(requests)) {
            const request = parsed(data, mesh);
            if (isUntried(mesh, request, routed) || isLost(mesh.ir, without, request)) {
              counts.leftOut += 1;
              continue;
            }
            counts.compared += 1;
            for (const difference of await compared(mesh, request))
              if (!isKnown(difference, request, mesh))
                wrong.push(`${JSON.stringify(data)}\n    ${difference}`);
          }
          expect(wrong.join('\n')).toBe('');
        });
      }
    });
  }
});

test.skipIf(absent)('enough was compared', () => {
  console.log(
    [
      `${String(counts.compared)} requests compared, ${String(counts.leftOut)} left out: the target says what they lose`,
      ...[...counts.known].map(([name, number]) => `  ${String(number).padStart(6)}  ${name}`),
    ].join('\n'),
  );
  expect(counts.compared).toBeGreaterThanOrEqual(300);
});

function parsed(data: RequestData, { ir }: IstioMesh): Request {
  const read = parseRequest(data, ir);
  if ('problem' in read) throw new Error(`${JSON.stringify(data)}: ${read.problem}`);
  return read.request;
}

/** The ports of Services (`namespace/name:port`) that have a GRPCRoute. */
function grpcPorts(objects: readonly KubernetesObject[]): ReadonlySet<string> {
  const parents = objects
    .filter(({ kind }) => kind === 'GRPCRoute')
    .flatMap(({ spec }) => (spec as { readonly parentRefs: readonly Parent[] }).parentRefs);
  return new Set(parents.map(({ namespace, name, port }) => `${namespace}/${name}:${String(port)}`));
}

interface Parent {
  readonly namespace: string;
  readonly name: string;
  readonly port: number;
}

/**
 * Returns true if a request is for a port whose route istio-xds doesn't read: the CRDs of its API server lack the
 * annotation that istiod asks for before it reads GRPCRoutes, TCPRoutes and TLSRoutes.
 */
function isUntried({ ir }: IstioMesh, request: Request, grpc: ReadonlySet<string>): boolean {
  if (isStream(ir, request)) return true;
  const to = request.to.type === 'service' ? ir.services[request.to.id] : undefined;
  const port = to?.ports.find(({ name, number }) => [name, String(number)].includes(String(request.port)));
  return to !== undefined && port !== undefined && grpc.has(`${to.id}:${String(port.number)}`);
}

/** Returns true if the target says that this request may end otherwise: something that decides about it is lost. */
function isLost(ir: Ir, without: readonly Ir[], request: Request): boolean {
  const said = (mesh: Ir): string => JSON.stringify({ ...decide(mesh, request), decidedBy: [] });
  const outcome = decide(ir, request);
  // The Gateway API can neither turn the refusal of unsafe paths off nor refuse callers.
  return (
    outcome.outcome === 'refused' ||
    hasRefusedShare(outcome) ||
    without.some((mesh) => said(mesh) !== said(ir))
  );
}

function hasRefusedShare(outcome: Outcome): boolean {
  return 'refusedShare' in outcome && outcome.refusedShare > 0;
}

function isKnown(difference: string, request: Request, { ir }: IstioMesh): boolean {
  const outcome = decide(ir, request);
  const known = knownDifferences.find((one) => one.takes(difference, outcome, request, ir));
  if (known !== undefined) counts.known.set(known.name, (counts.known.get(known.name) ?? 0) + 1);
  return known !== undefined;
}
