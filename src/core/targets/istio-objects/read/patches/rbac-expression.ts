import { fieldsOf, listOf } from './message.ts';

/** A condition of a filter of access: a condition on one thing, or others combined. */
export type Expression =
  | { readonly type: 'all' | 'one'; readonly of: readonly Expression[] }
  | { readonly type: 'not'; readonly of: Expression }
  /** The name of the field of a Permission or Principal, and its value. */
  | { readonly type: 'leaf'; readonly name: string; readonly value: unknown };

const groups: Readonly<Record<string, readonly ['all' | 'one', 'rules' | 'ids']>> = {
  and_rules: ['all', 'rules'],
  or_rules: ['one', 'rules'],
  and_ids: ['all', 'ids'],
  or_ids: ['one', 'ids'],
};

/** Reads a Permission or a Principal; undefined for one with no field, or with several. */
export function readExpression(value: unknown): Expression | undefined {
  const entries = Object.entries(fieldsOf(value, Object.keys(value ?? {})) ?? {});
  const [[name, content] = ['', undefined], ...others] = entries;
  if (name === '' || others.length > 0) return undefined;
  const group = groups[name];
  if (group !== undefined) {
    const of = listOf(fieldsOf(content, [group[1]])?.[group[1]])?.map(readExpression) ?? [];
    const known = of.filter((one) => one !== undefined);
    return known.length === of.length && of.length > 0 ? { type: group[0], of: known } : undefined;
  }
  if (name !== 'not_rule' && name !== 'not_id') return { type: 'leaf', name, value: content };
  const of = readExpression(content);
  return of && { type: 'not', of };
}

/** Returns the conditions that all hold, or the one condition. */
export function conjuncts(expression: Expression): readonly Expression[] {
  return expression.type === 'all' ? expression.of : [expression];
}

/** Returns the conditions of which one holds, or the one condition. */
export function alternatives(expression: Expression): readonly Expression[] {
  return expression.type === 'one' ? expression.of : [expression];
}

/** Returns the value of a condition on one thing. */
export function leafOf(expression: Expression, name: string): unknown {
  return expression.type === 'leaf' && expression.name === name ? expression.value : undefined;
}

/** Returns true for the condition that always holds. */
export function isAny(expression: Expression): boolean {
  return leafOf(expression, 'any') === true;
}
