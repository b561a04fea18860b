import type { Rule } from 'eslint';
import ts from 'typescript';

/** Numbers of exit codes; a union type with all of them is the type of exit codes. */
const telling = [64, 130, 143];

/** The services of the TypeScript parser, as far as the rule needs them. */
interface Services {
  readonly program: ts.Program;
  readonly esTreeNodeToTSNodeMap: { get(node: unknown): ts.Expression };
}

/**
 * Refuses a number where an exit code is expected, as a literal or as a constant: `exit` of `core/exit-code.ts` has a
 * name for each.
 */
export const namedExitCodes: Rule.RuleModule = {
  meta: {
    type: 'problem',
    messages: { bare: 'Name the exit code {{code}} by `exit` of core/exit-code.ts.' },
  },
  create(context) {
    const { program, esTreeNodeToTSNodeMap } = context.sourceCode.parserServices as Services;
    const checker = program.getTypeChecker();
    const check = (node: Rule.Node): void => {
      const expression = esTreeNodeToTSNodeMap.get(node);
      const code = numberOf(checker, expression);
      if (code !== undefined && isExitCodeWanted(checker, expression))
        context.report({ node, messageId: 'bare', data: { code } });
    };
    return { Literal: check, Identifier: check };
  },
};

/** Returns the number of a literal, or of a constant whose value is a literal; undefined for other expressions. */
function numberOf(checker: ts.TypeChecker, expression: ts.Node): string | undefined {
  if (ts.isNumericLiteral(expression)) return expression.text;
  if (!ts.isIdentifier(expression)) return undefined;
  const declared = checker.getSymbolAtLocation(expression)?.valueDeclaration;
  if (declared === undefined || !ts.isVariableDeclaration(declared) || declared.name === expression)
    return undefined;
  return declared.initializer !== undefined && ts.isNumericLiteral(declared.initializer)
    ? declared.initializer.text
    : undefined;
}

/** Returns true if an expression must be an exit code by its type, or is compared with an exit code. */
function isExitCodeWanted(checker: ts.TypeChecker, expression: ts.Expression): boolean {
  if (isExitCode(checker, checker.getContextualType(expression))) return true;
  const { parent } = expression;
  if (!ts.isBinaryExpression(parent)) return false;
  const { left, right, operatorToken } = parent;
  const compares =
    operatorToken.kind === ts.SyntaxKind.EqualsEqualsEqualsToken ||
    operatorToken.kind === ts.SyntaxKind.ExclamationEqualsEqualsToken;
  return compares && isExitCode(checker, checker.getTypeAtLocation(left === expression ? right : left));
}

function isExitCode(checker: ts.TypeChecker, type: ts.Type | undefined): boolean {
  if (type === undefined) return false;
  const numbers = new Set(partsOf(checker, type).map((part) => part.isNumberLiteral() && part.value));
  return telling.every((code) => numbers.has(code));
}

function partsOf(checker: ts.TypeChecker, type: ts.Type): readonly ts.Type[] {
  if (type.isUnion()) return type.types.flatMap((part) => partsOf(checker, part));
  if ((type.flags & ts.TypeFlags.TypeParameter) === 0) return [type];
  const bound = checker.getBaseConstraintOfType(type);
  return bound === undefined ? [] : partsOf(checker, bound);
}
