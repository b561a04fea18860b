import type { Ir } from '../../ir/ir.ts';
import type { Principal } from '../../ir/principal.ts';
import type { Artifact } from '../artifact.ts';
import type { LowerContext, Target } from '../target.ts';
import { authorityFiles } from './authority-files.ts';
import { capabilities, vmCapabilities } from './capabilities.ts';
import { loweringOf } from './context.ts';
import { apiVersion, kinds } from './entry.ts';
import { intentions } from './intentions/intentions.ts';
import { limits } from './limits.ts';
import { meshEntries } from './mesh-entries.ts';
import { notes } from './notes.ts';
import { optionsSchema, versions } from './options.ts';
import { order } from './order.ts';
import { resolvers } from './resolvers.ts';
import { routers } from './routes/routers.ts';
import { serviceDefaults } from './service-defaults.ts';

/** Consul service mesh, on Kubernetes by objects and elsewhere by config entries. */
const consul: Target = {
  name: 'consul',
  title: 'Consul',
  versions,
  capabilities,
  defaultMode: 'kubernetes',
  modes: {
    vms: {
      title: 'Consul without Kubernetes',
      capabilities: vmCapabilities,
      note: 'Compared with the meaning of the spec on the real agent and Envoy.',
    },
  },
  limits: (ir, context) => limits(loweringOf(ir, context)),
  notes,
  owns: kinds.map((kind) => ({ apiVersion, kind })),
  optionsSchema,
  lower,
  authorityFiles,
  identity,
  order,
  reader: () => import('./read/index.ts'),
};

export default consul;

function lower(ir: Ir, context: LowerContext): readonly Artifact[] {
  const lowering = loweringOf(ir, context);
  return [
    ...meshEntries(lowering),
    ...serviceDefaults(lowering),
    ...resolvers(lowering),
    ...routers(lowering),
    ...intentions(lowering),
  ];
}

/** Returns the SPIFFE ID of a service of Consul in its first datacenter, which has the name of the account. */
function identity({ serviceAccount, trustDomain }: Principal): string {
  return `spiffe://${trustDomain}/ns/default/dc/dc1/svc/${serviceAccount}`;
}
