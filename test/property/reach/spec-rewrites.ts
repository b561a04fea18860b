import { parseAllDocuments, stringify } from 'yaml';
import { quoteRegex } from '../../../src/core/lib/quote-regex.ts';
import type { Source, SourceSet } from '../../../src/core/source/source.ts';

/** A document of the spec as data; rewrites change it in place. */
interface Document {
  readonly apiVersion?: string;
  readonly kind?: string;
  readonly metadata: { name: string; namespace?: string };
  spec?: Record<string, unknown>;
}

interface WrittenRule {
  name?: string;
  allow?: WrittenTake;
  deny?: WrittenTake;
  match?: { path?: unknown }[];
  redirect?: unknown;
  rewrite?: unknown;
}

interface WrittenTake {
  from?: unknown[];
  to?: { paths?: unknown[] }[];
}

/** The same mesh in other words, of one kind of rewrite. */
export interface Rewritten {
  readonly rewrite: string;
  readonly sources: SourceSet;
}

type Rewrite = (documents: readonly Document[]) => readonly Document[];

/** Yields a spec in other words: every rewrite that changes its text, and pairs of them. */
export function* rewritten({ sources }: SourceSet): Generator<Rewritten> {
  const text = new Map(sources.map(({ file, bytes }) => [file, new TextDecoder().decode(bytes)]));
  const read = (): readonly Document[] =>
    [...text].flatMap(([, one]) => parseAllDocuments(one).flatMap((part) => documentOf(part.toJS())));
  const plain = JSON.stringify(read());
  const names = Object.keys(rewrites);
  const chains = names.flatMap((one, index) => [
    [one],
    ...names.slice(index + 1).map((other) => [one, other]),
  ]);
  for (const chain of chains) {
    const documents = chain.reduce((sum, name) => rewrites[name]?.(sum) ?? sum, read());
    const isChanged = chain.every(
      (name) => placing.has(name) || JSON.stringify(rewrites[name]?.(read())) !== plain,
    );
    if (isChanged)
      yield { rewrite: chain.join(' and '), sources: written(documents, chain.includes('split files')) };
  }
}

function documentOf(value: unknown): readonly Document[] {
  return typeof value === 'object' && value !== null ? [value as Document] : [];
}

/** Returns the documents in one file, or each in a file of its own. The Mesh comes first, where the loader expects it. */
function written(documents: readonly Document[], isSplit: boolean): SourceSet {
  const meshes = documents.filter(({ kind }) => kind === 'Mesh');
  const others = documents.filter(({ kind }) => kind !== 'Mesh');
  const source = (file: string, list: readonly Document[]): Source => ({
    file,
    bytes: new TextEncoder().encode(
      list.map((one) => stringify(one, { aliasDuplicateObjects: false })).join('---\n'),
    ),
  });
  const files = isSplit
    ? others.map((one, index) => source(`part-${String(index).padStart(4, '0')}.yaml`, [one]))
    : [source('all.yaml', others)];
  return { sources: [source('mesh.yaml', meshes), ...files], unreadable: [] };
}

/** Rewrites that move documents and don't change them. */
const placing: ReadonlySet<string> = new Set(['split files', 'other order']);

const rewrites: Readonly<Record<string, Rewrite>> = {
  'split files': (documents) => documents,
  'other order': (documents) => documents.toReversed(),
  'other names of rules': (documents) => {
    // A Rollout names the rule that it moves.
    if (documents.some(({ kind }) => kind === 'Rollout')) return documents;
    return ofRules(documents, 'Route', (rule, index) => ({ ...rule, name: `rule-${String(index)}-again` }));
  },
  'regular expressions': (documents) =>
    ofRules(
      ofRules(documents, 'Access', (rule) => ({
        ...rule,
        ...(rule.allow && { allow: withPatterns(rule.allow) }),
        ...(rule.deny && { deny: withPatterns(rule.deny) }),
      })),
      'Route',
      (rule) =>
        // The replaced prefix is that of the match.
        rule.rewrite !== undefined || rule.redirect !== undefined || rule.match === undefined
          ? rule
          : {
              ...rule,
              match: rule.match.map((one) => ('path' in one ? { ...one, path: asPattern(one.path) } : one)),
            },
    ),
  'a rule for each caller': (documents) =>
    documents.map((one) => {
      const rules = one.kind === 'Access' ? (one.spec?.['rules'] as WrittenRule[] | undefined) : undefined;
      return rules === undefined ? one : { ...one, spec: { ...one.spec, rules: rules.flatMap(byCaller) } };
    }),
  'a profile': (documents) => {
    const profiles: Document[] = [];
    const changed = documents.map((one) => {
      const { spec = {} } = one;
      const taken = Object.keys(spec).filter((field) => settings.has(field));
      if (one.kind !== 'Service' || taken.length === 0 || spec['profiles'] !== undefined) return one;
      const name = `from-${String(profiles.length)}`;
      const inside = Object.fromEntries(taken.map((field) => [field, spec[field]]));
      profiles.push({
        apiVersion: 'mesh/v1',
        kind: 'Profile',
        metadata: { name },
        spec: { settings: inside },
      });
      const rest = Object.fromEntries(Object.entries(spec).filter(([field]) => !taken.includes(field)));
      return { ...one, spec: { ...rest, profiles: [name] } };
    });
    return [...changed, ...profiles];
  },
};

/** Settings of a Service that a Profile can give. */
const settings: ReadonlySet<string> = new Set([
  'timeout',
  'retries',
  'connections',
  'outlierDetection',
  'loadBalancing',
]);

function ofRules(
  documents: readonly Document[],
  kind: string,
  change: (rule: WrittenRule, index: number) => WrittenRule,
): readonly Document[] {
  return documents.map((one) => {
    const rules = one.kind === kind ? (one.spec?.['rules'] as WrittenRule[] | undefined) : undefined;
    return rules === undefined ? one : { ...one, spec: { ...one.spec, rules: rules.map(change) } };
  });
}

function byCaller(rule: WrittenRule): readonly WrittenRule[] {
  const [effect] = (['allow', 'deny'] as const).filter((one) => rule[one] !== undefined);
  const take = effect === undefined ? undefined : rule[effect];
  if (effect === undefined || take?.from === undefined || take.from.length < 2) return [rule];
  return take.from.map((from) => ({ ...rule, [effect]: { ...take, from: [from] } }));
}

function withPatterns(take: WrittenTake): WrittenTake {
  return {
    ...take,
    ...(take.to && {
      to: take.to.map((one) => ({ ...one, ...(one.paths && { paths: one.paths.map(asPattern) }) })),
    }),
  };
}

/** Returns the same condition on a path as a regular expression. */
function asPattern(path: unknown): unknown {
  const { exact, prefix, startsWith } = path as Readonly<Record<string, string | undefined>>;
  if (exact !== undefined) return { regex: quoteRegex(exact) };
  if (startsWith !== undefined) return { regex: `${quoteRegex(startsWith)}.*` };
  if (prefix === undefined) return path;
  return { regex: `${quoteRegex(prefix.replace(/\/+$/, ''))}(?:/.*)?` };
}
