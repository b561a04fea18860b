import type { Field } from '../../../import/field.ts';
import { ownedHeader } from '../../../ir/owned-header.ts';
import type { Backend, HeaderChanges, Mirror, Redirect, RouteRule } from '../../../spec/types.gen.ts';
import type { ReadPathChange } from './path-changes.ts';

/** The parts of a rule that filters say. */
export interface ReadActions extends Pick<RouteRule, 'headers' | 'rewrite' | 'redirect' | 'mirror'> {
  /** The change of the path of a rewrite or redirect, which depends on the match. */
  readonly path?: ReadPathChange;
}

/** Returns the parts of a rule that its filters say; requests of a rule that goes nowhere are changed by none. */
export function readFilters(
  filters: Field,
  readBackend: (ref: Field) => Backend | undefined,
  isNowhere: boolean,
): ReadActions {
  let actions: ReadActions = {};
  for (const filter of filters.items()) {
    filter.at('type').text();
    const answer = readAnswer(filter);
    const own = isNowhere ? withoutRequest(filter) : readRequest(filter, readBackend);
    const headers = { ...actions.headers, ...own.headers, ...answer.headers };
    const mirrors = [...(actions.mirror ?? []), ...(own.mirror ?? [])];
    actions = {
      ...actions,
      ...own,
      ...answer,
      ...(Object.keys(headers).length > 0 && { headers }),
      ...(mirrors.length > 0 && { mirror: mirrors }),
    };
  }
  // A redirect takes no other change than that of answers.
  if (actions.redirect === undefined) return actions;
  const { redirect, path, headers: { response } = {} } = actions;
  return { redirect, ...(path && { path }), ...(response && { headers: { response } }) };
}

/** Returns the parts that a filter says about the answer. */
function readAnswer(filter: Field): ReadActions {
  const response = readChanges(filter.at('responseHeaderModifier'));
  const redirect = readRedirect(filter.at('requestRedirect'));
  const path = readPathChange(filter.along('requestRedirect', 'path'));
  return {
    ...(response && { headers: { response } }),
    ...(redirect && { redirect }),
    ...(path && { path }),
  };
}

/** Returns the parts that a filter says about the request on its way to the backends. */
function readRequest(filter: Field, readBackend: (ref: Field) => Backend | undefined): ReadActions {
  const request = readChanges(filter.at('requestHeaderModifier'));
  const rewrite = readRewrite(filter.at('urlRewrite'));
  const path = readPathChange(filter.along('urlRewrite', 'path'));
  const mirror = readMirror(filter.at('requestMirror'), readBackend);
  return {
    ...(request && { headers: { request } }),
    ...(rewrite && { rewrite }),
    ...(path && { path }),
    ...(mirror && { mirror: [mirror] }),
  };
}

function withoutRequest(filter: Field): ReadActions {
  for (const name of ['requestHeaderModifier', 'urlRewrite', 'requestMirror'])
    filter.at(name).withoutEffect('the request goes nowhere, so that nobody sees a change of it');
  return {};
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

function readRewrite(field: Field): RouteRule['rewrite'] | undefined {
  if (!field.isPresent) return undefined;
  field.at('hostToBackendHostname').lost({ callers: 'the host stays as requested' });
  const host = readHost(field.at('hostname'));
  return host === undefined ? undefined : { host };
}

function readRedirect(field: Field): Redirect | undefined {
  if (!field.isPresent) return undefined;
  const scheme = field.at('scheme').text();
  const host = readHost(field.at('hostname'));
  const port = field.at('port').port();
  const status = field.at('statusCode').number();
  return {
    ...((scheme === 'http' || scheme === 'https') && { scheme }),
    ...(host !== undefined && { host }),
    ...(port !== undefined && { port }),
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

function readPathChange(field: Field): ReadPathChange | undefined {
  if (!field.isPresent) return undefined;
  field.at('type').text();
  const [full, prefix] = [field.at('replaceFullPath').text(), field.at('replacePrefixMatch').text()];
  const isPath = (text: string): boolean =>
    /^\/[^?#\s]*$/.test(text) && !/\p{Cc}|%|\/\/|\/\.{1,2}(?:\/|$)/u.test(text);
  if (full !== undefined && isPath(full)) return { type: 'replaceFull', value: full, field };
  if (prefix !== undefined && isPath(prefix)) return { type: 'replacePrefix', value: prefix, field };
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
