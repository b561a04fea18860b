import { canonicalJson } from '../../lib/canonical-json.ts';
import { sha256 } from '../../lib/sha256.ts';
import type { Json } from '../artifact.ts';

/** An entry of `extensionProviders` in the mesh config, which isn't ours to write. */
export interface Provider {
  readonly name: string;
  readonly [key: string]: Json;
}

/** A provider whose name tells its settings apart from all others, so that one with other settings is never taken for it. */
export function provider(title: string, settings: { readonly [key: string]: Json }): Provider {
  return { name: `mesh-${title.slice(0, 40)}-${sha256(canonicalJson(settings)).slice(0, 8)}`, ...settings };
}

/** The annotation by which an object says what providers the mesh config has to have for it. */
export function needsProviders(providers: readonly Provider[]): Readonly<Record<string, string>> {
  return providers.length === 0 ? {} : { 'meshwright.dev/needs-providers': canonicalJson(providers) };
}
