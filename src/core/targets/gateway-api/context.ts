import type { Ir } from '../../ir/ir.ts';
import type { Rule } from '../../ir/route.ts';
import { canonicalJson } from '../../lib/canonical-json.ts';
import type { ServiceOf } from '../gateway-api-objects/backends.ts';
import type { Dialect } from '../gateway-api-objects/dialect.ts';
import { dialectOf } from './dialects.ts';
import type { LoweringOptions } from './options.ts';
import { podLabels, serviceRefs, type VersionServices, versionServices } from './version-services.ts';

/** Data that all objects of one mesh share. */
export interface Lowering {
  readonly ir: Ir;
  readonly options: LoweringOptions;
  readonly dialect: Dialect;
  readonly versions: VersionServices;
  readonly serviceOf: ServiceOf;
}

export function loweringOf(ir: Ir, options: LoweringOptions): Lowering {
  const versions = versionServices(ir);
  return { ir, options, dialect: dialectOf(options), versions, serviceOf: serviceRefs(ir, versions) };
}

/** Returns the annotation of a route that names the Services which have to be there, or none where they are written. */
export function neededServices(
  rules: readonly Rule[],
  { options, versions }: Lowering,
): { readonly annotations?: Readonly<Record<string, string>> } {
  if (options.versionServices === 'write') return {};
  const needed = rules.flatMap(({ action }) =>
    action.type !== 'forward'
      ? []
      : [...action.backends, ...action.mirrors].flatMap(({ service, version = '' }) => {
          const own = versions.get(`${service} ${version}`);
          return own === undefined
            ? []
            : [
                [
                  `Service/${own.service.namespace}/${own.name}`,
                  podLabels(own, options.versionLabel),
                ] as const,
              ];
        }),
  );
  if (needed.length === 0) return {};
  return { annotations: { 'meshwright.dev/needs-services': canonicalJson(Object.fromEntries(needed)) } };
}
