import type { TargetStatus } from '../core/status/status.ts';

/** What is applied to each target, as schemas/output/status.json says. */
export function statusJson(targets: Readonly<Record<string, TargetStatus>>): string {
  return `${JSON.stringify({ formatVersion: '1.0', targets }, undefined, 2)}\n`;
}
