import type { Message } from '../../core/diagnostics/message.ts';
import type { FieldDocs } from '../../core/explain/field-docs.ts';
import type { ValueOrigin } from '../../core/explain/origin-of-path.ts';
import { jsonText } from '../json-text.ts';

const formatVersion = '1.0';
const originVersion = '1.1';

/** Returns the output of `explain CODE --format json`. */
export function codeJson(code: string, message: Message): string {
  return jsonText({ formatVersion, code, ...message });
}

/** Returns the output of `explain KIND.FIELD --format json`. */
export function fieldJson(docs: FieldDocs): string {
  return jsonText({ formatVersion, ...docs });
}

/** Returns the output of `explain --origin PATH --format json`; a value that is switched off is absent. */
export function originJson(origins: readonly ValueOrigin[]): string {
  return jsonText({ formatVersion: originVersion, origins });
}
