import { escapeControl } from '../core/lib/escape-control.ts';

/** A value as JSON, indented or on one line; what could steer a terminal is escaped as JSON does it, so the data is the same. */
export function jsonText(value: unknown, layout: 'indented' | 'line' = 'indented'): string {
  const text = JSON.stringify(value, undefined, layout === 'indented' ? 2 : undefined);
  return `${text.replace(/[\x7f-\x9f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb]/g, asJson)}\n`;
}

function asJson(character: string): string {
  return escapeControl(character).replace('\\x', '\\u00');
}
