import { formatOrigin } from '../core/location.ts';
import type { Plan } from '../core/plan/plan.ts';
import { markdownCode, markdownText, partsWithin } from './markdown.ts';
import { specEditLines } from './spec-edit-lines.ts';
import { specGroups } from './spec-sections.ts';

/** The most characters of all lists, so that the comment has room for the objects. */
const mostCharacters = 20_000;

/** Returns the differences of the spec as lists in Markdown, one for each group of targets with the same ones. */
export function specMarkdown(plan: Plan): readonly string[] {
  const groups = specGroups(plan).filter(({ edits }) => edits.length > 0);
  return groups.map(({ targets, edits }) => {
    const lines = specEditLines(edits);
    const { kept, left } = partsWithin(
      lines.map(({ text, origin }) => `- ${markdownText(text)} ${markdownCode(formatOrigin(origin))}`),
      mostCharacters / groups.length,
    );
    const of = targets === undefined ? '' : `Target ${targets.map(markdownCode).join(', ')}:\n\n`;
    return `${of}${[...kept, ...(left > 0 ? [`- **and ${String(left)} more**`] : [])].join('\n')}`;
  });
}
