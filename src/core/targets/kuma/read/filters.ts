import type { Field } from '../../../import/field.ts';
import { ownedHeader } from '../../../ir/owned-header.ts';
import type {
  Backend,
  HeaderChanges,
  Mirror,
  Redirect,
  RouteMatch,
  RouteRule,
} from '../../../spec/types.gen.ts';

/** The parts of a rule that filters say. */
export type ReadActions = Pick<RouteRule, 'headers' | 'rewrite' | 'redirect' | 'mirror'>;

/** Returns the parts of a rule that its filters say. */
export function readFilters(
  filters: Field,
  matched: RouteMatch['path'],
  readBackend: (ref: Field) => Backend | undefined,
): ReadActions {
  let actions: ReadActions = {};
  for (const filter of filters.items()) {
    filter.at('type').text();
    const request = readChanges(filter.at('requestHeaderModifier'));
    const response = readChanges(filter.at('responseHeaderModifier'));
    const headers = { ...actions.headers, ...(request && { request }), ...(response && { response }) };
    const rewrite = readRewrite(filter.at('urlRewrite'), matched);
    const redirect = readRedirect(filter.at('requestRedirect'), matched);
    const mirror = readMirror(filter.at('requestMirror'), readBackend);
    actions = {
      ...actions,
      ...(Object.keys(headers).length > 0 && { headers }),
      ...(rewrite && { rewrite }),
      ...(redirect && { redirect }),
      ...(mirror && { mirror: [...(actions.mirror ?? []), mirror] }),
    };
  }
  // A redirect takes no other change than that of answers.
  if (actions.redirect === undefined) return actions;
  const { response } = actions.headers ?? {};
  return { redirect: actions.redirect, ...(response && { headers: { response } }) };
}

function readChanges(field: Field): HeaderChanges | undefined {
  if (!field.isPresent) return undefined;
  const taken = new Set<string>();
  const values = (list: Field): Record<string, string> => {
    const made: Record<string, string> = {};
    for (const item of list.items()) {
      const [name, value] = [item.at('name').text()?.toLowerCase() ?? '', item.at('value').text() ?? ''];
      // A percent sign begins a command of Envoy, and stands for itself if it is doubled.
      const isCommand = value.replaceAll('%%', '').includes('%');
      if (!isChangeable(name) || taken.has(name) || /\p{Cc}/u.test(value) || isCommand)
        item.lost({ callers: 'the header is not changed' });
      else made[name] = value.replaceAll('%%', '%');
      taken.add(name);
    }
    return made;
  };
  const [set, add] = [values(field.at('set')), values(field.at('add'))];
  const remove = (field.at('remove').texts() ?? [])
    .map((name) => name.toLowerCase())
    .filter((name) => isChangeable(name) && !taken.has(name));
  const changes = {
    ...(Object.keys(set).length > 0 && { set }),
    ...(Object.keys(add).length > 0 && { add }),
    ...(remove.length > 0 && { remove }),
  };
  return Object.keys(changes).length === 0 ? undefined : changes;
}

function isChangeable(name: string): boolean {
  return /^[!#$%&'*+.^_`|~0-9a-z-]+$/.test(name) && (ownedHeader(name)?.changeable ?? true);
}

function readRewrite(field: Field, matched: RouteMatch['path']): RouteRule['rewrite'] | undefined {
  if (!field.isPresent) return undefined;
  field.at('hostToBackendHostname').lost({ callers: 'the host stays as requested' });
  const host = readHost(field.at('hostname'));
  const path = readPathChange(field.at('path'), matched);
  const rewrite = { ...(host !== undefined && { host }), ...(path && { path }) };
  return Object.keys(rewrite).length === 0 ? undefined : rewrite;
}

function readRedirect(field: Field, matched: RouteMatch['path']): Redirect | undefined {
  if (!field.isPresent) return undefined;
  const scheme = field.at('scheme').text();
  const host = readHost(field.at('hostname'));
  const port = field.at('port').port();
  const status = field.at('statusCode').number();
  const path = readPathChange(field.at('path'), matched);
  const full = path?.replaceFull;
  const prefix = path?.replacePrefix;
  return {
    ...((scheme === 'http' || scheme === 'https') && { scheme }),
    ...(host !== undefined && { host }),
    ...(port !== undefined && { port }),
    ...(full !== undefined && { path: full }),
    ...(prefix !== undefined && { path: { replacePrefix: prefix } }),
    status: status === 301 || status === 303 || status === 307 || status === 308 ? status : 302,
  };
}

function readHost(field: Field): string | undefined {
  const host = field.text()?.toLowerCase();
  if (host === undefined) return undefined;
  if (/^[a-z0-9](?:[-a-z0-9]*[a-z0-9])?(?:\.[a-z0-9](?:[-a-z0-9]*[a-z0-9])?)*$/.test(host)) return host;
  field.lost({ callers: 'the host stays as requested' });
  return undefined;
}

function readPathChange(field: Field, matched: RouteMatch['path']) {
  if (!field.isPresent) return undefined;
  field.at('type').text();
  const [full, prefix] = [field.at('replaceFullPath').text(), field.at('replacePrefixMatch').text()];
  const isPath = (text: string): boolean =>
    /^\/[^?#\s]*$/.test(text) && !/\p{Cc}|%|\/\/|\/\.{1,2}(?:\/|$)/u.test(text);
  if (full !== undefined && isPath(full)) return { replaceFull: full };
  if (prefix !== undefined && isPath(prefix) && matched?.prefix !== undefined)
    return { replacePrefix: prefix };
  field.lost({ callers: 'the path stays as requested' });
  return undefined;
}

function readMirror(field: Field, readBackend: (ref: Field) => Backend | undefined): Mirror | undefined {
  if (!field.isPresent) return undefined;
  const backend = readBackend(field.at('backendRef'));
  const share = field.at('percentage').numberOrText();
  const percent = share === undefined ? 100 : Number(share);
  if (backend === undefined || !(percent >= 0 && percent <= 100)) {
    field.lost({ callers: 'no copies are sent' });
    return undefined;
  }
  const { weight: _, ...to } = backend;
  return { ...to, ...(percent !== 100 && { percent: `${String(percent)}%` }) };
}
