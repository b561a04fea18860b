import type { SpecObject } from '../../spec/spec.ts';
import type { RouteDocument, RouteRule } from '../../spec/types.gen.ts';
import { idOf } from './names.ts';
import { type SettingSource, settingSource } from './setting-source.ts';

/** The settings that a rule can have. */
export const ruleSettings: readonly string[] = ['timeout', 'retries'];

/** Returns the settings of a Route's rule. A rule without a name is named by its number, counted from 1. */
export function ruleSource(route: SpecObject<RouteDocument>, rule: RouteRule, index: number): SettingSource {
  const by = `rule ${rule.name ?? String(index + 1)} of Route ${idOf(route)}`;
  return settingSource(by, rule, [], ruleSettings);
}
