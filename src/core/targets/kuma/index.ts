import type { Ir } from '../../ir/ir.ts';
import { spiffeId } from '../../ir/principal.ts';
import type { Artifact } from '../artifact.ts';
import type { LowerContext, Target } from '../target.ts';
import { permissions } from './access/permissions.ts';
import { authorityFiles } from './authority-files.ts';
import { capabilities } from './capabilities.ts';
import { loweringOf } from './context.ts';
import { limits } from './limits.ts';
import { meshPolicies } from './mesh-policies.ts';
import { notes } from './notes.ts';
import { loweringOptions, optionsSchema, versions } from './options.ts';
import { order } from './order.ts';
import { apiVersion, kinds } from './resource.ts';
import { routes } from './routes/routes.ts';
import { services } from './services.ts';
import { pools } from './settings/pools.ts';
import { rateLimits } from './settings/rate-limits.ts';
import { retries } from './settings/retries.ts';
import { timeouts } from './settings/timeouts.ts';

/** Kuma, on Kubernetes by objects and elsewhere by resources for `kumactl`. */
const kuma: Target = {
  name: 'kuma',
  title: 'Kuma',
  versions,
  capabilities,
  defaultMode: 'kubernetes',
  modes: { universal: { title: 'Kuma without Kubernetes', capabilities } },
  limits: (ir, context) => limits(loweringOf(ir, loweringOptions(context))),
  notes,
  owns: [{ apiVersion: 'v1', kind: 'Service' }, ...kinds.map((kind) => ({ apiVersion, kind }))],
  optionsSchema,
  lower,
  authorityFiles,
  identity: spiffeId,
  order,
  reader: () => import('./read/index.ts'),
};

export default kuma;

function lower(ir: Ir, context: LowerContext): readonly Artifact[] {
  const lowering = loweringOf(ir, loweringOptions(context));
  return [
    ...meshPolicies(lowering),
    ...services(lowering),
    ...routes(lowering),
    ...timeouts(lowering),
    ...retries(lowering),
    ...pools(lowering),
    ...rateLimits(lowering),
    ...permissions(lowering),
  ];
}
