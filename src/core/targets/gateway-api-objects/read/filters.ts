import { defined, unlessEmpty } from '../../../import/defined.ts';
import { durationText } from '../../../import/duration-text.ts';
import type { Field } from '../../../import/field.ts';
import { isChangeableHeader, isHeaderValue, isPath, isToken } from '../../../import/written-values.ts';
import type { Cors, HeaderChanges, Mirror, Redirect, RouteRule } from '../../../spec/types.gen.ts';
import { type RouteHome, readBackend } from './backends.ts';

/** The parts of a rule that filters say. */
export type FilterParts = Pick<RouteRule, 'headers' | 'redirect' | 'rewrite' | 'mirror' | 'cors'>;

/** Reads the filters of a rule. */
export function readFilters(list: Field, home: RouteHome): FilterParts {
  const headers: { request?: HeaderChanges; response?: HeaderChanges } = {};
  const mirrors: Mirror[] = [];
  let parts: FilterParts = {};
  for (const item of list.items()) {
    const type = item.at('type').text();
    if (type === 'RequestHeaderModifier')
      assign(headers, 'request', readChanges(item.at('requestHeaderModifier')));
    else if (type === 'ResponseHeaderModifier')
      assign(headers, 'response', readChanges(item.at('responseHeaderModifier')));
    else if (type === 'RequestRedirect')
      parts = { ...parts, redirect: readRedirect(item.at('requestRedirect'), home) };
    else if (type === 'URLRewrite')
      parts = { ...parts, ...defined({ rewrite: readRewrite(item.at('urlRewrite')) }) };
    else if (type === 'RequestMirror') mirrors.push(...readMirror(item.at('requestMirror'), home));
    else if (type === 'CORS') parts = { ...parts, ...defined({ cors: readCors(item.at('cors')) }) };
    else if (type === 'ExternalAuth')
      item.lost({
        callers: 'nobody asks the external authorizer: write it into an Authentication',
        access: 'wider',
      });
    else item.lost({ callers: 'what the controller does by this filter is not in the Route' });
  }
  return {
    ...parts,
    ...defined({ headers: unlessEmpty(headers), mirror: unlessEmpty(mirrors) }),
  };
}

function assign(
  headers: { request?: HeaderChanges; response?: HeaderChanges },
  side: 'request' | 'response',
  changes: HeaderChanges | undefined,
): void {
  if (changes !== undefined) headers[side] = changes;
}

function readChanges(field: Field): HeaderChanges | undefined {
  const taken = new Set<string>();
  const values = (name: string): Readonly<Record<string, string>> | undefined => {
    const kept: Record<string, string> = {};
    for (const item of field.at(name).items()) {
      const header = item.at('name').text() ?? '';
      const value = item.at('value').text() ?? '';
      if (isChangeableHeader(header) && isHeaderValue(value) && !taken.has(header.toLowerCase()))
        kept[header] = value;
      else item.lost({ callers: `the header ${header} stays as it is` });
      taken.add(header.toLowerCase());
    }
    return unlessEmpty(kept);
  };
  const [set, add] = [values('set'), values('add')];
  const remove = field
    .at('remove')
    .items()
    .flatMap((item) => {
      const header = item.text() ?? '';
      const isFree = isChangeableHeader(header) && !taken.has(header.toLowerCase());
      if (!isFree) item.lost({ callers: `the header ${header} stays` });
      return isFree ? [header] : [];
    });
  return unlessEmpty(defined({ set, add, remove: unlessEmpty(remove) }));
}

function readRedirect(field: Field, { namesPort }: RouteHome): Redirect {
  const scheme = field.at('scheme').text();
  const host = field.at('hostname').text();
  // A filter without a port means that of its scheme, and a rule that of the request.
  const usual = scheme === 'https' ? 443 : scheme === 'http' ? 80 : undefined;
  const port = field.at('port').port() ?? (namesPort ? usual : undefined);
  const code = field.at('statusCode').number() ?? 302;
  return {
    ...defined({
      scheme: (['http', 'https'] as const).find((one) => one === scheme),
      host,
      port,
      path: readPath(field.at('path'), (full) => full),
    }),
    status: ([301, 302, 303, 307, 308] as const).find((one) => one === code) ?? 302,
  };
}

function readRewrite(field: Field): RouteRule['rewrite'] {
  const host = field.at('hostname').text()?.toLowerCase();
  const path = readPath(field.at('path'), (full) => ({ replaceFull: full }));
  return unlessEmpty(defined({ path, host }));
}

function readPath<T>(
  field: Field,
  full: (path: string) => T,
): T | { readonly replacePrefix: string } | undefined {
  if (!field.isPresent) return undefined;
  field.at('type').text();
  const [whole, prefix] = [field.at('replaceFullPath').text(), field.at('replacePrefixMatch').text()];
  if (whole !== undefined && isPath(whole)) return full(whole);
  if (prefix !== undefined) {
    const replacePrefix = prefix === '' ? '/' : prefix;
    if (isPath(replacePrefix)) return { replacePrefix };
  }
  field.lost({ callers: 'the path stays as it is' });
  return undefined;
}

function readMirror(field: Field, home: RouteHome): readonly Mirror[] {
  const backend = readBackend(field.at('backendRef'), home);
  const percent = field.at('percent').number();
  const [numerator, denominator] = [
    field.along('fraction', 'numerator').number(),
    field.along('fraction', 'denominator').number() ?? 100,
  ];
  const share =
    numerator === undefined ? percent : Math.round((numerator / denominator) * 1_000_000) / 10_000;
  if (backend === undefined || share === 0) return [];
  return [{ ...backend, ...defined({ percent: share }) }];
}

function readCors(field: Field): Cors | undefined {
  const origins = field
    .at('allowOrigins')
    .items()
    .flatMap((item) => {
      const origin = item.text() ?? '';
      const isWhole = origin === '*' || !origin.includes('*');
      if (!isWhole)
        item.lost({
          callers: 'browsers on pages of these origins are refused: the language takes whole origins',
          access: 'narrower',
        });
      return isWhole ? [origin] : [];
    });
  const words = (name: string): readonly string[] | undefined =>
    unlessEmpty((field.at(name).texts() ?? []).filter((word) => isToken(word)));
  const allowCredentials = field.at('allowCredentials').boolean();
  const seconds = field.at('maxAge').number();
  const [allowMethods, allowHeaders, exposeHeaders] = [
    words('allowMethods'),
    words('allowHeaders'),
    words('exposeHeaders'),
  ];
  const maxAge = seconds === undefined ? undefined : durationText(`${String(seconds)}s`);
  if (origins.length === 0) return undefined;
  return {
    allowOrigins: origins,
    ...defined({ allowMethods, allowHeaders, exposeHeaders, allowCredentials, maxAge }),
  };
}
