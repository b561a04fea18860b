import type { HttpMatch, HttpRule } from '../../gateway-api-objects/parts.ts';

/**
 * Returns a rule whose patterns match whole values. Linkerd takes the first way in which a pattern matches and asks then
 * if it is all of the value: `a|ab` would not take `ab`.
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

/** Only a choice and a shorter repetition can end early. */
function anchoredCondition<T extends { readonly type?: string; readonly value?: string }>(condition: T): T {
  const { type, value = '' } = condition;
  if (type !== 'RegularExpression' || !/[|?]/.test(value)) return condition;
  return { ...condition, value: `^(?:${value})$` };
}
