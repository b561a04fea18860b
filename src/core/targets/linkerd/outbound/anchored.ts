import type { HttpMatch, HttpRule } from '../../gateway-api-objects/parts.ts';

/**
 * Returns a rule whose patterns match whole values. Linkerd takes the first match of a pattern and then compares its
 * length with the value: `a|ab` would not match `ab`.
 */
export function anchored({ matches, ...rule }: HttpRule): HttpRule {
  return { ...(matches && { matches: matches.map(anchoredMatch) }), ...rule };
}

function anchoredMatch({ path, headers, queryParams, ...match }: HttpMatch): HttpMatch {
  return {
    ...(path && { path: anchoredCondition(path) }),
    ...match,
    ...(headers && { headers: headers.map(anchoredCondition) }),
    ...(queryParams && { queryParams: queryParams.map(anchoredCondition) }),
  };
}

/** Anchors a pattern if it has a choice or a lazy repetition: only these can end early. */
function anchoredCondition<T extends { readonly type?: string; readonly value?: string }>(condition: T): T {
  const { type, value = '' } = condition;
  if (type !== 'RegularExpression' || !/[|?]/.test(value)) return condition;
  return { ...condition, value: `^(?:${value})$` };
}
