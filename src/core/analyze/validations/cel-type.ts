/** The document that a value is read for. */
export interface ReadDocument {
  /** The namespace of references without one. */
  readonly namespace: string;
  /** True if fields that are left out have the language's defaults. */
  readonly hasDefaults: boolean;
}

/** The type of a value in expressions, and the conversion of a value of the language. */
export interface CelType {
  readonly name: string;
  readonly read: (written: unknown, document: ReadDocument) => unknown;
}
