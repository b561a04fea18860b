import type { Json } from '../../core/lib/json.ts';
import { jsonRecord } from '../../core/lib/json-record.ts';

/**
 * Returns the group versions (`GROUP/VERSION`) of an APIGroupList whose groups are wanted: groups by name, and of each the
 * preferred version first.
 */
export function groupVersions(list: Json, wants: (group: string) => boolean): readonly string[] {
  return itemsOf(list, 'groups')
    .map(jsonRecord)
    .flatMap((group) => {
      const { name } = group;
      if (typeof name !== 'string' || !wants(name)) return [];
      const preferred = jsonRecord(group['preferredVersion'])['groupVersion'];
      const all = itemsOf(group, 'versions').map((version) => jsonRecord(version)['groupVersion']);
      return [...new Set([preferred, ...all])].filter((one) => typeof one === 'string');
    })
    .sort((one, other) => compare(groupOf(one), groupOf(other)));
}

function itemsOf(value: Json | undefined, name: string): readonly Json[] {
  const items = jsonRecord(value)[name];
  return Array.isArray(items) ? (items as readonly Json[]) : [];
}

function groupOf(groupVersion: string): string {
  return groupVersion.slice(0, groupVersion.indexOf('/'));
}

function compare(one: string, other: string): number {
  return one < other ? -1 : one > other ? 1 : 0;
}
