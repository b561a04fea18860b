import type { Ir } from '../../../../src/core/ir/ir.ts';
import type { Origin } from '../../../../src/core/location.ts';
import { featuresUsed } from '../../../../src/core/targets/features-used.ts';
import type { Target } from '../../../../src/core/targets/target.ts';
import { unremovableFeatures, withoutFeature } from '../../../contract/without-feature.ts';
import { isServed, type ServerCall } from './server-calls.ts';

/**
 * Returns a function that finds the reason, in the record of a target, why a server lets a call in or refuses it other
 * than the language says. A call that the language refuses may pass because of a feature that the target lacks, and
 * for no other reason; `refusals` are further reasons for a refusal.
 */
export function namedDifferences(
  ir: Ir,
  target: Target,
  version: string,
  refusals: (call: ServerCall) => string | undefined,
): (call: ServerCall, isAllowed: boolean) => string | undefined {
  const lost = [...featuresUsed(ir).keys()].filter((feature) => {
    const capability = target.capabilities[feature];
    return typeof capability === 'object' && 'none' in capability && !unremovableFeatures.includes(feature);
  });
  const without = new Map(lost.map((feature) => [feature, withoutFeature(ir, feature)] as const));
  const limits = target.limits?.(ir, { version, options: {} }) ?? [];
  return (call, isAllowed) => {
    // Without mTLS no rule about an identity matches: that would be a reason for every refusal.
    const changing = lost.find(
      (feature) =>
        (isAllowed || !feature.startsWith('mtls.')) &&
        isServed(without.get(feature) ?? ir, call) === isAllowed,
    );
    if (changing !== undefined) return `lost: ${changing}`;
    if (isAllowed) return undefined;
    const { service, port } = call;
    const rules = [...service.access.allow, ...service.access.deny];
    const sides = rules.flatMap((rule) => [rule, ...(rule.except ?? [])]);
    const places = [...sides, ...sides.flatMap(({ to = [] }) => to), port, service];
    const limit = limits.find(({ origin }) => places.some((one) => isAt(one.origin, origin)));
    return limit === undefined ? refusals(call) : `limit: ${limit.feature}`;
  };
}

function isAt(one: Origin, other: Origin): boolean {
  return one.file === other.file && one.line === other.line && one.column === other.column;
}
