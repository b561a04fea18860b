import { createInterface } from 'node:readline';
import type { Json } from '../../core/lib/json.ts';
import { jsonRecord } from '../../core/lib/json-record.ts';
import type { Cluster, LiveObject, WatchEvent } from '../../ports/cluster.ts';
import type { ApiClient } from './api-client.ts';
import { listPath, resourceWords } from './api-path.ts';
import { selectorOf } from './selector-of.ts';

/** Times of a watch. */
export interface WatchTimes {
  /** Seconds after which the server is asked to end the watch. */
  readonly seconds: number;
  /** Milliseconds after these seconds in which the server has to end the watch. */
  readonly patience: number;
}

/** kubectl's informers ask for five to ten minutes. */
export const usualWatch: WatchTimes = { seconds: 290, patience: 30_000 };

/**
 * Reads one watch of the API server. Returns `expired` if the server has forgotten the version, `closed` if the
 * connection ends, if the server doesn't end the watch in time (the connection is dead), or if the signal comes.
 */
export async function* watchObjects(
  client: ApiClient,
  { seconds, patience }: WatchTimes,
  kind: Parameters<Cluster['watch']>[0],
  selection: Parameters<Cluster['watch']>[1],
  signal: AbortSignal,
): ReturnType<Cluster['watch']> {
  const query = new URLSearchParams({
    ...selectorOf(selection),
    watch: 'true',
    allowWatchBookmarks: 'true',
    resourceVersion: selection.resourceVersion,
    timeoutSeconds: String(seconds),
  });
  const path = `${listPath(kind, selection)}?${query.toString()}`;
  const what = `watch ${resourceWords(kind, selection.namespace)}`;
  if (signal.aborted) return 'closed';
  const either = AbortSignal.any([signal, AbortSignal.timeout(seconds * 1000 + patience)]);
  const answer = await client.open({ method: 'GET', path, what }, either);
  if (!('body' in answer)) return answer.code === 410 ? 'expired' : 'closed';
  const lines = createInterface({ input: answer.body, crlfDelay: Infinity });
  try {
    for await (const line of lines) {
      const event = line === '' ? undefined : eventOf(JSON.parse(line) as Json);
      if (event === 'expired') return 'expired';
      if (event !== undefined) yield event;
    }
  } catch {
    // The connection broke within a line; the caller goes on from the version of the last whole event.
  } finally {
    answer.body.destroy();
  }
  return 'closed';
}

const types: Readonly<Record<string, WatchEvent['type']>> = {
  ADDED: 'added',
  MODIFIED: 'modified',
  DELETED: 'deleted',
  BOOKMARK: 'bookmark',
};

function eventOf(event: Json): WatchEvent | 'expired' | undefined {
  const { type, object } = jsonRecord(event);
  if (type === 'ERROR') return jsonRecord(object)['code'] === 410 ? 'expired' : undefined;
  const known = typeof type === 'string' ? types[type] : undefined;
  return known === undefined ? undefined : { type: known, object: object as unknown as LiveObject };
}
