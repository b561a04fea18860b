import { describe, expect, test } from 'vitest';
import type { ObjectArtifact } from '../../src/core/targets/artifact.ts';
import osm from '../../src/core/targets/osm/index.ts';
import { meshCases } from '../cases/cases.ts';
import { linkedMesh } from '../cases/linked-mesh.ts';
import { startedOsm } from './harness/osm/osm-mesh.ts';
import { AccessTally } from './harness/servers/access-tally.ts';
import { inTurn } from './harness/servers/in-turn.ts';
import { namedDifferences } from './harness/servers/named-differences.ts';
import { type ServerCall, serverCalls } from './harness/servers/server-calls.ts';
import { clusterObjects, podOf, podsOf } from './harness/smi/cluster.ts';

const program = process.env['OSM_POLICY'] ?? '';
const envoy = process.env['ENVOY'] ?? '';
const version = '1.2';

/** The settings that the notes of the target ask for. */
const installation = {
  apiVersion: 'config.openservicemesh.io/v1alpha2',
  kind: 'MeshConfig',
  metadata: { name: 'osm-mesh-config', namespace: 'osm-system' },
  spec: {
    sidecar: { tlsMinProtocolVersion: 'TLSv1_2', tlsMaxProtocolVersion: 'TLSv1_3' },
    traffic: { enablePermissiveTrafficPolicyMode: false },
  },
};

const tally = new AccessTally();

/** The most calls of a case: of more, every so-and-so-many-th is sent. */
const most = 250;

describe.skipIf(program === '' || envoy === '')('Open Service Mesh on a real Envoy', () => {
  test.each(meshCases())('lets in whom the language lets in: $name', async (meshCase) => {
    const ir = linkedMesh(meshCase.directory, meshCase.environment);
    const all = serverCalls(meshCase, ir);
    const calls = all.filter((_, index) => index % Math.ceil(all.length / most) === 0);
    const artifacts = osm
      .lower(ir, { version, options: {} })
      .filter((one): one is ObjectArtifact => one.type === 'object');
    const pods = podsOf(ir, '127.40');
    const mesh = await startedOsm(program, envoy, [
      installation,
      ...clusterObjects(ir, pods, artifacts),
      ...artifacts.filter(({ kind }) => kind !== 'Service').map(({ manifest }) => manifest),
    ] as readonly object[]);
    const reasonOf = namedDifferences(ir, osm, version, refusalReason);
    let wrong: readonly string[] = [];
    try {
      const answers = await inTurn(calls, async (call) => {
        const { caller, service, port, request } = call;
        const { id } = caller;
        const from = id === undefined ? undefined : podOf(pods, { id });
        const to = podOf(pods, service);
        return mesh.isServed({
          from: from && `${from.name}.${from.namespace}`,
          to: `${to.name}.${to.namespace}`,
          service: `${service.name}/${service.namespace}`,
          port: port.targetPort,
          method: request.method,
          path: `${request.path}${request.query === undefined ? '' : `?${request.query}`}`,
          host: request.host ?? '',
          headers: request.headers,
        });
      });
      wrong = tally.add(ir, calls, answers, reasonOf);
    } finally {
      await mesh.stop();
    }
    expect(wrong.slice(0, 20).join('\n')).toBe('');
  });

  test('was asked enough, and lets enough calls in', () => {
    console.log(tally.report());
    expect(tally.compared).toBeGreaterThan(3000);
    expect(tally.allowed).toBeGreaterThan(300);
  });
});

/** Returns the reason, in the record of the target, for a refusal that no limit names. */
function refusalReason({ service, port, request, caller }: ServerCall): string | undefined {
  if (caller.kind === 'none') return 'calls without an identity are refused';
  const names = [service.name, `${service.name}.${service.namespace}`].flatMap((name) => [
    name,
    `${name}:${String(port.number)}`,
  ]);
  if (port.http && !names.includes(request.host ?? '')) return 'the Host is no name of the Service';
  return undefined;
}
