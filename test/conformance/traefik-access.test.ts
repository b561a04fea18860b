import { describe, expect, test } from 'vitest';
import type { Ir } from '../../src/core/ir/ir.ts';
import type { ObjectArtifact } from '../../src/core/targets/artifact.ts';
import traefikMesh from '../../src/core/targets/traefik-mesh/index.ts';
import { meshCases } from '../cases/cases.ts';
import { linkedMesh } from '../cases/linked-mesh.ts';
import { AccessTally } from './harness/servers/access-tally.ts';
import { inTurn } from './harness/servers/in-turn.ts';
import { namedDifferences } from './harness/servers/named-differences.ts';
import { type ServerCall, serverCalls } from './harness/servers/server-calls.ts';
import { clusterObjects, podOf, podsOf } from './harness/smi/cluster.ts';
import { startedTraefik } from './harness/traefik/traefik-mesh.ts';

const program = process.env['TRAEFIK_POLICY'] ?? '';
const traefik = process.env['TRAEFIK'] ?? '';
const version = '1.4';

const tally = new AccessTally();

/** The most calls of a case: of more, every so-and-so-many-th is sent. */
const most = 250;

describe.skipIf(program === '' || traefik === '')('Traefik Mesh on a real Traefik', () => {
  test.each(meshCases())('lets in whom the language lets in: $name', async (meshCase) => {
    const ir = withoutRoutes(linkedMesh(meshCase.directory, meshCase.environment));
    const all = serverCalls(meshCase, ir).filter(({ port, service }) => port.http && isWhole(service.ports));
    if (all.length === 0) return;
    const calls = all.filter((_, index) => index % Math.ceil(all.length / most) === 0);
    const artifacts = traefikMesh
      .lower(ir, { version, options: {} })
      .filter((one): one is ObjectArtifact => one.type === 'object');
    const pods = podsOf(ir, '127.41');
    const mesh = await startedTraefik(program, traefik, [
      ...clusterObjects(ir, pods, artifacts),
      ...artifacts.filter(({ kind }) => kind !== 'Service').map(({ manifest }) => manifest as object),
    ]);
    const reasonOf = namedDifferences(ir, traefikMesh, version, refusalReason);
    let wrong: readonly string[] = [];
    try {
      const answers = await inTurn(calls, ({ caller: { id }, service, port, request }) =>
        mesh.isServed({
          from: id === undefined ? stranger : podOf(pods, { id }).address,
          service,
          position: service.ports.indexOf(port),
          method: request.method,
          path: `${request.path}${request.query === undefined ? '' : `?${request.query}`}`,
          headers: request.headers,
        }),
      );
      wrong = tally.add(ir, calls, answers, reasonOf);
    } finally {
      await mesh.stop();
    }
    expect(wrong.slice(0, 20).join('\n')).toBe('');
  });

  test('was asked enough, and lets enough calls in', () => {
    console.log(tally.report());
    expect(tally.compared).toBeGreaterThan(2000);
    expect(tally.allowed).toBeGreaterThan(300);
  });
});

/** The address of a caller that is no pod of the mesh. */
const stranger = '127.42.0.1';

/** Returns true if all ports of a Service are HTTP: Traefik Mesh reads one kind for all. */
function isWhole(ports: ServerCall['service']['ports']): boolean {
  return ports.every(({ http }) => http);
}

/** Returns a mesh whose services have no Routes: a call is then about the access to one server. */
function withoutRoutes(ir: Ir): Ir {
  const services = Object.entries(ir.services).map(([id, service]) => [
    id,
    {
      ...service,
      ports: service.ports.map((port) => ({ ...port, route: { ...port.route, implicit: true, rules: [] } })),
    },
  ]);
  return { ...ir, services: Object.fromEntries(services) as Ir['services'] };
}

/** Returns the reason, in the record of the target, for a refusal that no limit names. */
function refusalReason({ caller }: ServerCall): string | undefined {
  return caller.kind === 'none' ? 'calls without an identity are refused' : undefined;
}
