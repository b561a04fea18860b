import type { Engine } from '../../../../src/core/ir/rollout.ts';
import type { ObjectArtifact } from '../../../../src/core/targets/artifact.ts';
import gatewayApi from '../../../../src/core/targets/gateway-api/index.ts';
import istio from '../../../../src/core/targets/istio/index.ts';
import linkerd from '../../../../src/core/targets/linkerd/index.ts';
import type { Target } from '../../../../src/core/targets/target.ts';
import { document, linked, mesh } from '../../ir/linked.ts';

/** A target with options under which engines can move weights. */
export interface EngineTarget {
  readonly name: string;
  readonly target: Target;
  readonly options: Readonly<Record<string, unknown>>;
  readonly platform: string;
}

/** Every target under which engines can move weights. */
export const engineTargets: readonly EngineTarget[] = [
  { name: 'istio', target: istio, options: {}, platform: '{platform: istio}' },
  {
    name: 'gateway-api-istio',
    target: gatewayApi,
    options: { implementation: 'istio' },
    platform: '{platform: gateway-api, options: {implementation: istio}}',
  },
  { name: 'linkerd', target: linkerd, options: {}, platform: '{platform: linkerd}' },
];

/** Every engine. */
export const engines: readonly Engine[] = ['flagger', 'argo-rollouts'];

/** Returns the documents of a mesh in which an engine rolls out a service that one other may call. */
export function engineDocuments(
  engine: string,
  platform: string,
  more: readonly string[] = [],
): readonly string[] {
  return [
    mesh(
      'access: deny',
      'metrics: {prometheus: {url: "http://prometheus.monitoring:9090"}}',
      `targets: {prod: ${platform}}`,
    ),
    document('Service', 'web', []),
    document('Service', 'reviews', [
      'ports: {http: {port: 80, targetPort: 8080}}',
      'versions: {v1: {}, v2: {}}',
    ]),
    document('Access', 'reviews', [
      'service: reviews',
      'rules: [{allow: {from: [{service: web}], to: [{methods: [GET]}]}}]',
    ]),
    document('Rollout', 'reviews-v2', [
      'service: reviews',
      'from: v1',
      'to: v2',
      `engine: ${engine}`,
      'steps: [{weight: 5%, hold: 2m}, {weight: 25%, hold: 2m}, 100%]',
      'judge: {success: {slo: 99.5%}, latency: {quantile: p99, max: 300ms}}',
      ...more,
    ]),
  ];
}

/** Returns the objects of that mesh. */
export function engineObjects(
  engine: string,
  { target, options, platform }: EngineTarget,
): readonly ObjectArtifact[] {
  return objectsOf(engineDocuments(engine, platform), { target, options });
}

/** Returns the objects of documents on a target. */
export function objectsOf(
  documents: readonly string[],
  { target, options }: Pick<EngineTarget, 'target' | 'options'>,
): readonly ObjectArtifact[] {
  const context = { version: target.versions.at(-1) ?? '', options };
  return target
    .lower(linked(...documents), context)
    .filter((artifact): artifact is ObjectArtifact => artifact.type === 'object');
}
