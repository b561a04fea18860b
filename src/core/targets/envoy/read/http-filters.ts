import type { Field } from '../../../import/field.ts';
import type { AccessRule } from '../../../spec/types.gen.ts';
import { idle, lost, type Rest, wider } from './account.ts';
import { extension } from './messages.ts';
import { readRbac } from './rbac.ts';
import type { RbacPlace } from './rbac-conditions.ts';

/** The access that the filters of a listener say. */
export interface ReadAccess {
  readonly rules: readonly AccessRule[];
  readonly closes: boolean;
}

const served = 'the filter refuses nothing any more';
const witness = 'a request that the filter refuses';

/** Filters by a part of the name of their message, or by their name, in the order in which they are looked up. */
const filters: readonly (readonly [pattern: RegExp, rest: Rest])[] = [
  [/\brouter\b/i, idle('every proxy sends requests on')],
  [/\bcors\b/i, idle('the rules have the policies')],
  [/ext_authz/i, wider('nobody asks the authorizer: write it into an Authentication', witness)],
  [
    /jwt_authn/i,
    wider('no token is checked: write an Authentication with the issuers', 'a request without a token'),
  ],
  [/oauth2|basic_auth|api_key_auth|csrf|gcp_authn/i, wider(`${served}: write an Authentication`, witness)],
  [
    /ext_proc|\blua\b|wasm|golang|dynamic_modules/i,
    wider('the program is not in the spec, and may refuse requests', witness),
  ],
  [
    /local_?ratelimit|local_rate_limit|\bratelimit\b|rate_limit/i,
    lost('requests over the limit are served: write rateLimit'),
  ],
  [/\bfault\b/i, lost('no faults are made: write fault')],
  [/health_check/i, lost('the proxy answers no checks of its own health')],
  [/compressor|gzip|decompressor/i, lost('answers are not compressed')],
  [
    /buffer|bandwidth_limit|admission_control|adaptive_concurrency/i,
    lost('requests pass without this limit'),
  ],
  [
    /grpc_web|grpc_json|grpc_http1|connect_grpc|kill_request|aws_|header_to_metadata|set_filter_state|set_metadata|json_to_metadata|header_mutation|file_system_buffer|cache|credential_injector|on_demand|original_src|stateful_session|dynamic_forward_proxy|tap|stream_info/i,
    lost('what the filter does to requests is not in the spec'),
  ],
  [/grpc_stats/i, idle('it counts')],
];

/** Reads the filters of requests. */
export function readHttpFilters(
  list: Field,
  place: Omit<RbacPlace, 'isAllow'>,
  listener: string,
): ReadAccess {
  let access: ReadAccess = { rules: [], closes: false };
  for (const item of list.items()) {
    // Routes can turn such a filter on.
    if (item.at('disabled').value === true)
      item.at('disabled').differently({
        callers: 'the filter is off but at routes that turn it on: the spec has it for all requests',
        access: 'narrower',
      });
    else item.at('disabled').boolean();
    item.at('is_optional').withoutEffect('the filter is known');
    const { kind, config } = extension(item);
    const isRbac = /\brbac\b/i.test(kind);
    if (isRbac && item.at('config_discovery').isPresent) {
      access = { ...access, closes: true, rules: access.rules.filter(({ allow }) => allow === undefined) };
      item.at('config_discovery').lost({
        callers:
          'a server gives the rules of access, which the input does not have: nobody gets in at this listener',
        access: 'narrower',
      });
    } else if (isRbac) access = withRbac(access, config, place, listener);
    else mark(item, kind);
  }
  return access;
}

function mark(item: Field, kind: string): void {
  const [, rest] = filters.find(([pattern]) => pattern.test(kind)) ?? [];
  const own =
    rest ?? wider(`the reader does not know the filter ${kind}, which may refuse requests`, witness);
  if (own.type === 'lost') item.lost(own);
  else item.withoutEffect(own.why);
}

/** Returns the access that a further filter of access leaves. */
export function withRbac(
  access: ReadAccess,
  config: Field,
  place: Omit<RbacPlace, 'isAllow'>,
  listener: string,
): ReadAccess {
  return config.isPresent ? bothOf(access, readRbac(config, place, listener), config) : access;
}

/** All filters of access have to let a call in: two lists of allows can't be said together. `field` is the second filter. */
export function bothOf(one: ReadAccess, other: ReadAccess, field: Field): ReadAccess {
  const rules = [...one.rules, ...other.rules];
  if (!(one.closes && other.closes)) return { rules, closes: one.closes || other.closes };
  field.differently({
    callers:
      'two filters have to let a call in, which an Access can not say: nobody gets in at this listener',
    access: 'narrower',
  });
  return { rules: rules.filter(({ deny }) => deny !== undefined), closes: true };
}
