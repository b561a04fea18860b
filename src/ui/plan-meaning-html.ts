import type { Plan, TargetReport } from '../core/plan/plan.ts';
import type { RequestBox } from '../core/reach/meaning-report.ts';
import { requestWords } from '../core/reach/request-words.ts';
import { boxConditions } from './box-conditions.ts';
import { markup } from './markup.ts';
import { outcomeChangeWords } from './outcome-words.ts';
import { meaningOf, meaningVerdict } from './plan-meaning.ts';

/** The most boxes of each kind that a page lists. */
const most = 500;

/** Returns the meaning of a plan in HTML: a part for each group of targets with the same meaning. */
export function planMeaningHtml({ targets }: Pick<Plan, 'targets'>): string {
  const groups = new Map<string, { readonly target: TargetReport; readonly names: string[] }>();
  for (const [name, target] of Object.entries(targets)) {
    const key = JSON.stringify([meaningOf(target), target.notHitless]);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, { target, names: [name] });
    else group.names.push(name);
  }
  return [...groups.values()]
    .map(({ target, names }) => meaning(target, groups.size === 1 ? undefined : names))
    .join('');
}

function meaning(target: TargetReport, names: readonly string[] | undefined): string {
  const report = meaningOf(target);
  const whose = names === undefined ? '' : ` <small>${markup(names.join(', '))}</small>`;
  if (report === undefined)
    return `<section><h2>Meaning${whose}</h2><p class="verdict open">not computed: nothing is applied yet to compare with</p></section>\n`;
  const { access, routing, unproved = [] } = report;
  const isProved = unproved.length === 0;
  return `<section>
<h2>Meaning${whose}</h2>
<p class="verdict ${isProved ? 'proved' : 'open'}">${markup(meaningVerdict(report))}</p>
${unproved.length < 2 ? '' : `<ul class="open">${unproved.map((why) => `<li>${markup(why)}</li>`).join('')}</ul>\n`}${boxes('Access gained', 'gained', access.gained)}${boxes('Access lost', 'lost', access.lost)}${boxes('Routing changed', 'routing', routing)}${strays(target)}</section>
`;
}

function boxes(title: string, kind: string, list: readonly RequestBox[]): string {
  if (list.length === 0) return '';
  const rest = list.length - most;
  return `<h3 class="${kind}">${title} (${String(list.length)})</h3>
<table>
<thead><tr><th>Callers</th><th>To</th><th>Requests</th><th>One of them</th><th>Decided by</th><th>Id</th></tr></thead>
<tbody>
${list.slice(0, most).map(row).join('')}</tbody>
</table>
${rest > 0 ? `<p>… and ${String(rest)} more (--format json has all)</p>\n` : ''}`;
}

function row(box: RequestBox): string {
  const { from, to, ports, rules, request, before, after, id } = box;
  const conditions = boxConditions(box);
  return `<tr><td>${lines(from)}</td><td>${markup(`${to}:${ports.join(', ')}`)}</td><td>${conditions.length === 0 ? 'all' : lines(conditions)}</td><td><code>${markup(requestWords(request))}</code><br>${markup(outcomeChangeWords(before, after, to))}</td><td class="rules">${lines(rules)}</td><td class="rules">${markup(id)}</td></tr>
`;
}

function lines(texts: readonly string[]): string {
  return texts.map((one) => markup(one)).join('<br>');
}

function strays({ notHitless = [] }: TargetReport): string {
  if (notHitless.length === 0) return '';
  const items = notHitless.map(
    ({ request, why }) =>
      `<li>${request === undefined ? '' : `<code>${markup(requestWords(request))}</code>: `}${markup(why)}</li>`,
  );
  return `<h3 class="lost">Not kept on the way (${String(notHitless.length)})</h3>\n<ul>${items.join('')}</ul>\n`;
}
