import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import { finding } from '../diagnostics/message.ts';
import { sortDiagnostics } from '../diagnostics/sort.ts';
import type { Platform } from '../ir/target-config.ts';
import { escapeControl } from '../lib/escape-control.ts';
import { isSameJson } from '../lib/is-same-json.ts';
import type { Json } from '../lib/json.ts';
import { formatOrigin } from '../location.ts';
import type { SourceText } from '../source/document.ts';
import type { Source } from '../source/source.ts';
import type { MeshSpec } from '../spec/types.gen.ts';
import { withBackendPorts } from './backend-ports.ts';
import { isDnsLabel } from './dns-label.ts';
import { type HomePlatform, importedFiles } from './imported-files.ts';
import { Inventory } from './inventory.ts';
import { withJoinedRules } from './joined-rules.ts';
import { kubernetesDocuments, readInventory, takesKubernetes } from './kubernetes/read-kubernetes.ts';
import type { ImportedFile } from './lay-out.ts';
import { type LedgerEntry, ledgerOf } from './ledger.ts';
import { ledgerFindings } from './ledger-findings.ts';
import { mergeDocuments } from './merge-documents.ts';
import { messages } from './messages.ts';
import { namedDocuments } from './named-documents.ts';
import { documentName, type NativeDocument } from './native-document.ts';
import { nativeFiles } from './native-files.ts';
import type { ReadDocument } from './read-document.ts';
import { type Assumed, headedBy, type ReadContext, type Reader } from './reader.ts';
import { ServiceGuesses } from './service-guesses.ts';

/** Settings of an import. */
export interface ImportOptions {
  readonly meshName: string;
  /** The platform of the target in the written Mesh; absent for plain Kubernetes, which is no mesh. */
  readonly platform?: Platform;
  /** Returns the names of the features of a mesh that the platform's target loses; absent: none is asked for. */
  readonly lost?: HomePlatform['lost'];
}

/** The result of an import. */
export interface Imported {
  /** The files of the mesh repository, in order of their names. */
  readonly files: readonly ImportedFile[];
  /** The fate of every leaf field of the objects that were read. */
  readonly ledger: readonly LedgerEntry[];
  /** Number of objects that were read. */
  readonly objects: number;
  /** Number of documents whose text or form could not be read, each with an error. */
  readonly refused: number;
  /** Findings at places of the native configuration. */
  readonly diagnostics: readonly Diagnostic[];
  /** Texts of the native files, for code frames. */
  readonly texts: readonly SourceText[];
}

/** Reads native configuration and returns the files of a mesh repository with the same meaning, and the ledger. */
export function importMesh(sources: readonly Source[], reader: Reader, options: ImportOptions): Imported {
  const native = nativeFiles(sources);
  const found = native.diagnostics;
  const documents = withoutTwins(namedDocuments(headedBy(reader, native.documents)), found);
  const guesses = new ServiceGuesses();
  const basics = {
    trustDomain: 'cluster.local',
    namespaceOf: ({ namespace }: NativeDocument) => (namespace === '' ? 'default' : namespace),
    guess: guesses.add.bind(guesses),
    guessed: guesses.ids.bind(guesses),
    assume: ({ location }: NativeDocument, assumed: Assumed) => {
      found.push(finding(messages, 'MESH7030', location, { ...assumed }));
    },
    refuse: (document: NativeDocument, reason: string) => {
      document.root.lost({ callers: reason, isReported: true });
      const values = { object: escapeControl(documentName(document)), reason: escapeControl(reason) };
      found.push(finding(messages, 'MESH7008', document.location, values));
    },
  };
  const isKubernetes = (one: NativeDocument): boolean => reader.usesKubernetes && takesKubernetes(one);
  const taken = documents.filter((one) => isKubernetes(one) || reader.takes(one));
  const placed = taken.filter((one) => {
    const problem = obstacle(one);
    if (problem !== undefined) basics.refuse(one, problem);
    return problem === undefined;
  });
  const manifests = placed.filter(isKubernetes);
  const reading = { inMesh: options.platform !== undefined, leaves: reader.readsAnnotation?.bind(reader) };
  const inventory = reader.usesKubernetes ? readInventory(manifests, basics, reading) : new Inventory();
  const context: ReadContext = { ...basics, inventory };
  const services = reader.usesKubernetes ? kubernetesDocuments(manifests, context) : [];
  const own = reader.read(
    placed.filter((one) => reader.takes(one)),
    context,
  );
  const guessed = guesses.result();
  found.push(...guessed.diagnostics, ...(own.findings ?? []), ...notRead(documents, taken));
  const ledger = taken.flatMap(ledgerOf);
  found.push(...ledgerFindings(ledger));
  const all = guesses.named([...services, ...guessed.documents, ...own.documents]);
  const replaces = (route: ReadDocument, other: ReadDocument): void => {
    found.push(...replaced(route, other));
  };
  const merged = withJoinedRules(withBackendPorts(mergeDocuments(all, replaces)), own.mesh?.defaults);
  return {
    files: importedFiles(meshSpec(own.mesh ?? {}, options), options.meshName, merged, homeOf(options)),
    ledger,
    objects: taken.length,
    refused: native.refused,
    diagnostics: sortDiagnostics(found),
    texts: native.texts,
  };
}

