import type { SpecObject } from '../../spec/spec.ts';
import type { RouteDocument, RouteRule } from '../../spec/types.gen.ts';
import { idOf } from './names.ts';
import { type SettingSource, settingSource } from './setting-source.ts';

/** The settings that a rule can say. */
export const ruleSettings: readonly string[] = ['timeout', 'retries'];

/** What a rule of a Route says; without a name it is known by its place, counted from 1. */
export function ruleSource(route: SpecObject<RouteDocument>, rule: RouteRule, index: number): SettingSource {
  const by = `rule ${rule.name ?? String(index + 1)} of Route ${idOf(route)}`;
  return settingSource(by, rule, [], ruleSettings);
}
