import type { Ir } from '../../ir/ir.ts';
import { spiffeId } from '../../ir/principal.ts';
import { jsonRecord } from '../../lib/json-record.ts';
import type { Artifact, ObjectArtifact } from '../artifact.ts';
import { istioTakes } from '../certificate-objects/delegated-meshes.ts';
import { gatewayApiDefaults } from '../gateway-api-objects/defaults.gen.ts';
import type { LowerContext, Target } from '../target.ts';
import { arms } from './arms.ts';
import { authorityFiles } from './authority-files.ts';
import { capabilities } from './capabilities.ts';
import { istioLimits } from './limits.ts';
import { istioObjects } from './lower.ts';
import { type LoweringOptions, loweringOptions, versions } from './lowering-options.ts';
import { order } from './order.ts';
import { istioKinds } from './owned-kinds.ts';
import { podTrust } from './pod-trust.ts';

/** Schema of the option that names the version of Istio under a mesh. */
export const istioVersionOption = {
  enum: versions,
  default: versions[0],
  description: 'The version of the Istio that the mesh brings.',
} as const;

/** The parts of a target that writes objects of Istio for a mesh that runs on Istio. */
export interface DirectTargetParts
  extends Pick<Target, 'name' | 'title' | 'versions' | 'notes' | 'owns' | 'optionsSchema'> {
  /** Returns the objects of the mesh itself, which stand beside those of Istio. */
  readonly ownObjects: (ir: Ir, options: LowerContext['options']) => readonly ObjectArtifact[];
  /** Returns labels and annotations that the mesh wants on an object of Istio. */
  readonly marksOf: (object: ObjectArtifact, ir: Ir, options: LowerContext['options']) => Marks;
}

/** Labels and annotations of an object. */
export interface Marks {
  readonly labels?: Readonly<Record<string, string>>;
  readonly annotations?: Readonly<Record<string, string>>;
}

/** Returns the context in which objects of Istio are made: its version is that of Istio. */
function istioContext({ options, ...context }: LowerContext): LowerContext {
  const { istioVersion } = options;
  return { ...context, options, version: typeof istioVersion === 'string' ? istioVersion : versions[0] };
}

/** Returns a target that writes the objects of Istio, with what its mesh wants around them. */
export function directTarget({ ownObjects, marksOf, owns, ...target }: DirectTargetParts): Target {
  const optionsOf = (context: LowerContext): LoweringOptions => loweringOptions(istioContext(context));
  return {
    ...target,
    capabilities,
    limits: (ir, context) => istioLimits(ir, optionsOf(context)),
    owns: [...owns, ...istioKinds],
    delegation: istioTakes,
    lower: (ir, context) => [
      ...ownObjects(ir, context.options),
      ...istioObjects(ir, optionsOf(context), context.trust).map((artifact) =>
        marked(artifact, (object) => marksOf(object, ir, context.options)),
      ),
    ],
    authorityFiles,
    podTrust,
    arms: (ir, question, context) => arms(ir, question, istioContext(context)),
    identity: spiffeId,
    defaults: () => gatewayApiDefaults.standard,
    order,
    statusGroups: ['gateway.networking.k8s.io'],
  };
}

function marked(artifact: Artifact, marksOf: (object: ObjectArtifact) => Marks): Artifact {
  if (artifact.type !== 'object' || !/\.istio\.io\//.test(apiVersionOf(artifact))) return artifact;
  const { labels = {}, annotations = {} } = marksOf(artifact);
  const manifest = jsonRecord(artifact.manifest);
  const metadata = jsonRecord(manifest['metadata']);
  return {
    ...artifact,
    manifest: {
      ...(manifest as Readonly<Record<string, string>>),
      metadata: {
        ...(metadata as Readonly<Record<string, string>>),
        labels: { ...(metadata['labels'] as Readonly<Record<string, string>>), ...labels },
        annotations: { ...(metadata['annotations'] as Readonly<Record<string, string>>), ...annotations },
      },
    },
  };
}

function apiVersionOf({ manifest }: ObjectArtifact): string {
  const { apiVersion } = jsonRecord(manifest);
  return typeof apiVersion === 'string' ? apiVersion : '';
}

/** Returns the namespaces of a mesh, with the one whose objects hold for the whole mesh. */
export function namespacesOf(
  { services, gateways, externals }: Ir,
  rootNamespace: string,
): readonly string[] {
  const documents = [...Object.values(services), ...Object.values(gateways), ...Object.values(externals)];
  return [...new Set([...documents.map(({ namespace }) => namespace), rootNamespace])].sort();
}
