import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import type { Ir } from '../../src/core/ir/ir.ts';
import { linkedSources } from '../cases/linked-mesh.ts';
import { meshConfig } from './harness/istio/bootstrap.ts';
import { compiledObjects } from './harness/istio/compiled-objects.ts';
import { manifest } from './harness/istio/manifest.ts';
import { neededProviders } from './harness/istio/needed-providers.ts';
import { placed } from './harness/istio/placed-mesh.ts';
import { pods } from './harness/istio/pods.ts';
import { registry } from './harness/istio/registry.ts';

const istioXds = process.env['ISTIO_XDS'] ?? '';

const everything =
  '{accessLog: {format: json, when: "response.code >= 400", output: {file: /dev/stderr}}, tracing: {sampling: 100%, otlp: {service: infra/otel, port: grpc}, tags: {tenant: "request.headers[\'x-tenant\']"}}}';
const meshes = {
  everything,
  nothing: '{}',
};
const services = {
  'no log and no traces': '{accessLog: null, tracing: null}',
  'another condition': '{accessLog: {when: "response.code >= 500"}}',
  'another format': '{accessLog: {format: text}}',
  'another share': '{tracing: {sampling: 10%, otlp: {service: infra/otel, port: grpc}}}',
  'another tag':
    '{tracing: {sampling: 100%, otlp: {service: infra/otel, port: grpc}, tags: {room: "request.headers[\'x-room\']"}}}',
};

describe.skipIf(istioXds === '')('telemetry of one service, merged by istiod with that of the mesh', () => {
  test.each(
    Object.entries(meshes).flatMap(([of, mesh]) =>
      Object.entries(services).map(([own, service]) => [of, own, mesh, service] as const),
    ),
  )('the mesh has %s, the service %s', (_of, _own, mesh, service) => {
    const ir = linked(mesh, service);
    const told = ir.services['shop/api']?.telemetry;
    if (told === undefined) throw new Error('the service says nothing else');
    // A mesh in which the whole mesh has the telemetry of this service.
    const alike: Ir = {
      ...ir,
      telemetry: { ...told, metricLabels: ir.telemetry.metricLabels },
      services: Object.fromEntries(
        Object.entries(ir.services).map(([id, { telemetry: _, ...rest }]) => [id, rest]),
      ),
    };
    const reported = reportsOf(ir);
    expect(reported.length).toBeGreaterThan(0);
    expect(reported).toEqual(reportsOf(alike));
  });
});

function linked(mesh: string, service: string): Ir {
  const text = `
apiVersion: mesh/v1
kind: Mesh
metadata: {name: m}
spec: {trustDomain: m.example, mtls: strict, access: allow, egress: deny, telemetry: ${mesh}}
---
apiVersion: mesh/v1
kind: Service
metadata: {name: api, namespace: shop}
spec:
  ports: {http: {port: 80}}
  telemetry: ${service}
  endpoints: {default: [{app: "127.1.1.2:8080", inbound: "127.1.1.2:15006", outbound: "127.1.1.2:15001", admin: "127.1.1.2:15000"}]}
---
apiVersion: mesh/v1
kind: Service
metadata: {name: otel, namespace: infra}
spec:
  ports: {grpc: {port: 4317}}
  endpoints: {default: [{app: "127.1.1.3:8080", inbound: "127.1.1.3:15006", outbound: "127.1.1.3:15001", admin: "127.1.1.3:15000"}]}
`;
  return placed(
    linkedSources({ sources: [{ file: 'mesh.yaml', bytes: Buffer.from(text) }], unreadable: [] }),
    '127.1.',
  );
}

interface Manager {
  readonly accessLog?: readonly unknown[];
  readonly tracing?: unknown;
}

/** Returns the reports that the proxy of shop/api must make, for each of its filter chains. */
function reportsOf(ir: Ir): readonly Manager[] {
  const folder = mkdtempSync(path.join(tmpdir(), 'meshwright-telemetry-'));
  try {
    const objects = compiledObjects(ir, 'sidecar');
    const config = meshConfig(ir.trustDomain, neededProviders(objects));
    writeFileSync(path.join(folder, 'all.yaml'), manifest([config, ...registry(ir, 'sidecar'), ...objects]));
    const pod = pods(ir).find(({ of }) => of.type === 'service' && of.service.id === 'shop/api');
    const labels = Object.entries(pod?.labels ?? {}).map(([key, value]) => `${key}=${value}`);
    const { stdout, stderr } = spawnSync(
      istioXds,
      [
        ...['dump', '-dir', folder, '-type', 'sidecar', '-ns', 'shop', '-only', 'lds'],
        ...['-id', `${pod?.name ?? ''}.shop`, '-ip', pod?.ip ?? '', '-labels', labels.join(',')],
      ],
      { encoding: 'utf8', timeout: 120_000, maxBuffer: 1 << 28 },
    );
    if (stdout === '') throw new Error(stderr);
    const managers: Manager[] = [];
    JSON.parse(stdout, (key, value: Manager & { readonly httpFilters?: unknown }) => {
      if (key === 'typedConfig' && value.httpFilters !== undefined)
        managers.push({
          ...(value.accessLog && { accessLog: value.accessLog }),
          ...(value.tracing !== undefined && { tracing: value.tracing }),
        });
      return value;
    });
    return managers;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
