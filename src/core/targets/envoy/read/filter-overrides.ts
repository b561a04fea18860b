import { defined, unlessEmpty } from '../../../import/defined.ts';
import { durationText } from '../../../import/duration-text.ts';
import type { Field } from '../../../import/field.ts';
import { isToken } from '../../../import/written-values.ts';
import type { Cors } from '../../../spec/types.gen.ts';
import { typeOf } from './messages.ts';

/** The settings of filters that a route or a virtual host has for itself. */
export interface Overrides {
  readonly cors?: Cors;
  /** True if the rules of access are others there: the spec refuses all requests. */
  readonly closes?: true;
}

/** Reads `typed_per_filter_config`. */
export function readOverrides(message: Field): Overrides {
  const config = message.at('typed_per_filter_config');
  let overrides: Overrides = {};
  if (!config.isPresent) return overrides;
  for (const [, field] of config.entries()) {
    const type = typeOf(field);
    if (type.endsWith('.CorsPolicy')) overrides = { ...overrides, ...defined({ cors: readCors(field) }) };
    else if (type.endsWith('.RBACPerRoute')) overrides = { ...overrides, ...readAccess(field) };
    else if (type.endsWith('.FilterConfig')) {
      const inner = field.at('config');
      if (typeOf(inner).endsWith('.RBACPerRoute')) overrides = { ...overrides, ...readAccess(inner) };
      field.differently({ callers: 'the filter holds for these requests, too', access: 'narrower' });
    } else
      field.lost({
        callers: `the settings of ${type === '' ? 'the filter' : type} for these requests do not hold`,
      });
  }
  return overrides;
}

function readAccess(field: Field): Pick<Overrides, 'closes'> {
  const rbac = field.at('rbac');
  const restricts = ['rules', 'matcher'].some((name) => rbac.at(name).isPresent);
  field.lost({
    callers: restricts
      ? 'the rules of access for these requests can not be said beside those of the listener: the requests are refused'
      : 'these requests need the leave of the listener, too',
    access: 'narrower',
  });
  return restricts ? { closes: true } : {};
}

function readCors(field: Field): Cors | undefined {
  const origins = field
    .at('allow_origin_string_match')
    .items()
    .flatMap((item) => {
      const exact = item.at('exact').text();
      const isAll =
        item.at('prefix').value === '' ||
        item.at('prefix').value === '*' ||
        item.along('safe_regex', 'regex').value === '.*';
      if (exact !== undefined) return [exact];
      if (isAll) {
        item.withoutEffect('it takes every origin, which is a star');
        return ['*'];
      }
      item.lost({
        callers: 'browsers on pages of these origins are refused: the language takes whole origins',
        access: 'narrower',
      });
      return [];
    });
  const words = (name: string): readonly string[] | undefined => {
    const list = (field.at(name).text() ?? '').split(',').map((word) => word.trim());
    return unlessEmpty(list.filter((word) => isToken(word)));
  };
  for (const name of ['filter_enabled', 'shadow_enabled'])
    field.at(name).lost({ callers: 'the policy holds for all requests' });
  for (const name of ['allow_private_network_access', 'forward_not_matching_preflights'])
    field.at(name).lost({ callers: 'preflights of other origins are ordinary requests' });
  const seconds = field.at('max_age').text();
  const maxAge = seconds === undefined ? undefined : durationText(`${seconds}s`);
  if (origins.length === 0) return undefined;
  return {
    allowOrigins: [...new Set(origins)],
    ...defined({
      allowMethods: words('allow_methods'),
      allowHeaders: words('allow_headers'),
      exposeHeaders: words('expose_headers'),
      allowCredentials: field.at('allow_credentials').boolean(),
      maxAge,
    }),
  };
}
