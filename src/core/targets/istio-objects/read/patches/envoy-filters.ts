import type { Field } from '../../../../import/field.ts';
import type { NativeDocument } from '../../../../import/native-document.ts';
import type { ReadDocument } from '../../../../import/read-document.ts';
import type { RuleRateLimit } from '../../../../spec/types.gen.ts';
import type { Surroundings } from '../surroundings.ts';
import { readApplicationTls } from './application-tls.ts';
import { readAskedByFilter } from './asked-by-filter.ts';
import { nativeRules } from './native-rules.ts';
import { type Notes, readNotes } from './notes.ts';
import { PatchBook } from './patch-book.ts';
import { readRequestChecks } from './request-checks.ts';
import { readRoutedLimits } from './rule-limits.ts';
import { readServiceLimits } from './service-limits.ts';
import { readSmallPatches } from './small-patches.ts';

/** The parts of a mesh that EnvoyFilters say. */
export interface ReadEnvoyFilters {
  readonly documents: readonly ReadDocument[];
  /** Limits of rules of VirtualServices, by the items of `http`. */
  readonly limits: ReadonlyMap<Field, RuleRateLimit>;
  /** Conditions of Access that filters note, and policies read. */
  readonly notes: Notes;
}

/**
 * Reads EnvoyFilters whose meaning is certain: exactly this filter or field, at exactly these proxies. All others are refused as a
 * whole, since nobody knows what a patch of a proxy does to calls.
 */
export function readEnvoyFilters(
  documents: readonly NativeDocument[],
  virtualServices: readonly NativeDocument[],
  surroundings: Surroundings,
): ReadEnvoyFilters {
  const book = new PatchBook(documents, surroundings);
  const rules = book.all.length === 0 ? [] : nativeRules(virtualServices, surroundings);
  readRequestChecks(book);
  readSmallPatches(book, rules);
  const notes = readNotes(book, surroundings);
  const routed = readRoutedLimits(book, rules, surroundings);
  const read = [
    ...readServiceLimits(book, surroundings),
    ...readApplicationTls(book, surroundings),
    ...readAskedByFilter(book, surroundings),
    ...routed.documents,
  ];
  book.close();
  return { documents: read, limits: routed.ofRules, notes };
}
