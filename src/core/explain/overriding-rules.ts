import { mergedSettings } from '../ir/link/merged-settings.ts';
import { ruleSource } from '../ir/link/rule-source.ts';
import type { SettingSource, WrittenSetting } from '../ir/link/setting-source.ts';
import { absoluteId } from '../spec/absolute-id.ts';
import type { Spec } from '../spec/spec.ts';

/** The value of a rule that wins over a setting of its service. */
export interface OverridingRule {
  /** `rule slow of Route shop/reviews`. */
  readonly by: string;
  readonly setting: WrittenSetting;
}

/**
 * Returns the rules of Routes whose value of a setting wins over the value of the service; a rule without a value, or
 * whose setting a Profile locks, is left out.
 */
export function overridingRules(
  { routes }: Pick<Spec, 'routes'>,
  serviceId: string,
  setting: string,
  sources: readonly SettingSource[],
): readonly OverridingRule[] {
  return routes.flatMap((route) =>
    route.value.spec.rules.flatMap((rule, index) => {
      const owner = route.value.spec.service ?? rule.backends?.[0]?.service;
      if (owner === undefined || absoluteId(owner, route.namespace) !== serviceId) return [];
      const source = ruleSource(route, rule, index);
      const winner = mergedSettings([source, ...sources], () => undefined).get(setting);
      return winner?.by === source.by ? [{ by: source.by, setting: winner }] : [];
    }),
  );
}
