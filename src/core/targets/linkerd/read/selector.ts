import type { Field } from '../../../import/field.ts';

/** Returns true for the labels of an object that a selector takes. */
export type Selector = (labels: Readonly<Record<string, string>>) => boolean;

/** Reads a label selector of Kubernetes: all of its labels and expressions have to hold. */
export function readSelector(field: Field): Selector {
  const wanted = Object.entries(field.at('matchLabels').labels() ?? {});
  const expressions = field
    .at('matchExpressions')
    .items()
    .map((item) => ({
      key: item.at('key').text() ?? '',
      operator: item.at('operator').text() ?? '',
      values: item.at('values').texts() ?? [],
    }));
  field.entries();
  return (labels) =>
    wanted.every(([name, value]) => labels[name] === value) &&
    expressions.every(({ key, operator, values }) => {
      const value = labels[key];
      if (operator === 'In') return value !== undefined && values.includes(value);
      if (operator === 'NotIn') return value === undefined || !values.includes(value);
      if (operator === 'Exists') return value !== undefined;
      return operator === 'DoesNotExist' && value === undefined;
    });
}
