import type { Drift } from '../core/drift/drift.ts';
import type { SpecEdit } from '../core/plan/spec-edit.ts';
import { jsonText } from './json-text.ts';

/** The revision applied to a target, and its differences. */
export interface TargetDrift {
  /** History entry that is applied. */
  readonly applied?: string;
  /** Folder that proxies read. */
  readonly revision?: string;
  /** The drifted places of the spec; absent if the applied spec is not recorded. */
  readonly spec?: readonly SpecEdit[];
  readonly drift: readonly Drift[];
}

/** Returns the differences of each target from the applied revision, in the shape of schemas/output/drift.json. */
export function driftJson(targets: Readonly<Record<string, TargetDrift>>): string {
  return jsonText({ formatVersion: '1.0', targets });
}
