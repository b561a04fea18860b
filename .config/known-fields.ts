import type { Rule } from 'eslint';
import ts from 'typescript';

/** A file of types generated from the schemas of a mesh. */
const native = /\/src\/core\/targets\/.*\.gen\.ts$/;

/** The deepest level that is compared; native types are less deep. */
const deepest = 12;

/** The services of the TypeScript parser, as far as the rule needs them. */
interface Services {
  readonly program: ts.Program;
  readonly esTreeNodeToTSNodeMap: { get(node: unknown): ts.Expression };
}

/**
 * Refuses fields that a mesh's own schema doesn't have. TypeScript refuses them in a literal with a native type, but
 * not in a spread (`...(asked && {misspelt})`), in a callback's result or in a constant.
 */
export const knownFields: Rule.RuleModule = {
  meta: { type: 'problem', messages: { unknown: 'The schema of the mesh has no field {{name}} here.' } },
  create(context) {
    const { program, esTreeNodeToTSNodeMap } = context.sourceCode.parserServices as Services;
    const checker = program.getTypeChecker();
    const check = (node: Rule.Node): void => {
      const expression = esTreeNodeToTSNodeMap.get(node);
      if (!ts.isExpression(expression)) return;
      const expected = checker.getContextualType(expression);
      if (expected === undefined) return;
      const names = unknownFields(checker, checker.getTypeAtLocation(expression), expected);
      for (const name of new Set(names)) context.report({ node, messageId: 'unknown', data: { name } });
    };
    return { ObjectExpression: check, CallExpression: check, Identifier: check };
  },
};

/** Returns the fields of a type that a native type in its place doesn't have, at any depth. */
function unknownFields(
  checker: ts.TypeChecker,
  actual: ts.Type,
  expected: ts.Type,
  depth = 0,
): readonly string[] {
  if (actual === expected || depth > deepest) return [];
  const wanted = partsOf(expected);
  return partsOf(actual).flatMap((part) => {
    if (wanted.includes(part)) return [];
    const item = itemOf(checker, part);
    if (item !== undefined)
      return wanted.flatMap((one) => {
        const own = itemOf(checker, one);
        return own === undefined ? [] : unknownFields(checker, item, own, depth + 1);
      });
    const fields = nativeFields(checker, wanted);
    if (fields === undefined || (part.flags & ts.TypeFlags.Object) === 0) return [];
    return part.getProperties().flatMap((property) => {
      const field = fields.get(property.name);
      if (field === undefined) return [property.name];
      return unknownFields(checker, checker.getTypeOfSymbol(property), field, depth + 1);
    });
  });
}

/**
 * Returns the native fields of types with their own types; undefined if one of the types isn't native or takes any
 * field.
 */
function nativeFields(
  checker: ts.TypeChecker,
  types: readonly ts.Type[],
): ReadonlyMap<string, ts.Type> | undefined {
  const objects = types.filter(
    ({ flags }) => (flags & (ts.TypeFlags.Object | ts.TypeFlags.Intersection)) !== 0,
  );
  const fields = objects.flatMap((type) => type.getProperties());
  const areNative = fields.every(({ declarations = [] }) =>
    declarations.some((declaration) => native.test(declaration.getSourceFile().fileName)),
  );
  const open = objects.some((type) => checker.getIndexInfosOfType(type).length > 0);
  if (fields.length === 0 || !areNative || open) return undefined;
  return new Map(fields.map((field) => [field.name, checker.getTypeOfSymbol(field)]));
}

function itemOf(checker: ts.TypeChecker, type: ts.Type): ts.Type | undefined {
  return checker.isArrayType(type) ? checker.getTypeArguments(type as ts.TypeReference)[0] : undefined;
}

function partsOf(type: ts.Type): readonly ts.Type[] {
  return type.isUnion() ? type.types : [type];
}
