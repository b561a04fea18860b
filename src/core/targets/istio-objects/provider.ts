import { canonicalJson } from '../../lib/canonical-json.ts';
import { sha256 } from '../../lib/sha256.ts';
import type { Json } from '../artifact.ts';

/** An entry of `extensionProviders` in the mesh config, which we don't own. */
export interface Provider {
  readonly name: string;
  readonly [key: string]: Json;
}

/** Returns a provider whose name identifies its settings, so that it is never confused with one of other settings. */
export function provider(title: string, settings: { readonly [key: string]: Json }): Provider {
  return { name: `mesh-${title.slice(0, 40)}-${sha256(canonicalJson(settings)).slice(0, 8)}`, ...settings };
}

/** Returns the annotation in which an object lists the providers that the mesh config must have for it. */
export function needsProviders(providers: readonly Provider[]): Readonly<Record<string, string>> {
  return providers.length === 0 ? {} : { 'meshwright.dev/needs-providers': canonicalJson(providers) };
}
