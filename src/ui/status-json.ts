import type { TargetStatus } from '../core/status/status.ts';
import { jsonText } from './json-text.ts';

/** Returns the state of each target, in the shape of schemas/output/status.json. */
export function statusJson(targets: Readonly<Record<string, TargetStatus>>): string {
  return jsonText({ formatVersion: '1.0', targets });
}
