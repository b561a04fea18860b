import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import { finding } from '../diagnostics/message.ts';
import { didYouMean } from '../lib/did-you-mean.ts';
import { quoted } from '../lib/quoted.ts';
import type { Source, SourceSet, UnreadableSource } from '../source/source.ts';
import { messages } from './load-messages.ts';
import { startOf } from './start-of.ts';

/** The files that an environment consists of: base and overlays. Files of other environments are in neither list. */
export interface Layers {
  readonly base: readonly Source[];
  readonly overlays: readonly Source[];
  readonly unreadable: readonly UnreadableSource[];
  readonly diagnostics: readonly Diagnostic[];
}

/**
 * Sorts the files of a spec into base and overlays of an environment; without an environment all overlays are left out.
 */
export function layers({ sources, unreadable }: SourceSet, environment: string | undefined): Layers {
  const isMeant = ({ file }: { readonly file: string }) =>
    [undefined, environment].includes(environmentOf(file));
  const overlays = sources.filter(
    ({ file }) => environment !== undefined && environmentOf(file) === environment,
  );
  const isThere = [...overlays, ...unreadable].some(({ file }) => environmentOf(file) === environment);
  return {
    base: sources.filter(({ file }) => environmentOf(file) === undefined),
    overlays,
    unreadable: unreadable.filter(isMeant),
    diagnostics: environment === undefined ? [] : problems(environment, isThere, sources),
  };
}

function problems(name: string, isThere: boolean, sources: readonly Source[]): readonly Diagnostic[] {
  const location = startOf('mesh.yaml');
  if (name === 'default') return [finding(messages, 'MESH1025', location, {})];
  if (isThere) return [];
  const known = new Set(sources.flatMap(({ file }) => environmentOf(file) ?? []));
  const hint = didYouMean(name, [...known].filter(Boolean).sort());
  return [finding(messages, 'MESH1024', location, { name: quoted(name), hint })];
}

/**
 * Returns the environment that an overlay belongs to; an empty text for a file directly in `environments/`; undefined
 * for other files.
 */
function environmentOf(file: string): string | undefined {
  const [first, name, ...rest] = file.split('/');
  if (first !== 'environments' || name === undefined) return undefined;
  return rest.length === 0 ? '' : name;
}
