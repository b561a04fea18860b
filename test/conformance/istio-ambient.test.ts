import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { type MeshCase, meshCases } from '../cases/cases.ts';
import { linkedMesh } from '../cases/linked-mesh.ts';
import { bootstrapOf, meshConfig } from './harness/istio/bootstrap.ts';
import { compiledObjects } from './harness/istio/compiled-objects.ts';
import type { KubernetesObject } from './harness/istio/kubernetes-object.ts';
import { manifest } from './harness/istio/manifest.ts';
import { neededProviders } from './harness/istio/needed-providers.ts';
import { placed } from './harness/istio/placed-mesh.ts';
import { registry } from './harness/istio/registry.ts';
import {
  type Waypoint,
  waypointAddress,
  waypointLabels,
  waypointsOf,
  withWaypoints,
} from './harness/istio/waypoints.ts';

const envoy = process.env['ENVOY'] ?? '';
const istioXds = process.env['ISTIO_XDS'] ?? '';
const absent = envoy === '' || istioXds === '';

interface Chain {
  readonly name?: string;
  readonly filters: readonly {
    readonly name: string;
    readonly typedConfig?: {
      readonly routeConfig?: {
        readonly virtualHosts: readonly { readonly routes: readonly { readonly name?: string }[] }[];
      };
      readonly httpFilters?: readonly { readonly name: string }[];
    };
  }[];
}

interface Dump {
  readonly listeners: readonly { readonly name: string; readonly filterChains: readonly Chain[] }[];
  readonly clusters: readonly { readonly name: string }[];
}

// No ztunnel runs here, so the effect of policies for ztunnels is not tested.
describe.skipIf(absent)("istiod's translation of ambient for waypoints", () => {
  test.each(meshCases())('has what the spec of $name asks for, in a form that Envoy accepts', (meshCase) => {
    const ir = placed(linkedMesh(meshCase.directory, meshCase.environment), '10.1.');
    const objects = compiledObjects(ir, 'ambient');
    const waypoints = waypointsOf(objects);
    // Services that only need connections need no waypoint.
    const needed = Object.values(ir.services).some(({ ports }) => ports.some(({ http }) => http));
    expect(waypoints.length > 0).toBe(needed);
    const all = [
      meshConfig(ir.trustDomain, neededProviders(objects)),
      ...withWaypoints(registry(ir, 'ambient'), objects),
    ];
    withFolder((folder) => {
      writeFileSync(path.join(folder, 'all.yaml'), manifest(all));
      waypoints.forEach((waypoint, position) => {
        const dump = dumped(folder, waypoint, position);
        const chains = dump.listeners.find(({ name }) => name === 'main_internal')?.filterChains ?? [];
        for (const service of waypoint.services) compare(chains, service, objects);
        expect(accepted(dump, meshCase)).toBe('');
      });
    });
  });
});

/**
 * Compares the chains of a service: one for each port, with its rules and, if there are policies for it, the filters
 * that decide by them.
 */
function compare(chains: readonly Chain[], service: string, objects: readonly KubernetesObject[]): void {
  const [namespace = '', name = ''] = service.split('/');
  const host = `${name}.${namespace}.svc.cluster.local`;
  const own = chains.filter((chain) => chain.name?.endsWith(`|${host}`));
  expect(own.length, `${host} goes through no waypoint`).toBeGreaterThan(0);
  const managers = own.flatMap(({ filters }) => filters.flatMap(({ typedConfig }) => typedConfig ?? []));
  const routes = managers.flatMap(({ routeConfig }) => routeConfig?.virtualHosts ?? []);
  const names = new Set(routes.flatMap((virtualHost) => virtualHost.routes.map((route) => route.name)));
  expect(rulesFor(host, objects).filter((rule) => !names.has(rule))).toEqual([]);
  const policies = objects.filter(
    ({ kind, metadata, spec }) =>
      kind === 'AuthorizationPolicy' &&
      metadata.namespace === namespace &&
      (spec as { targetRefs?: readonly { name: string }[] }).targetRefs?.some((ref) => ref.name === name),
  );
  const guards = managers.filter(({ httpFilters = [] }) =>
    httpFilters.some((filter) => filter.name.startsWith('envoy.filters.http.rbac')),
  );
  const http = managers.filter(({ httpFilters }) => httpFilters !== undefined);
  if (policies.length > 0) expect(guards.length, `${host} isn't guarded`).toBe(http.length);
}

function rulesFor(host: string, objects: readonly KubernetesObject[]): readonly string[] {
  return objects.flatMap(({ kind, spec }) => {
    const { hosts = [], http = [] } = spec as {
      hosts?: readonly string[];
      http?: readonly { name: string }[];
    };
    return kind === 'VirtualService' && hosts.includes(host) ? http.map(({ name }) => name) : [];
  });
}

function dumped(folder: string, { name, namespace }: Waypoint, position: number): Dump {
  const labels = Object.entries(waypointLabels(name)).map(([key, value]) => `${key}=${value}`);
  const { stdout, stderr } = spawnSync(
    istioXds,
    [
      ...['dump', '-dir', folder, '-type', 'waypoint', '-ns', namespace, '-id', `${name}.${namespace}`],
      ...['-ip', waypointAddress(position), '-sa', name, '-labels', labels.join(',')],
    ],
    {
      encoding: 'utf8',
      timeout: 60_000,
      maxBuffer: 1 << 28,
      env: { ...process.env, PILOT_ENABLE_AMBIENT: 'true' },
    },
  );
  if (stdout === '') throw new Error(stderr);
  return JSON.parse(stdout) as Dump;
}

/**
 * Returns a real Envoy's complaints about the parts of a waypoint that come from our objects. The other parts are left
 * out: they are the same for all waypoints, and use filters that only Istio's own build of Envoy has.
 */
function accepted(dump: Dump, { name }: MeshCase): string {
  return withFolder((folder) => {
    const file = path.join(folder, `${name}.json`);
    const listeners = dump.listeners.filter(({ name: own }) => own === 'main_internal');
    const clusters = dump.clusters.filter(({ name: own }) => own.startsWith('inbound-vip|'));
    writeFileSync(file, JSON.stringify(bootstrapOf(listeners.map(withoutIstioOnly), clusters)));
    const { status, stderr } = spawnSync(envoy, ['--mode', 'validate', '-c', file, '--log-level', 'error'], {
      encoding: 'utf8',
      timeout: 60_000,
    });
    return status === 0 ? '' : stderr;
  });
}

function withoutIstioOnly(value: object): object {
  return JSON.parse(JSON.stringify(value), (_, inner: unknown) =>
    Array.isArray(inner) ? inner.filter((entry) => !isIstioOnly(entry)) : inner,
  ) as object;
}

function isIstioOnly(entry: unknown): boolean {
  const name = typeof entry === 'object' && entry !== null && 'name' in entry ? String(entry.name) : '';
  return /peer_metadata$|^istio\.|^connect_authority$/.test(name);
}

function withFolder<T>(use: (folder: string) => T): T {
  const folder = mkdtempSync(path.join(tmpdir(), 'meshwright-waypoint-'));
  try {
    return use(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
