import { shellWord } from '../core/lib/shell-word.ts';
import type { Plan } from '../core/plan/plan.ts';
import { chosenText } from './chosen-mesh.ts';
import { markdownBlock, markdownCode } from './markdown.ts';
import type { PlanMarkdownOptions } from './plan-markdown-options.ts';
import { isRefused } from './refused-plan.ts';

/**
 * Returns the end of a plan's comment: the compared revisions, the plan's id and expiry, and the commands that carry it
 * out.
 */
export function planFooter(plan: Plan, isUnchanged: boolean, options: PlanMarkdownOptions): string {
  const { head, base, planId } = plan;
  const commit =
    head.commit === undefined
      ? 'no commit'
      : `commit ${markdownCode(head.commit.slice(0, 12))}${head.dirty ? ' **with uncommitted changes**' : ''}`;
  const [from] = Object.values(base);
  const compared =
    options.against === undefined || from === undefined ? '' : `, against ${markdownCode(from.slice(0, 12))}`;
  const said = `${commit}${compared} · plan id ${markdownCode(planId)}${until(plan, options)}`;
  const commands = isUnchanged || isRefused(plan) ? [] : commandsOf(plan, options);
  if (commands.length === 0) return said;
  const when =
    commands.length > 1 ? 'After the merge (the first command prints the id):' : 'Once it is approved:';
  return [said, when, markdownBlock(commands.join('\n'), 'sh').trimEnd()].join('\n\n');
}

function until({ expires }: Plan, { now }: PlanMarkdownOptions): string {
  if (expires === undefined) return '';
  return Date.parse(expires) <= now.getTime()
    ? `, **expired** ${markdownCode(expires)}`
    : `, expires ${markdownCode(expires)}`;
}

function commandsOf(
  { planId }: Plan,
  { file, environment, deliverable, chosen }: PlanMarkdownOptions,
): readonly string[] {
  if (file !== undefined) return [`mesh apply ${shellWord(file)} --plan-id ${planId}${chosenText(chosen)}`];
  if (deliverable?.length === 0) return [];
  const env = environment === 'default' ? '' : ` --env ${shellWord(environment)}`;
  const which = (deliverable ?? []).map((name) => ` --target ${shellWord(name)}`).join('');
  // After the merge the revision is another one; the folder and the repository stay.
  const { root, repo } = chosen ?? {};
  const place = chosenText({ ...(root !== undefined && { root }), ...(repo !== undefined && { repo }) });
  return [`mesh plan${env}${which}${place} --out plan.json`, `mesh apply plan.json --plan-id ID${place}`];
}
