import istio from '../../../../src/core/targets/istio/index.ts';
import type { Limit } from '../../../../src/core/targets/target.ts';
import type { Loose } from '../envoy/loose.ts';
import { linked } from '../envoy/lowered.ts';

/** Returns the objects of a mesh that is written as YAML, by `KIND/namespace/name`. */
export function objects(
  documents: string,
  mesh = '',
  context: { readonly version?: string; readonly options?: Readonly<Record<string, unknown>> } = {},
): Readonly<Record<string, Loose>> {
  const artifacts = istio.lower(linked(documents, mesh), { version: '1.31', options: {}, ...context });
  return Object.fromEntries(
    artifacts.flatMap((artifact) =>
      artifact.type === 'object'
        ? [[`${artifact.kind}/${artifact.namespace}/${artifact.name}`, artifact.manifest as Loose]]
        : [],
    ),
  );
}

/** Returns the losses of such a mesh: `feature: reason`. */
export function limits(
  documents: string,
  mesh = '',
  context: { readonly version?: string; readonly options?: Readonly<Record<string, unknown>> } = {},
): readonly string[] {
  const found: readonly Limit[] =
    istio.limits?.(linked(documents, mesh), { version: '1.31', options: {}, ...context }) ?? [];
  return found.map(({ feature, reason }) => `${feature}: ${reason}`);
}
