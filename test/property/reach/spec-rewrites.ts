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
  /** The rewrites, one or two. */
  readonly rewrites: readonly string[];
  readonly sources: SourceSet;
}

type Rewrite = (documents: readonly Document[]) => readonly Document[];

/** Yields a spec in other words: every rewrite that changes its text, and pairs of them. Overlays stay as they are. */
export function* rewritten({ sources }: SourceSet): Generator<Rewritten> {
  const overlays = sources.filter(({ file }) => file.startsWith('environments/'));
  const text = sources
    .filter((source) => !overlays.includes(source))
    .map(({ bytes }) => new TextDecoder().decode(bytes));
  const read = (): readonly Document[] =>
    text.flatMap((one) => parseAllDocuments(one).flatMap((part) => documentOf(part.toJS())));
  const plain = JSON.stringify(read());
  // Overlays merge rules by name.
  const isMerged = overlays.some(({ bytes }) => new TextDecoder().decode(bytes).includes('rules:'));
  const names = Object.keys(rewrites).filter((name) => !isMerged || name !== 'other names of rules');
  const chains = names.flatMap((one, index) => [
    [one],
    ...names.slice(index + 1).map((other) => [one, other]),
  ]);
  for (const chain of chains) {
    const documents = chain.reduce((sum, name) => rewrites[name]?.(sum) ?? sum, read());
    const isChanged = chain.every(
      (name) => placing.has(name) || JSON.stringify(rewrites[name]?.(read())) !== plain,
    );
    if (!isChanged) continue;
    const files = written(documents, chain.includes('split files'));
    yield { rewrites: chain, sources: { sources: [...files, ...overlays], unreadable: [] } };
  }
}

function documentOf(value: unknown): readonly Document[] {
  return typeof value === 'object' && value !== null ? [value as Document] : [];
}

/** Returns the documents in one file, or each in a file of its own. The Mesh comes first, where the loader expects it. */
function written(documents: readonly Document[], isSplit: boolean): readonly Source[] {
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
  return [source('mesh.yaml', meshes), ...files];
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
    const names = new Map<string, string>();
    const changed = documents.map((one) => {
      const spec = one.spec ?? {};
      const taken = Object.keys(spec).filter((field) => settings.has(field));
      if (one.kind !== 'Service' || taken.length === 0 || spec['profiles'] !== undefined) return one;
      const inside = JSON.stringify(Object.fromEntries(taken.map((field) => [field, spec[field]])));
      const name = names.get(inside) ?? `common-${String(names.size)}`;
      names.set(inside, name);
      const rest = Object.fromEntries(Object.entries(spec).filter(([field]) => !taken.includes(field)));
      return { ...one, spec: { ...rest, profiles: [name] } };
    });
    const profiles = [...names].map(
      ([inside, name]): Document => ({
        apiVersion: 'mesh/v1',
        kind: 'Profile',
        metadata: { name },
        spec: { settings: JSON.parse(inside) as unknown },
      }),
    );
    return [...changed, ...profiles];
  },
  'other order in rules': (documents) =>
    ofRules(
      documents.map((one) =>
        one.kind === 'Access' && Array.isArray(one.spec?.['rules'])
          ? { ...one, spec: { ...one.spec, rules: one.spec['rules'].toReversed() } }
          : one,
      ),
      'Route',
      (rule) => ({ ...rule, ...(rule.match && { match: rule.match.toReversed() }) }),
    ),
  'a document for each rule': (documents) =>
    documents.flatMap((one) => {
      const rules = one.kind === 'Access' ? ((one.spec?.['rules'] ?? []) as WrittenRule[]) : [];
      // Without an allow, a document closes nothing.
      if (rules.length < 2) return [one];
      return rules.map((rule, index) => ({
        ...one,
        metadata: { ...one.metadata, name: `${one.metadata.name}-${String(index)}` },
        spec: { ...one.spec, rules: [rule] },
      }));
    }),
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
  const { exact, prefix, startsWith, regex } = path as Readonly<Record<string, string | undefined>>;
  if (exact !== undefined) return { regex: quoteRegex(exact) };
  if (startsWith !== undefined) return { regex: `${quoteRegex(startsWith)}.*` };
  if (regex !== undefined) return { regex: `(?:${regex})|(?:${regex})` };
  if (prefix === undefined) return path;
  return { regex: `${quoteRegex(prefix.replace(/\/+$/, ''))}(?:/.*)?` };
}
