import type { Drift } from '../core/drift/drift.ts';
import { jsonText } from './json-text.ts';

/** What was applied to a target, and where it differs. */
export interface TargetDrift {
  /** History entry that is applied. */
  readonly applied?: string;
  /** Folder that proxies read. */
  readonly revision?: string;
  readonly drift: readonly Drift[];
}

/** Where each target differs from what was applied, as schemas/output/drift.json says. */
export function driftJson(targets: Readonly<Record<string, TargetDrift>>): string {
  return jsonText({ formatVersion: '1.0', targets });
}
