import type { Ir } from '../../ir/ir.ts';
import type { ServiceOf } from './backends.ts';
import type { Dialect } from './dialect.ts';
import { serviceRefs, type VersionServices, versionServices } from './version-services.ts';

/** Data that all objects of one mesh share; `Options` are those of the target. */
export interface GatewayApiLowering<Options = unknown> {
  readonly ir: Ir;
  readonly options: Options;
  readonly dialect: Dialect;
  readonly versions: VersionServices;
  readonly serviceOf: ServiceOf;
}

/** Returns the data of a mesh for an implementation that takes the fields of `dialect`. */
export function gatewayApiLowering<Options>(
  ir: Ir,
  options: Options,
  dialect: Dialect,
): GatewayApiLowering<Options> {
  const versions = versionServices(ir);
  return { ir, options, dialect, versions, serviceOf: serviceRefs(ir, versions) };
}
