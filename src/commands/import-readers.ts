import type { Reader } from '../core/import/reader.ts';
import type { Platform } from '../core/ir/target-config.ts';
import { didYouMean } from '../core/lib/did-you-mean.ts';
import { targets } from '../core/targets/registry.ts';
import { UsageError } from '../core/usage-error.ts';

/** A reader with the platform of its target; plain Kubernetes is no platform of a mesh. */
export interface NamedReader {
  readonly reader: Reader;
  readonly platform?: Platform;
}

/** Loads the reader of a platform; throws UsageError (64) if the platform has none. */
export async function namedReader(name: string | undefined): Promise<NamedReader> {
  if (name === undefined)
    throw new UsageError(`--from has to name the platform: ${(await known()).join(', ')}`);
  if (name === 'kubernetes') return { reader: (await import('../core/import/kubernetes/index.ts')).default };
  const platform = Object.hasOwn(targets, name) ? (name as keyof typeof targets) : undefined;
  const load = platform === undefined ? undefined : (await targets[platform]()).default.reader;
  if (platform !== undefined && load !== undefined) return { reader: (await load()).default, platform };
  const all = await known();
  throw new UsageError(
    `mesh cannot import from ${JSON.stringify(name)}${didYouMean(name, all)}; it reads ${all.join(', ')}`,
  );
}

async function known(): Promise<readonly string[]> {
  const loaded = await Promise.all(
    Object.entries(targets).map(async ([name, load]) => ({ name, target: (await load()).default })),
  );
  return [
    'kubernetes',
    ...loaded.filter(({ target }) => target.reader !== undefined).map(({ name }) => name),
  ];
}
