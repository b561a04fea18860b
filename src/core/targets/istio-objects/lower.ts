import type { Ir } from '../../ir/ir.ts';
import type { Artifact } from '../artifact.ts';
import { authorityObjects } from '../certificate-objects/authority-objects.ts';
import { istioDelegation } from '../certificate-objects/delegated-meshes.ts';
import { delegatedObjects } from '../certificate-objects/delegated-objects.ts';
import type { LowerContext } from '../target.ts';
import { ambient } from './ambient/index.ts';
import { withEngines } from './engines/index.ts';
import { filters } from './filters/index.ts';
import type { LoweringOptions } from './lowering-options.ts';
import { networking } from './networking/index.ts';
import { security } from './security/index.ts';
import { telemetry } from './telemetry/index.ts';

const parts: readonly ((ir: Ir, options: LoweringOptions) => readonly Artifact[])[] = [
  networking,
  security,
  telemetry,
  filters,
  ambient,
];

/** Returns the objects of Istio for a mesh, with those of its certificates and of its rollouts. */
export function istioObjects(
  ir: Ir,
  options: LoweringOptions,
  trust: LowerContext['trust'],
): readonly Artifact[] {
  const artifacts = parts.flatMap((part) => part(ir, options));
  const roots = trust?.[ir.trustDomain];
  const places = istioDelegation(ir, options.rootNamespace);
  const delegated = delegatedObjects(ir, places, roots);
  const authority = options.authority === 'write' ? authorityObjects(ir, places, 'istio-cacerts', roots) : [];
  return withEngines([...artifacts, ...delegated, ...authority], ir);
}
