import type { Field } from '../../../import/field.ts';
import type { NativeDocument } from '../../../import/native-document.ts';
import type { MeshSpec } from '../../../spec/types.gen.ts';

/** The object that configures a mesh as a whole, and the way to read it. */
export interface MeshSettings {
  readonly group: string;
  readonly kind: string;
  /** Reads the spec of the object, whose header is accounted for. */
  readonly read: (spec: Field) => ReadSettings;
}

/** The settings of a mesh that decide which calls get in. */
export interface ReadSettings {
  /**
   * `all`: calls that no TrafficTarget allows are refused; `guarded`: only at services that a TrafficTarget names; `none`:
   * TrafficTargets decide nothing.
   */
  readonly enforcement: 'all' | 'guarded' | 'none';
  readonly mesh: Partial<MeshSpec>;
}

/** Returns the first object of the settings' kind; a mesh has one. */
export function settingsDocument(
  documents: readonly NativeDocument[],
  { group, kind }: MeshSettings,
): NativeDocument | undefined {
  return documents.find((one) => one.group === group && one.kind === kind);
}

/** Marks fields, by names below a field, as without effect. */
export function leaveFields(field: Field, names: readonly string[], why: string): void {
  for (const name of names) field.along(...name.split('.')).withoutEffect(why);
}
