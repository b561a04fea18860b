import type { Completes } from '../../command-table/command-data.ts';
import { fieldDocs } from '../../core/explain/field-docs.ts';
import { parseSource } from '../../core/source/parse.ts';
import { meshFile } from '../../core/source/spec-files.ts';
import { kinds } from '../../core/spec/kinds.ts';
import type { OpenSpecStore, SpecStore } from '../../ports/spec-store.ts';
import { specSources } from '../load-mesh.ts';
import type { Candidate } from './complete.ts';
import type { GivenOptions } from './given-options.ts';

/** The parts of the world that know names. */
export interface CandidateParts {
  readonly openSpecStore: OpenSpecStore;
  readonly runs: (given: GivenOptions) => Promise<readonly Candidate[]>;
  /** The options before the word that is being typed. */
  readonly given: GivenOptions;
}

/** Returns words from the mesh or the language; none if the mesh can't be read. */
export async function candidates(
  from: Exclude<Completes, 'files' | 'folders' | 'nothing'>,
  current: string,
  parts: CandidateParts,
): Promise<readonly Candidate[]> {
  switch (from) {
    case 'platforms': {
      const { targets } = await import('../../core/targets/registry.ts');
      return plain(Object.keys(targets));
    }
    case 'shells':
      return plain(['bash', 'zsh', 'fish']);
    case 'subjects':
      return subjects(current);
    case 'environments':
      return ofMesh(parts, async (store) =>
        (await store.list()).flatMap(({ file }) => /^environments\/([^/]+)\//.exec(file)?.[1] ?? []),
      );
    case 'targets':
      return ofMesh(parts, targetNames);
    case 'services':
      return ofMesh(parts, (store) => documentNames(store, ['Service', 'External']));
    case 'gateways':
      return ofMesh(parts, (store) => documentNames(store, ['Gateway']));
    case 'rollouts':
      return ofMesh(parts, (store) => documentNames(store, ['Rollout']));
    case 'origins':
      return origins(parts, current);
    case 'runs':
      return parts.runs(parts.given).catch(() => []);
  }
}

async function ofMesh(
  { openSpecStore, given: { root } }: CandidateParts,
  names: (store: SpecStore) => Promise<readonly string[]>,
): Promise<readonly Candidate[]> {
  try {
    const { store, dispose } = await openSpecStore(root === undefined ? {} : { root });
    try {
      return plain([...new Set(await names(store))]);
    } finally {
      await dispose();
    }
  } catch {
    // Completion shows no errors.
    return [];
  }
}

/** Returns the names of documents of some kinds, with their namespaces. */
async function documentNames(store: SpecStore, kinds: readonly string[]): Promise<readonly string[]> {
  const { sources } = await specSources(store);
  const documents = sources.flatMap((source) => parseSource(source).documents);
  return documents.flatMap(({ value }) => {
    const { kind, metadata } = (value ?? {}) as { readonly kind?: string; readonly metadata?: unknown };
    const { name, namespace = 'default' } = (metadata ?? {}) as {
      readonly name?: unknown;
      readonly namespace?: unknown;
    };
    if (typeof name !== 'string' || typeof namespace !== 'string' || !kinds.includes(kind ?? '')) return [];
    return [`${namespace}/${name}`];
  });
}

/** Returns the services, and after a service and a dot the fields of a Service. */
async function origins(parts: CandidateParts, current: string): Promise<readonly Candidate[]> {
  const at = current.lastIndexOf('.');
  if (at < 0)
    return ofMesh(parts, async (store) =>
      (await documentNames(store, ['Service', 'External'])).map((name) => `${name}.`),
    );
  const [service = '', ...path] = current.slice(0, at).split('.');
  const found = fieldDocs(['Service', ...path].join('.'));
  if ('problem' in found) return [];
  const before = [service, ...path].join('.');
  return found.docs.fields.map(({ name, description }) => ({ word: `${before}.${name}`, description }));
}

async function targetNames(store: SpecStore): Promise<readonly string[]> {
  const { sources } = await store.read([meshFile]);
  const documents = sources.flatMap((source) => parseSource(source).documents);
  return documents.flatMap(({ value }) => {
    const { spec } = (value ?? {}) as { readonly spec?: { readonly targets?: object } };
    return Object.keys(spec?.targets ?? {});
  });
}

/** Returns codes, kinds, and after a kind its fields. */
async function subjects(current: string): Promise<readonly Candidate[]> {
  const at = current.lastIndexOf('.');
  if (at < 0) {
    const { catalog } = await import('../../core/message-catalog.ts');
    const codes = [...catalog].map(([word, { text }]) => ({ word, description: text }));
    return [...plain(kinds), ...codes];
  }
  const path = current.slice(0, at);
  const found = fieldDocs(path);
  if ('problem' in found) return [];
  return found.docs.fields.map(({ name, description }) => ({ word: `${path}.${name}`, description }));
}

function plain(words: readonly string[]): readonly Candidate[] {
  return words.map((word) => ({ word, description: '' }));
}
