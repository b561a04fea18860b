import type { Check } from '../core/doctor/check.ts';
import { jsonText } from './json-text.ts';

/** What `doctor --format json` prints. */
export function doctorJson(checks: readonly Check[]): string {
  const ok = checks.every(({ state }) => state !== 'fail');
  return jsonText({ formatVersion: '1.0', ok, checks });
}
