import type { Ir } from '../../../../src/core/ir/ir.ts';
import type { Json } from '../../../../src/core/lib/json.ts';
import consul from '../../../../src/core/targets/consul/index.ts';

/** Options of the target. */
type Options = Readonly<Record<string, unknown>>;

const version = consul.versions.at(-1) ?? '';

/** Returns the `spec` of each object of a kind, by name. */
export function specs(ir: Ir, kind: string, options: Options = {}): Readonly<Record<string, Json>> {
  return Object.fromEntries(
    consul
      .lower(ir, { version, options })
      .filter((artifact) => artifact.type === 'object' && artifact.kind === kind)
      .map((artifact) => [
        artifact.name,
        (artifact as unknown as { readonly manifest: { readonly spec: Json } }).manifest.spec,
      ]),
  );
}

/** Returns the limits of a mesh as `FEATURE: WHAT CALLERS NOTICE`. */
export function limitsOf(ir: Ir, options: Options = {}): readonly string[] {
  return (consul.limits?.(ir, { version, options }) ?? []).map(
    ({ feature, callers }) => `${feature}: ${callers}`,
  );
}
