import { canonicalJson } from '../../lib/canonical-json.ts';
import type { Json } from '../artifact.ts';

/** What an entry of `extensionProviders` in the mesh config has to be for an object to work: an annotation that says it. */
export function needsProvider(provider: {
  readonly name: string;
  readonly [key: string]: Json;
}): Readonly<Record<string, string>> {
  return { 'meshwright.dev/needs-provider': canonicalJson(provider) };
}
