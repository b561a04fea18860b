import type { PathMatch } from '../../ir/match.ts';
import type { PathChange } from '../../ir/route.ts';
import type { Condition } from '../condition.ts';
import type { ReceivedPath } from '../language/path-test.ts';
import type { SymbolicArrival } from './symbolic-arrival.ts';

/** Returns the path behind a change, as `changedPath` decides; `matched` is the condition that the path fits. */
export function changedReceived(
  change: PathChange | undefined,
  matched: PathMatch | undefined,
  path: ReceivedPath | string,
): ReceivedPath | string {
  if (change === undefined) return path;
  const { type, value } = change;
  if (type === 'replaceFull') return value;
  const length = matched?.type === 'regex' ? 0 : (matched?.value.length ?? 0);
  if (typeof path === 'string') return path;
  const isText = matched?.type === 'startsWith';
  const prepend = isText ? value : value.replace(/\/+$/, '');
  // The same text again changes nothing.
  if (matched !== undefined && matched.type !== 'regex' && matched.value === prepend && !isText) return path;
  return { drop: length, prepend, strips: isText && value.endsWith('/') };
}

/** Returns the condition on which the change leaves a dot segment behind a slash, which is refused (400). */
export function hiddenDots(
  change: PathChange | undefined,
  matched: PathMatch | undefined,
  { path }: SymbolicArrival,
): Condition {
  if (change?.type !== 'replacePrefix' || matched?.type !== 'startsWith') return false;
  if (!change.value.endsWith('/') || typeof path === 'string') return false;
  const drop = matched.value.length;
  const match = { type: 'regex', value: '\\.{1,2}(?:[;/].*)?' } as const;
  return { of: 'path', test: { match, received: { drop, prepend: '', strips: false } } };
}
