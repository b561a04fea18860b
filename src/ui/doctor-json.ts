import type { Check } from '../core/doctor/check.ts';

/** What `doctor --format json` prints. */
export function doctorJson(checks: readonly Check[]): string {
  const ok = checks.every(({ state }) => state !== 'fail');
  return `${JSON.stringify({ formatVersion: '1.0', ok, checks }, undefined, 2)}\n`;
}
