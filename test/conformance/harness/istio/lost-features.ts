import type { Feature } from '../../../../src/core/ir/feature.ts';
import type { Ir } from '../../../../src/core/ir/ir.ts';
import { mtlsOf } from '../../../../src/core/ir/service.ts';
import type { TargetConfig } from '../../../../src/core/ir/target-config.ts';
import { decide } from '../../../../src/core/semantics/decide.ts';
import type { Request } from '../../../../src/core/semantics/request.ts';
import istio from '../../../../src/core/targets/istio/index.ts';
import { lossOf } from '../../../../src/core/targets/loss.ts';
import type { Target } from '../../../../src/core/targets/target.ts';
import { unremovableFeatures, withoutFeature } from '../../../contract/without-feature.ts';

/**
 * Features that can't be tested here: an application calls a host that the mesh doesn't name by its address, and the
 * proxy learns this address only if packets are redirected to it.
 */
const untried: readonly Feature[] = ['egress.allow'];

/** A target with the options that a mesh is compiled with. */
export interface Compiler {
  readonly target: Target;
  readonly options: Readonly<Record<string, unknown>>;
  /** Features that the installation of a test supports, although the target can't promise them. */
  readonly kept?: readonly Feature[];
}

/**
 * Returns, for each feature that the target loses somewhere in a mesh, the mesh without this feature at those places.
 */
export function lostFeatures(ir: Ir, mode: 'sidecar' | 'ambient'): ReadonlyMap<Feature, Ir> {
  const compiler: Compiler = { target: istio, options: { mode } };
  return new Map([
    ...untried.map((feature) => [feature, withoutFeature(ir, feature)] as const),
    ...[...lostPlaces(ir, compiler)].map(
      ([feature, at]) => [feature, onlyAt(at, ir, withoutFeature(ir, feature)) as Ir] as const,
    ),
  ]);
}

/** Returns a mesh without features at some of their places; features that can't be removed stay. */
export function withoutPlaces(
  ir: Ir,
  lost: readonly (readonly [feature: Feature, at: ReadonlySet<string>])[],
): Ir {
  return lost
    .filter(([feature]) => !unremovableFeatures.includes(feature))
    .reduce((mesh, [feature, at]) => onlyAt(at, mesh, withoutFeature(mesh, feature)) as Ir, ir);
}

/** Returns the places where the target loses a feature, as `FILE:LINE:COLUMN`. */
export function lostPlaces(
  ir: Ir,
  { target, options, kept = [] }: Compiler,
): ReadonlyMap<Feature, ReadonlySet<string>> {
  const config: TargetConfig = {
    name: target.name,
    platform: target.name,
    options,
    degrade: [],
    delivery: { requirePlan: false, branches: [] },
    origin: ir.origin,
  };
  const places = new Map<Feature, Set<string>>();
  for (const { feature, diagnostic } of lossOf(ir, config, target)) {
    // Requests that this loss affects don't reach the proxies that are tested here.
    if (unremovableFeatures.includes(feature) || kept.includes(feature)) continue;
    const { file, range } = diagnostic.location;
    const known = places.get(feature) ?? new Set();
    places.set(feature, known.add(`${file}:${String(range.start.line)}:${String(range.start.column)}`));
  }
  return places;
}

/** Returns the lost features because of which this request may end otherwise: they affect its decision. */
export function touches(ir: Ir, lost: ReadonlyMap<Feature, Ir>, request: Request): readonly Feature[] {
  // If addresses are lost, rules that deny by address refuse everybody: the loss affects every request.
  const gateway = request.to.type === 'gateway' ? ir.gateways[request.to.id] : undefined;
  if (lost.has('gateway.client-address') && gateway?.listeners.some(({ clientAddress }) => clientAddress))
    return ['gateway.client-address'];
  // A caller without a proxy starts TLS itself, which `decide` doesn't cover.
  const { to, port: asked } = request;
  const service = to.type === 'service' ? ir.services[to.id] : undefined;
  const port = service?.ports.find(({ name, number }) => name === asked || number === asked);
  if (lost.has('service.tls') && service && port?.tls !== undefined && mtlsOf(service, port) === 'disabled')
    return ['service.tls'];
  const said = (mesh: Ir): string => JSON.stringify({ ...decide(mesh, request), decidedBy: [] });
  return [...lost].filter(([, without]) => said(without) !== said(ir)).map(([feature]) => feature);
}

/**
 * Returns `mesh` with the differences of `other`, but only in nodes that have one of these places, or are in or around
 * such a node.
 */
function onlyAt(places: ReadonlySet<string>, mesh: unknown, other: unknown): unknown {
  if (isAt(places, mesh)) return other;
  if (Array.isArray(mesh) && Array.isArray(other))
    return mesh.length === other.length
      ? mesh.map((own: unknown, i) => onlyAt(places, own, other[i]))
      : mesh.filter((own) => !holds(places, own));
  if (!isRecord(mesh) || !isRecord(other)) return mesh;
  return Object.fromEntries(
    Object.entries(mesh).flatMap(([key, own]) => {
      if (key in other) return [[key, onlyAt(places, own, other[key])]];
      return holds(places, own) ? [] : [[key, own]];
    }),
  );
}

function holds(places: ReadonlySet<string>, value: unknown): boolean {
  if (isAt(places, value)) return true;
  const inner = Array.isArray(value) ? (value as unknown[]) : isRecord(value) ? Object.values(value) : [];
  return inner.some((own) => holds(places, own));
}

function isAt(places: ReadonlySet<string>, value: unknown): boolean {
  if (!isRecord(value) || !isRecord(value['origin'])) return false;
  const { file, line, column } = value['origin'];
  return places.has(`${String(file)}:${String(line)}:${String(column)}`);
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
