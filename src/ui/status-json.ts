import type { TargetStatus } from '../core/status/status.ts';
import { jsonText } from './json-text.ts';

/** What is applied to each target, as schemas/output/status.json says. */
export function statusJson(targets: Readonly<Record<string, TargetStatus>>): string {
  return jsonText({ formatVersion: '1.0', targets });
}
