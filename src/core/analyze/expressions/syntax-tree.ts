import type { ASTNode } from '@marcbachmann/cel-js';

/** Returns the operands of a node of a CEL expression, in the order of the text. */
export function operandsOf({ args }: ASTNode): readonly ASTNode[] {
  const found: ASTNode[] = [];
  const visit = (value: unknown): void => {
    if (Array.isArray(value)) for (const item of value) visit(item);
    else if (isNode(value)) found.push(value);
  };
  visit(args);
  return found;
}

/** Yields a node of a CEL expression and everything below the node. */
export function* nodesBelow(node: ASTNode): Generator<ASTNode> {
  yield node;
  for (const operand of operandsOf(node)) yield* nodesBelow(operand);
}

/** Returns true for a whole number beyond 64 bits; the parser accepts numbers of any size. */
export function isBeyondRange(literal: string): boolean {
  const [, digits, unsigned] = /^((?:0x[0-9a-f]+|[0-9]+))(u?)$/i.exec(literal) ?? [];
  if (digits === undefined) return false;
  return BigInt(digits) > (unsigned === '' ? 2n ** 63n - 1n : 2n ** 64n - 1n);
}

function isNode(value: unknown): value is ASTNode {
  return typeof value === 'object' && value !== null && 'op' in value && 'args' in value;
}