function homeOf({ platform, lost }: ImportOptions): HomePlatform | undefined {
  return platform === undefined || lost === undefined ? undefined : { platform, lost };
}

function meshSpec(read: Partial<MeshSpec>, { platform }: ImportOptions): MeshSpec {
  return {
    trustDomain: 'cluster.local',
    ...read,
    ...(platform === undefined ? {} : { targets: { [platform]: { platform, ...read.targets?.[platform] } } }),
  };
}

/** Returns the finding about a Route whose rules take the place of those of another one. */
function replaced({ namespace, name, from }: ReadDocument, other: ReadDocument): readonly Diagnostic[] {
  const [place, otherPlace] = [from[0], other.from[0]];
  if (place === undefined || otherPlace === undefined) return [];
  const values = {
    service: escapeControl(`${namespace}/${name}`),
    first: escapeControl(formatOrigin(otherPlace.origin)),
  };
  return [finding(messages, 'MESH7011', place.location, values)];
}

/** A namespace becomes a folder: anything else than a DNS label is no namespace of Kubernetes either. */
function obstacle({ namespace }: NativeDocument): string | undefined {
  return namespace === '' || isDnsLabel(namespace) ? undefined : 'its namespace is no DNS label';
}

function withoutTwins(documents: readonly NativeDocument[], found: Diagnostic[]): readonly NativeDocument[] {
  const first = new Map<string, NativeDocument>();
  return documents.filter((document) => {
    const { group, kind, namespace, name } = document;
    if (kind === '' || name === '') return true;
    const key = JSON.stringify([group, kind, namespace === '' ? 'default' : namespace, name]);
    const known = first.get(key);
    first.set(key, known ?? document);
    if (known === undefined) return true;
    if (isSameJson(known.root.value as Json, document.root.value as Json)) return false;
    const { file, range } = known.location;
    const place = escapeControl(`${file}:${String(range.start.line)}`);
    const values = { object: escapeControl(documentName(document)), first: place };
    found.push(finding(messages, 'MESH7009', document.location, values));
    return false;
  });
}

/** Returns one remark for each kind of objects that nobody reads, at the first of them. */
function notRead(
  documents: readonly NativeDocument[],
  taken: readonly NativeDocument[],
): readonly Diagnostic[] {
  const read = new Set(taken);
  const byKind = Map.groupBy(
    documents.filter((document) => !read.has(document)),
    ({ group, kind }) => JSON.stringify([group, kind]),
  );
  return [...byKind.values()].flatMap((alike) => {
    const [first] = alike;
    if (first === undefined) return [];
    const values = { objects: notReadWords(first, alike.length), reason: notReadReason(first) };
    return [finding(messages, 'MESH7001', first.location, values)];
  });
}

/** Returns `2 objects of kind Ingress (networking.k8s.io)`. */
function notReadWords({ group, kind }: NativeDocument, count: number): string {
  const noun = group === ownGroup ? 'document' : 'object';
  const counted = count === 1 ? `1 ${noun}` : `${String(count)} ${noun}s`;
  if (kind === '') return `${counted} without a kind`;
  const named = group === '' || group === ownGroup ? kind : `${kind} (${group})`;
  return `${counted} of kind ${escapeControl(named)}`;
}

function notReadReason({ group, kind }: NativeDocument): string {
  if (kind === '') return 'an import reads objects by their kind';
  return group === ownGroup
    ? 'the kind belongs to the language of the mesh itself'
    : 'the kind is no part of this import';
}

/** The group of the mesh language, of `apiVersion: mesh/v1`. */
const ownGroup = 'mesh';
