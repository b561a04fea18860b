import type { Check } from '../core/doctor/check.ts';
import { jsonText } from './json-text.ts';

/** Returns the output of `doctor --format json`. */
export function doctorJson(checks: readonly Check[]): string {
  const ok = checks.every(({ state }) => state !== 'fail');
  return jsonText({ formatVersion: '1.0', ok, checks });
}
