import { jsonRecord } from '../../lib/json-record.ts';
import type { Artifact, Json } from '../artifact.ts';

/**
 * Returns a listener whose filter chains carry the `id` of a distrusted root, so that they differ from those of before:
 * Envoy drains the connections of chains that have changed, and closes the last of them after its drain time. Returns
 * any other artifact as it is.
 */
export function endingConnections(artifact: Artifact, distrusted: string): Artifact {
  if (artifact.type !== 'file' || artifact.kind !== 'Listener') return artifact;
  const listener = jsonRecord(artifact.resource);
  const mark = { filter_metadata: { meshwright: { distrusted: distrusted.slice(0, 16) } } };
  const marked = (chain: Json): Json => ({ ...jsonRecord(chain), metadata: mark });
  const { filter_chains: chains, default_filter_chain: other } = listener;
  return {
    ...artifact,
    resource: {
      ...listener,
      ...(Array.isArray(chains) && { filter_chains: chains.map((chain: Json) => marked(chain)) }),
      ...(other !== undefined && { default_filter_chain: marked(other) }),
    } as typeof artifact.resource,
  };
}
