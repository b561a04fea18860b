import type { Json } from '../../artifact.ts';
import { type Fields, typed } from '../typed-config.ts';
import { tokenMisspelt } from './misspelt.ts';
import { tokenRequired } from './required.ts';

/** Mapper of a connection manager's local replies: what is wrong with a token is 401, where Envoy says 403 to some. */
export const tokenReplies: readonly Json[] = [
  replyIf("response.code_details.startsWith('jwt_authn_access_denied')", {}),
  replyIf(`response.code_details == 'rbac_access_denied_matched_policy[${tokenMisspelt}]'`, {}),
  replyIf(`response.code_details == 'rbac_access_denied_matched_policy[${tokenRequired}]'`, {
    body: { inline_string: 'a token is required' },
    headers_to_add: [
      { header: { key: 'www-authenticate', value: 'Bearer' }, append_action: 'OVERWRITE_IF_EXISTS_OR_ADD' },
    ],
  }),
];

function replyIf(expression: string, reply: Fields): Json {
  return {
    filter: {
      extension_filter: {
        name: 'envoy.access_loggers.extension_filters.cel',
        typed_config: typed('envoy.extensions.access_loggers.filters.cel.v3.ExpressionFilter', {
          expression,
        }),
      },
    },
    status_code: 401,
    ...reply,
  };
}
