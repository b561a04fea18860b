import type { Ir } from '../../ir/ir.ts';
import { canonicalJson } from '../../lib/canonical-json.ts';
import { versionOptionSchemas, versionOptions } from '../gateway-api-objects/version-options.ts';
import { versionServiceObjects, versionServices } from '../gateway-api-objects/version-services.ts';
import type { Limit, LowerContext, OwnedKind, Target } from '../target.ts';
import type { SmiDialect } from './dialect.ts';
import { guardedPorts } from './guarded-ports.ts';
import { type SplitLowering, splitLimits, splitVersions, trafficSplits } from './traffic-splits.ts';
import { trafficTargets } from './traffic-targets.ts';

/** The parts of a target that writes objects of SMI. */
export interface SmiTargetParts
  extends Pick<Target, 'name' | 'title' | 'versions' | 'capabilities' | 'notes' | 'identity' | 'reader'> {
  /** Returns the dialect of a version. */
  readonly dialectOf: (version: string) => SmiDialect;
  /** The setting by which the mesh refuses calls that no TrafficTarget allows, for the option `enforcement`. */
  readonly enforcedBy: string;
}

/** Returns a target that writes Services of versions, TrafficSplits and TrafficTargets. */
export function smiTarget({ dialectOf, enforcedBy, ...target }: SmiTargetParts): Target {
  const lowering = (ir: Ir, { version, options }: LowerContext): SplitLowering => ({
    ir,
    dialect: dialectOf(version),
    versions: versionServices(ir),
    options: versionOptions(options),
  });
  return {
    ...target,
    owns: [{ apiVersion: 'v1', kind: 'Service' }, ...ownedKinds(target.versions.map(dialectOf))],
    optionsSchema: {
      type: 'object',
      additionalProperties: false,
      properties: {
        ...versionOptionSchemas,
        enforcement: {
          enum: ['on', 'off'],
          default: 'on',
          description: `Whether the mesh refuses calls that no TrafficTarget allows (${enforcedBy}). off: it lets every caller in, and each service that Access guards is a loss.`,
        },
      },
    },
    limits: (ir, context) =>
      unique([
        ...splitLimits(lowering(ir, context)),
        ...(context.options['enforcement'] === 'off'
          ? openServices(ir, enforcedBy)
          : guardedPorts(ir, dialectOf(context.version)).limits),
      ]),
    lower(ir, context) {
      const own = lowering(ir, context);
      return [
        ...(own.options.versionServices === 'write'
          ? versionServiceObjects(splitVersions(own), own.options.versionLabel)
          : []),
        ...trafficSplits(own),
        ...trafficTargets(ir, own.dialect),
      ];
    },
  };
}

function ownedKinds(dialects: readonly SmiDialect[]): readonly OwnedKind[] {
  return dialects.flatMap(({ release }) =>
    Object.entries(release).map(([kind, apiVersion]) => ({ apiVersion: apiVersion as string, kind })),
  );
}

function openServices({ services }: Ir, enforcedBy: string): readonly Limit[] {
  return Object.values(services).flatMap(({ access, ports, origin }) =>
    ports.length === 0 || (!access.closed && access.deny.length === 0)
      ? []
      : [
          {
            feature: access.closed ? ('access.identity' as const) : ('access.deny' as const),
            reason: `this mesh lets in every caller unless it has ${enforcedBy}, as the option enforcement says`,
            callers: 'calls that should be refused are served',
            origin,
          },
        ],
  );
}

function unique(limits: readonly Limit[]): readonly Limit[] {
  return [...new Map(limits.map((limit) => [canonicalJson(limit), limit])).values()];
}
