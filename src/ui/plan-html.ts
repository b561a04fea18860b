import { formatOrigin } from '../core/location.ts';
import type { Guardrail, Plan, TargetReport } from '../core/plan/plan.ts';
import { markup } from './markup.ts';
import { diffBlocks } from './plan-diff.ts';
import type { PlanMarkdownOptions } from './plan-markdown-options.ts';
import { planMeaningHtml } from './plan-meaning-html.ts';
import { quantity } from './quantity.ts';
import { rolloutLines } from './rollout-lines.ts';
import { specEditLines } from './spec-edit-lines.ts';
import { specGroups } from './spec-sections.ts';

/**
 * Returns a plan as one HTML page without scripts and without anything from elsewhere: refusals, the meaning, the
 * differences of the spec, and the objects of each target, folded.
 */
export function planHtml(plan: Plan, { environment, against }: PlanMarkdownOptions): string {
  const title = `Mesh plan${environment === 'default' ? '' : ` for ${environment}`}`;
  const since = against === undefined ? 'what is live' : `commit ${against.slice(0, 12)}`;
  const { head, planId, expires } = plan;
  const commit =
    head.commit === undefined
      ? 'no commit'
      : `commit ${head.commit.slice(0, 12)}${head.dirty ? ' with uncommitted changes' : ''}`;
  const foot = `${commit}, against ${since} · plan id ${planId}${expires === undefined ? '' : `, until ${expires}`}`;
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>${markup(title)}</title>
<style>
${style}</style>
</head>
<body>
<h1>${markup(title)}</h1>
${refusals(plan.guardrails ?? [])}${planMeaningHtml(plan)}${specParts(plan)}${targetParts(plan)}<footer>${markup(foot)}</footer>
</body>
</html>
`;
}

const style = `body { font: 15px/1.45 system-ui, sans-serif; margin: 2rem auto; padding: 0 1rem; max-width: 80rem; color-scheme: light dark; }
table { border-collapse: collapse; width: 100%; }
th, td { text-align: left; vertical-align: top; padding: .35rem .7rem; border-bottom: 1px solid #8886; overflow-wrap: break-word; }
th { white-space: nowrap; }
code, pre, .rules { font-family: ui-monospace, monospace; font-size: .85em; }
pre { overflow-x: auto; padding: .7rem; border: 1px solid #8886; border-radius: .3rem; }
td.rules { white-space: nowrap; }
.verdict { padding: .6rem .9rem; border-left: .35rem solid; background: #8881; font-weight: 600; }
.proved { border-color: #2a7; }
.open { border-color: #c80; }
.refused { border-left: .35rem solid #c33; padding: .4rem .9rem; background: #c331; }
h3.gained { color: #b60; }
h3.lost { color: #c33; }
h3.routing { color: #27c; }
h2 small { font-weight: 400; }
footer { margin-top: 2rem; opacity: .75; }
`;

function refusals(guardrails: readonly Guardrail[]): string {
  return guardrails
    .map(({ target, message, allow }) => {
      const of = target === undefined ? '' : `target ${target}: `;
      const way = allow === undefined ? '' : ` (<code>${markup(allow)}</code> allows it)`;
      return `<p class="refused"><strong>Refused:</strong> ${markup(`${of}${message}`)}${way}</p>\n`;
    })
    .join('');
}

function specParts(plan: Plan): string {
  return specGroups(plan)
    .filter(({ edits }) => edits.length > 0)
    .map(({ targets, edits }) => {
      const whose = targets === undefined ? '' : ` <small>${markup(targets.join(', '))}</small>`;
      const items = specEditLines(edits).map(
        ({ text, origin }) =>
          `<li>${markup(text)} <span class="rules">${markup(formatOrigin(origin))}</span></li>`,
      );
      return `<section><h2>Spec${whose}</h2>\n<ul>${items.join('\n')}</ul></section>\n`;
    })
    .join('');
}

function targetParts({ targets }: Plan): string {
  return Object.entries(targets)
    .map(([name, target]) => targetPart(name, target))
    .join('');
}

function targetPart(name: string, target: TargetReport): string {
  const { objects, rollouts = [], restarts } = target;
  const blocks = diffBlocks(target);
  const words = [
    objects.length === 0 ? 'no object changes' : quantity(objects.length, 'object changes', 'objects change'),
    ...(restarts.length > 0 ? [`${quantity(restarts.length, 'proxy', 'proxies')} to start or stop`] : []),
  ];
  const progress = rolloutLines(rollouts).map((line) => `<p>${markup(line)}</p>\n`);
  const body =
    blocks.length === 0 ? '' : `<pre>${blocks.join('\n').split('\n').map(markup).join('\n')}</pre>`;
  return `<details><summary>Target <strong>${markup(name)}</strong>: ${markup(words.join(', '))}</summary>
${progress.join('')}${body}
</details>
`;
}
