import { definitions, type Schema, type Schemas } from './schemas.ts';

/**
 * Returns one schema for all kinds, for editors and messages. An `if` on the kind selects the schema of a document, so that an
 * editor's messages are about that kind only.
 */
export function editorSchema(schemas: Schemas): Schema {
  const kinds = Object.keys(schemas.kinds);
  return {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    $id: 'https://meshwright.dev/schemas/mesh.json',
    title: 'Mesh specification',
    description: 'A document of the mesh language. Generated from schemas/v1.',
    type: 'object',
    required: ['apiVersion', 'kind'],
    properties: {
      apiVersion: { const: 'mesh/v1', description: 'The version of the mesh language.' },
      kind: {
        enum: kinds,
        description: 'The kind of the document.',
        markdownEnumDescriptions: Object.values(schemas.kinds).map((kind) => kind['description']),
      },
    },
    allOf: kinds.map((kind) => ({
      if: { properties: { kind: { const: kind } }, required: ['kind'] },
      then: { $ref: `#/$defs/${kind}Document` },
    })),
    $defs: definitions(schemas),
  };
}
