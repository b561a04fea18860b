import type { Ir } from '../../ir/ir.ts';
import type { ServiceOf } from '../gateway-api-objects/backends.ts';
import type { Dialect } from '../gateway-api-objects/dialect.ts';
import {
  serviceRefs,
  type VersionServices,
  versionServices,
} from '../gateway-api-objects/version-services.ts';
import { dialectOf } from './dialects.ts';
import type { LoweringOptions } from './options.ts';

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
