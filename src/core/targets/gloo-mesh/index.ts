import type { Ir } from '../../ir/ir.ts';
import { capabilities as istioCapabilities } from '../istio-objects/capabilities.ts';
import { directTarget } from '../istio-objects/direct-target.ts';
import type { Limit, LowerContext, Target } from '../target.ts';
import { capabilities } from './capabilities.ts';
import { healthChecks, healthLimits } from './health-checks.ts';
import { notes } from './notes.ts';
import { apiVersions } from './object.ts';
import { glooOptions, optionsSchema, versions } from './options.ts';
import { rateLimitLimits, rateLimits } from './rate-limits.ts';
import { workspaceObjects } from './workspace.ts';

const target = directTarget({
  name: 'gloo-mesh',
  title: 'Gloo Mesh',
  versions,
  notes,
  optionsSchema,
  owns: Object.entries(apiVersions).map(([kind, apiVersion]) => ({ apiVersion, kind })),
  ownObjects: (ir, options) => {
    const own = glooOptions(options);
    return [
      ...workspaceObjects(ir, own),
      ...(own.form === 'gloo' ? [...healthChecks(ir), ...rateLimits(ir)] : []),
    ];
  },
  marksOf: () => ({}),
});

/**
 * Gloo Mesh (Solo Enterprise for Istio), which leaves objects of Istio as they are. Its own kinds say what Istio's can't:
 * checks of instances, and limits over whole services.
 */
const glooMesh: Target = {
  ...target,
  capabilities,
  defaultMode: 'gloo',
  modes: {
    istio: {
      title: 'Gloo Mesh, objects of Istio alone',
      options: { form: 'istio' },
      capabilities: istioCapabilities,
    },
  },
  limits,
  reader: () => import('./read/index.ts'),
};

export default glooMesh;

function limits(ir: Ir, context: LowerContext): readonly Limit[] {
  const own =
    glooOptions(context.options).form === 'gloo' ? [...healthLimits(ir), ...rateLimitLimits(ir)] : [];
  return [...(target.limits?.(ir, context) ?? []), ...own];
}
