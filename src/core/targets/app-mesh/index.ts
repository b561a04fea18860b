import type { Ir } from '../../ir/ir.ts';
import { spiffeId } from '../../ir/principal.ts';
import type { Artifact } from '../artifact.ts';
import type { LowerContext, Target } from '../target.ts';
import { apiInputs, apiKinds } from './api/inputs.ts';
import { capabilities } from './capabilities.ts';
import { loweringOf } from './context.ts';
import { virtualGateways } from './gateways/virtual-gateways.ts';
import { limits } from './limits.ts';
import { virtualNodes } from './nodes/virtual-nodes.ts';
import { notes } from './notes.ts';
import { apiVersions, object } from './object.ts';
import { optionsSchema, versions } from './options.ts';
import { nowhereNodes, serviceRouters } from './routes/virtual-routers.ts';

/** AWS App Mesh, which ended on 2026-09-30. */
const appMesh: Target = {
  name: 'app-mesh',
  title: 'AWS App Mesh',
  versions,
  capabilities,
  defaultMode: 'kubernetes',
  modes: {
    'aws-api': { title: 'AWS App Mesh by its API', options: { form: 'aws-api' }, capabilities },
  },
  limits: (ir, context) => limits(loweringOf(ir, context)),
  notes,
  owns: [
    { apiVersion: 'v1', kind: 'Service' },
    ...Object.entries(apiVersions).map(([kind, apiVersion]) => ({ apiVersion, kind })),
    ...apiKinds,
  ],
  optionsSchema,
  lower,
  identity: spiffeId,
  reader: () => import('./read/index.ts'),
};

export default appMesh;

function lower(ir: Ir, context: LowerContext): readonly Artifact[] {
  const lowering = loweringOf(ir, context);
  const routers = [...serviceRouters(lowering), ...virtualGateways(lowering)];
  const objects = [
    object({
      kind: 'Mesh',
      namespace: '',
      name: ir.name,
      from: `Mesh/${ir.name}`,
      origins: [ir.origin],
      spec: {
        namespaceSelector: { matchLabels: { mesh: ir.name } },
        egressFilter: { type: ir.egress === 'allow' ? 'ALLOW_ALL' : 'DROP_ALL' },
      },
    }),
    ...virtualNodes(lowering),
    ...routers,
    ...nowhereNodes(routers, lowering),
  ];
  return lowering.options.form === 'aws-api' ? apiInputs(objects, ir) : objects;
}
