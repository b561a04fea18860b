import { definitions, type Schema, type Schemas } from './schemas.ts';

/**
 * Returns one schema for all kinds, those of `suites` included, for editors and messages. An `if` on the kind selects the
 * schema of a document, so that an editor's messages are about that kind only.
 */
export function editorSchema({ common, kinds: own }: Schemas, suites: Schemas['kinds']): Schema {
  const all = { ...own, ...suites };
  const kinds = Object.keys(all);
  return {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    $id: 'https://meshwright.dev/schemas/mesh.json',
    title: 'Mesh specification',
    description:
      'A document of the mesh language, or a suite of tests. Generated from schemas/v1 and schemas/test/v1.',
    type: 'object',
    required: ['apiVersion', 'kind'],
    properties: {
      apiVersion: {
        enum: ['mesh/v1', 'mesh.test/v1'],
        description: 'The version of the mesh language; mesh.test/v1 for a suite of tests.',
      },
      kind: {
        enum: kinds,
        description: 'The kind of the document.',
        markdownEnumDescriptions: Object.values(all).map((kind) => kind['description']),
      },
    },
    allOf: kinds.map((kind) => ({
      if: { properties: { kind: { const: kind } }, required: ['kind'] },
      then: { $ref: `#/$defs/${kind}Document` },
    })),
    $defs: definitions({ common, kinds: all }),
  };
}
