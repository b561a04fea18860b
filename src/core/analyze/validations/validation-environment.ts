import { Environment } from '@marcbachmann/cel-js';
import { definitionOf, resolved } from '../../spec/field-schema.ts';
import type { Kind } from '../../spec/spec.ts';
import type { CelType } from './cel-type.ts';
import { CelTypes } from './cel-types.ts';
import { addFunctions } from './expression-program.ts';
import type { AnyDocument, ResolvedDocuments } from './resolved-document.ts';

/** The expressions about the documents of one kind: `self`, `mesh` and `environment` with their types. */
export class ValidationEnvironment {
  readonly cel: Environment;
  /** The names of all fields that expressions may read. */
  readonly fieldNames: ReadonlySet<string>;
  private readonly self: CelType;
  private readonly mesh: CelType;
  private readonly documents: ResolvedDocuments;
  private readonly known = new Map<AnyDocument, unknown>();

  constructor(kind: Kind, documents: ResolvedDocuments) {
    this.documents = documents;
    this.cel = new Environment({
      homogeneousAggregateLiterals: false,
      limits: { maxAstNodes: 2000, maxDepth: 100 },
    });
    addFunctions(this.cel);
    const types = new CelTypes(this.cel);
    this.self = documentType(types, kind);
    this.mesh = kind === 'Mesh' ? this.self : documentType(types, 'Mesh');
    this.fieldNames = types.fieldNames;
    this.cel.registerVariable('self', this.self.name);
    this.cel.registerVariable('mesh', this.mesh.name);
    this.cel.registerVariable('environment', 'string');
  }

  /** Returns the variables of an expression about a document. */
  valuesFor(
    document: AnyDocument,
    mesh: AnyDocument,
    environment: string,
  ): Readonly<Record<string, unknown>> {
    return { self: this.read(this.self, document), mesh: this.read(this.mesh, mesh), environment };
  }

  private read(type: CelType, document: AnyDocument): unknown {
    const known = this.known.get(document);
    if (known !== undefined) return known;
    // A Profile says only what it sets.
    const hasDefaults = document.kind !== 'Profile';
    const value = type.read(this.documents.fieldsOf(document), {
      namespace: document.namespace === '' ? 'default' : document.namespace,
      hasDefaults,
    });
    this.known.set(document, value);
    return value;
  }
}

/** Returns the type of the documents of a kind: the fields of `spec`, and `metadata`. */
function documentType(types: CelTypes, kind: Kind): CelType {
  const { spec = {}, metadata = {} } = definitionOf(kind).properties ?? {};
  return types.message(kind, { ...resolved(spec).properties, metadata });
}
