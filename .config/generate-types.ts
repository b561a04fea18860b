import { compile } from 'json-schema-to-typescript';
import ts from 'typescript';
import { definitions, mapSchema, type Schema, type Schemas } from './schemas.ts';

const header = '/** The documents of the mesh language, written from schemas/v1 (npm run generate). */\n';

/** Returns a module with the type of each kind (`<Kind>Document`) and of each definition, once. */
export async function typesModule({ common, kinds }: Schemas, suites: Schemas['kinds']): Promise<string> {
  const documents = Object.keys({ ...kinds, ...suites }).map((kind) => `${kind}Document`);
  const all = definitions({ common, kinds: { ...kinds, ...suites } });
  const taken = new Set(Object.keys(all));
  const types = Object.entries(all).map(([name, schema]) => [name, typed(name, schema, taken)]);
  const text = await compile(
    {
      title: 'SpecDocument',
      description: 'A document of any kind.',
      oneOf: documents.map((name) => ({ $ref: `#/$defs/${name}` })),
      $defs: Object.fromEntries(types) as Record<string, Schema>,
    },
    'SpecDocument',
    {
      bannerComment: header,
      additionalProperties: false,
      ignoreMinAndMaxItems: true,
      unreachableDefinitions: true,
      style: { singleQuote: true, printWidth: 110, trailingComma: 'all' },
    },
  );
  return readonly(text);
}

/** Returns the part of a schema that a type can express, under the name of its definition. */
function typed(name: string, schema: Schema, taken: Set<string>): Schema {
  const { title: _, ...unnamed } = schema;
  return { ...mapSchema(unnamed, (part) => typeable(part, taken)), title: name };
}

const conditions = ['if', 'then', 'else', 'not', 'propertyNames', 'dependentRequired', 'dependentSchemas'];

function typeable(schema: Schema, taken: Set<string>): Schema {
  const { title, $ref, description } = schema;
  // Keep only the `$ref`: beside other keywords a reference becomes a copy of its type.
  if (typeof $ref === 'string')
    return description === undefined ? { $ref } : { description, allOf: [{ $ref }] };
  if (typeof title === 'string' && taken.size === taken.add(title).size) {
    throw new Error(
      `the title ${title} is given twice in schemas/v1: types and definitions share one set of names`,
    );
  }
  const kept = Object.entries(schema).filter(
    ([keyword]) =>
      !conditions.includes(keyword) && !('properties' in schema && /^(one|any|all)Of$/.test(keyword)),
  );
  return Object.fromEntries<unknown>(kept);
}

/** Returns the text of a module with every property and array `readonly`: documents are data. */
function readonly(text: string): string {
  const file = ts.createSourceFile('types.ts', text, ts.ScriptTarget.Latest, true);
  const insertions: { readonly at: number; readonly text: string }[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isPropertySignature(node)) insertions.push({ at: node.name.getStart(), text: 'readonly ' });
    if (ts.isIndexSignatureDeclaration(node)) insertions.push({ at: node.getStart(), text: 'readonly ' });
    if (ts.isArrayTypeNode(node)) {
      const inner = ts.isArrayTypeNode(node.parent);
      insertions.push({ at: node.getStart(), text: inner ? '(readonly ' : 'readonly ' });
      if (inner) insertions.push({ at: node.end, text: ')' });
    }
    ts.forEachChild(node, visit);
  };
  visit(file);
  insertions.sort((a, b) => b.at - a.at);
  return insertions.reduce((done, { at, text: added }) => done.slice(0, at) + added + done.slice(at), text);
}
