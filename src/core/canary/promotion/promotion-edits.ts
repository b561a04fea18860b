import type { Rollout } from '../../ir/rollout.ts';
import type { SourceText } from '../../source/document.ts';
import { spanAlong } from '../../source/locate.ts';
import { absoluteId } from '../../spec/absolute-id.ts';
import type { Spec, SpecObject } from '../../spec/spec.ts';
import type { Backend, Mirror, RouteDocument, RouteRule } from '../../spec/types.gen.ts';
import type { TextEdit } from './text-edit.ts';
import { inPlaceOfDocument } from './without-document.ts';

/**
 * Returns the edits that make a promotion permanent in the spec: they remove the Rollout, and make the rules of its
 * services name `to` alone. A service without a Route gets one in place of the Rollout. Returns undefined if the texts
 * don't hold the Rollout as one document.
 */
export function promotionEdits(
  spec: Spec,
  rollout: Rollout,
  texts: readonly SourceText[],
): readonly TextEdit[] | undefined {
  const document = spec.rollouts.find(({ namespace, name }) => `${namespace}/${name}` === rollout.id);
  const source = texts.find(({ file }) => file === document?.location.file);
  if (document === undefined || source === undefined || document.overlaid !== undefined) return undefined;
  const edits = spec.routes.flatMap((route) => routeEdits(route, rollout));
  const routed = new Set(spec.routes.map((route) => serviceOf(route, route.value.spec.service)));
  const bare = rollout.services.filter((id) => !routed.has(id));
  const routes = bare.map((id) => routeText(id, rollout)).join('---\n');
  return [...edits, inPlaceOfDocument(source, document.location.range.start, routes)];
}

function serviceOf(
  { namespace }: SpecObject<RouteDocument>,
  reference: string | undefined,
): string | undefined {
  return reference === undefined ? undefined : absoluteId(reference, namespace);
}

function routeText(id: string, { to }: Rollout): string {
  const [namespace = '', name = ''] = id.split('/');
  return [
    'apiVersion: mesh/v1',
    'kind: Route',
    `metadata: {name: ${name}, namespace: ${namespace}}`,
    `spec: {service: ${name}, rules: [{backends: [{version: ${to}}]}]}`,
    '',
  ].join('\n');
}

function routeEdits(route: SpecObject<RouteDocument>, rollout: Rollout): readonly TextEdit[] {
  const { rules, service } = route.value.spec;
  const leads = (part: Backend | Mirror): boolean =>
    rollout.services.includes(serviceOf(route, part.service ?? service) ?? '');
  return rules.flatMap((rule) => [
    ...backendEdits(rule, rollout, leads),
    ...(rule.mirror ?? []).flatMap((mirror) => (leads(mirror) ? versionEdits(mirror, rollout) : [])),
  ]);
}

type Leads = (part: Backend | Mirror) => boolean;

function backendEdits(rule: RouteRule, rollout: Rollout, leads: Leads): readonly TextEdit[] {
  const { backends } = rule;
  if (backends === undefined) {
    if (rule.redirect !== undefined || rule.respond !== undefined || !leads({})) return [];
    return [withEntry(rule, 'backends', `[{version: ${rollout.to}}]`)];
  }
  const { from, to } = rollout;
  return backends.flatMap((backend, i): readonly TextEdit[] => {
    if (!leads(backend)) return [];
    const isArm = (version: string | undefined) =>
      version === undefined || version === from || version === to;
    const same = backends.filter(
      (one) =>
        leads(one) && isArm(one.version) && one.service === backend.service && one.port === backend.port,
    );
    if (!isArm(backend.version)) return [];
    if (same.length === 1) return versionEdits(backend, rollout);
    if (same[0] !== backend) return [withoutItem(backends, i)];
    const weight = same.reduce((sum, one) => sum + (one.weight ?? 1), 0);
    return [...versionEdits(backend, rollout), setEntry(backend, 'weight', String(weight))];
  });
}

/** Names `to` in a backend or mirror that names `from` or no version. */
function versionEdits(part: Backend | Mirror, { from, to }: Rollout): readonly TextEdit[] {
  return part.version === undefined || part.version === from ? [setEntry(part, 'version', to)] : [];
}

function setEntry(map: object, key: string, value: string): TextEdit {
  if (!(key in map)) return withEntry(map, key, value);
  const { text: source, start, end } = spanAlong(map, [key]);
  return { source, start, end, text: value };
}

/** Adds an entry at the end of a map in flow style, or at the beginning of one in block style. */
function withEntry(map: object, key: string, value: string): TextEdit {
  const { text: source, start, end } = spanAlong(map, []);
  const { text } = source;
  if (text[start] === '{') {
    const last = text.slice(start + 1, end - 1).trimEnd();
    const at = start + 1 + last.length;
    const isEmpty = last.trim() === '';
    return {
      source,
      start: at,
      end: at,
      text: `${isEmpty || last.trimEnd().endsWith(',') ? '' : ','}${isEmpty ? '' : ' '}${key}: ${value}`,
    };
  }
  const line = text.lastIndexOf('\n', start - 1) + 1;
  return { source, start, end: start, text: `${key}: ${value}\n${' '.repeat(start - line)}` };
}

/** Removes an item other than the first from a list, with the text between it and the item before. */
function withoutItem(list: readonly object[], index: number): TextEdit {
  const { text: source, start, end } = spanAlong(list[index] as object, []);
  const before = spanAlong(list[index - 1] as object, []).end;
  const isFlow = source.text[spanAlong(list, []).start] === '[';
  if (isFlow) return { source, start: before, end, text: '' };
  // An item in block style has whole lines, from its dash up to the next item.
  const line = source.text.lastIndexOf('\n', start - 1) + 1;
  const next = source.text.indexOf('\n', Math.max(start, end - 1));
  return { source, start: line, end: next < 0 ? source.text.length : next + 1, text: '' };
}
