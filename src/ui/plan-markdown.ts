import type { Plan, TargetReport } from '../core/plan/plan.ts';
import { markdownBlock, markdownCode, markdownLimit } from './markdown.ts';
import { diffBlocks } from './plan-diff.ts';
import { planFooter } from './plan-footer.ts';
import type { PlanMarkdownOptions } from './plan-markdown-options.ts';
import { planMeaningMarkdown } from './plan-meaning-markdown.ts';
import { quantity } from './quantity.ts';
import { rolloutLines } from './rollout-lines.ts';
import { specMarkdown } from './spec-markdown.ts';

/**
 * Returns a plan as the comment of a pull request: a hidden mark that identifies the comment, a table, and a diff for
 * each target. The comment has at most 60,000 characters and says how much is left out.
 */
export function planMarkdown(plan: Plan, options: PlanMarkdownOptions): string {
  const { environment, against } = options;
  const targets = Object.entries(plan.targets);
  const unchanged = targets.every(([, target]) => isUnchanged(target));
  const since = against === undefined ? 'what is live' : nameCode(against);
  const head = [
    `<!-- mesh:plan:${environment.replace(/[^\w.-]/g, '-')} -->`,
    `### Mesh plan${environment === 'default' ? '' : ` for ${nameCode(environment)}`}`,
    ...specMarkdown(plan),
    table(targets, since),
    ...(plan.guardrails ?? [])
      .slice(0, 20)
      .map(
        ({ target, message, allow }) =>
          `> [!CAUTION]\n> Refused: ${target === undefined ? '' : `target ${nameCode(target)}: `}${nameCode(message)}${allow === undefined ? '' : ` (${nameCode(allow)} allows it)`}`,
      ),
    ...targets.flatMap(([name, { rollouts = [] }]) =>
      rolloutLines(rollouts)
        .slice(0, mostRows)
        .map((line) => `Target ${nameCode(name)}: ${nameCode(line)}`),
    ),
    ...(unchanged ? [`**No changes** against ${since}.`] : []),
    ...planMeaningMarkdown(targets),
  ].join('\n\n');
  const foot = planFooter(plan, unchanged, options);
  const changed = targets.filter(([, target]) => !isUnchanged(target));
  return `${head}\n${details(changed, markdownLimit - head.length - foot.length - warningRoom)}\n${foot}\n`;
}

/** Room for the note that parts are left out, in characters. */
const warningRoom = 600;
/** The most rows that the table has. */
const mostRows = 100;

function isUnchanged({ objects, files, certificates = [] }: TargetReport): boolean {
  return objects.length === 0 && files.length === 0 && certificates.every(({ action }) => action === 'keep');
}

function table(targets: readonly (readonly [string, TargetReport])[], since: string): string {
  const rows = targets.slice(0, mostRows).map(([name, { objects, files, certificates, restarts }]) => {
    const count = (op: string): string => String(objects.filter((one) => one.op === op).length || '');
    const due = certificates?.filter(({ action }) => action !== 'keep').length;
    const others = [
      ...(['conflict', 'replace'] as const).flatMap((op) => {
        const number = files.filter((file) => file.op === op).length;
        return number === 0
          ? []
          : [op === 'conflict' ? `**${number} in conflict**` : `${number} changed by hand`];
      }),
      ...(due ? [quantity(due, 'certificate')] : []),
      ...(restarts.length > 0 ? [`${quantity(restarts.length, 'proxy', 'proxies')} to start or stop`] : []),
    ];
    return `| ${nameCode(name)} | ${count('create')} | ${count('update')} | ${count('delete')} | ${others.join(', ')} |`;
  });
  const more = targets.length - rows.length;
  if (more > 0) rows.push(`| **and ${quantity(more, 'more target')}** | | | | |`);
  return [
    `| target, against ${since} | create | update | delete | beside |`,
    '|---|--:|--:|--:|---|',
    ...rows,
  ].join('\n');
}

/** Returns a folded part for each target, as far as there is room; only whole changes are left out. */
function details(targets: readonly (readonly [string, TargetReport])[], room: number): string {
  let left = room;
  let cut = 0;
  let shown = 0;
  let text = '';
  for (const [name, target] of targets) {
    const blocks = diffBlocks(target);
    const [before, after] = [
      `\n<details><summary>${nameCode(name)}: ${sizeOf(target)}</summary>\n\n`,
      '\n\n</details>\n',
    ];
    const kept: string[] = [];
    let size = before.length + after.length + fenceRoom;
    for (const block of blocks) {
      if (size + block.length + 1 > left) break;
      kept.push(block);
      size += block.length + 1;
    }
    shown += kept.length;
    cut += blocks.length - kept.length;
    if (kept.length === 0) continue;
    const part = `${before}${markdownBlock(kept.join('\n'), 'diff').trimEnd()}${after}`;
    left -= part.length;
    text += part;
  }
  if (cut === 0) return text;
  return `\n> [!WARNING]\n> **This comment is cut: ${cut} of ${cut + shown} changes are not shown.** A comment has room for ${markdownLimit.toLocaleString('en')} characters; \`mesh plan --verbose\` with the same options shows all, \`--format json=plan-report.json\` writes all.\n${text}`;
}

/** Room for the fences, which have more backticks than the longest run of backticks in a diff. */
const fenceRoom = 200;

function nameCode(text: string): string {
  return markdownCode(text.length > 300 ? `${text.slice(0, 300)}…` : text);
}

function sizeOf({ objects }: TargetReport): string {
  return quantity(objects.length, 'change');
}
