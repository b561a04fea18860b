import type { Verified } from '../../core/identity/rules/verified.ts';
import { jsonText } from '../json-text.ts';

/** Returns verified certificates, in the shape of schemas/output/certificate-rules.json. */
export function verifiedJson(verified: readonly Verified[], fails: (one: Verified) => boolean): string {
  return jsonText({ formatVersion: '1.0', valid: !verified.some(fails), verified });
}
