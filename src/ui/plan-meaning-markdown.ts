import type { TargetReport } from '../core/plan/plan.ts';
import { markdownBlock, markdownCode } from './markdown.ts';
import { palette } from './palette.ts';
import { planMeaning } from './plan-meaning.ts';

/** The most different meanings that a comment shows; targets mostly share one. */
const most = 3;

/**
 * Returns the meaning of each target for the comment of a pull request, marked as a diff. Targets with the same meaning
 * share one part.
 */
export function planMeaningMarkdown(
  targets: readonly (readonly [string, TargetReport])[],
): readonly string[] {
  const named = new Map<string, string[]>();
  for (const [name, target] of targets) {
    const text = planMeaning(target, palette(false)).map(inDiff).join('\n');
    named.set(text, [...(named.get(text) ?? []), name]);
  }
  const parts = [...named].slice(0, most).map(([text, names]) => {
    const [line = '', ...more] = text.split('\n');
    const whose = named.size === 1 ? '' : ` of ${names.slice(0, 5).map(markdownCode).join(', ')}`;
    return more.length === 0
      ? `**${line.replace(/^Meaning/, `Meaning${whose}`)}**`
      : `**Meaning${whose}**\n\n${markdownBlock(text, 'diff').trimEnd()}`;
  });
  return named.size > most ? [...parts, `and ${String(named.size - most)} more meanings`] : parts;
}

/** Puts the mark of a box at the beginning of its line, where a diff has its colours. */
function inDiff(line: string): string {
  return line.replace(
    /^ {2}([-+~?]) /,
    (_, mark: string) => `${mark === '~' || mark === '?' ? '!' : mark}   `,
  );
}
