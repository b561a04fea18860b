import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import type { MeshSpec } from '../spec/types.gen.ts';
import type { Field } from './field.ts';
import type { Inventory } from './inventory.ts';
import type { NativeDocument } from './native-document.ts';
import type { ReadDocument } from './read-document.ts';

/** The help that an import gives to a reader. */
export interface ReadContext {
  /** The services and workloads of the Kubernetes manifests among the input. */
  readonly inventory: Inventory;
  /** The trust domain of the mesh: `cluster.local` unless somebody says otherwise. */
  readonly trustDomain: string;
  /**
   * True if the reading is for a proof. Where a mesh lets in callers that nobody names, an import takes those alone that are named;
   * a proof takes every caller, so that no call which gets through is overlooked.
   */
  readonly isExact?: true;
  /** The clusters of the mesh, where they are known: no object of a platform says in which region a cluster is. */
  readonly clusters?: Readonly<Record<string, { readonly region?: string | undefined }>>;
  /** Returns the namespace of a document; `default` if it names none. */
  readonly namespaceOf: (document: NativeDocument) => string;
  /**
   * Notes that native configuration refers to a service that the inventory doesn't have: the import writes a Service with
   * guessed ports, and a warning at `field`. Returns the port for a backend: the import exchanges it for a name when it knows
   * all ports of the service. An id without DNS labels is ignored.
   */
  readonly guess: (id: string, port: GuessedPort, field: Field) => string | undefined;
  /** Returns the ids of the services that were guessed so far. */
  readonly guessed: () => readonly string[];
  /**
   * Warns that nothing among the input says something, at the first object that makes the question matter. A reader assumes
   * the stricter answer.
   */
  readonly assume: (document: NativeDocument, assumed: Assumed) => void;
  /** Marks a whole document as lost, with an error that says why. */
  readonly refuse: (document: NativeDocument, reason: string) => void;
}

/** An answer that a reader had to assume: parts of the sentence of a warning. */
export interface Assumed {
  /** The open question: `if the mesh refuses calls that no policy allows`. */
  readonly subject: string;
  /** The part of the spec that the assumption became: "the Mesh has `access: deny`". */
  readonly assumption: string;
  /** The way to the right answer: `import its MeshConfig, too`. */
  readonly way: string;
}

/** A port of a service that is only referred to. */
export interface GuessedPort {
  /** Port 80 if no configuration names one. */
  readonly port?: number;
  readonly protocol: 'http' | 'grpc' | 'tls' | 'tcp';
}

/** The result of a reader: documents of the mesh language, and fields of the Mesh. */
export interface ReadMesh {
  readonly documents: readonly ReadDocument[];
  /** Fields of the Mesh that the platform's configuration, or its defaults, say. */
  readonly mesh?: Partial<MeshSpec>;
  /** Findings about what the input leaves open: no field of it says them. */
  readonly findings?: readonly Diagnostic[];
}

/**
 * Reads the native configuration of one platform. A reader accounts for each leaf field of the documents that it takes,
 * by the marks of `Field`, and shares no code with the platform's `lower`, so that a mistake can't cancel itself out. If
 * the language can't say something, a reader writes the meaning that admits fewer calls, and marks the field.
 */
export interface Reader {
  /**
   * Returns a document that has another form than objects of Kubernetes with its kind and its name in the header, and any other
   * one as it is; absent: the platform has no such documents.
   */
  headed?(document: NativeDocument): NativeDocument;
  /** Returns true for a document of this platform's own kinds; all others are listed as not read. */
  takes(document: NativeDocument): boolean;
  /** True if the platform runs on Kubernetes, whose manifests give services, versions and accounts. */
  readonly usesKubernetes: boolean;
  /**
   * Returns true for the name of an annotation of a Service, a Namespace or pods that `read` accounts for; `takes` has to
   * return true for these objects, too. All other annotations are without effect.
   */
  readsAnnotation?(name: string): boolean;
  /**
   * Settings, by their names in `changed-settings`, that the reader reads back exactly, beside those that every reader reads: a
   * proof compares them, too.
   */
  readonly readsSettings?: readonly string[];
  /** Pure and deterministic. Never throws, whatever the documents hold. */
  read(documents: readonly NativeDocument[], context: ReadContext): ReadMesh;
}

/** Returns documents with the headers that a reader gives to those of another form than objects of Kubernetes. */
export function headedBy(reader: Reader, documents: readonly NativeDocument[]): readonly NativeDocument[] {
  return documents.map((document) => reader.headed?.(document) ?? document);
}
