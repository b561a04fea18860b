import { isPattern } from '../../../import/written-values.ts';

/** Returns a pattern without anchors around the whole of it, which say nothing where a pattern matches a whole value. */
export function plainPattern(text: string): string {
  const [, inner] = /^\^\(\?:(.*)\)\$$/s.exec(text) ?? [];
  return inner !== undefined && isPattern(inner) ? inner : text;
}
