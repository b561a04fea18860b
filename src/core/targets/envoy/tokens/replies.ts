import type { Json } from '../../artifact.ts';
import { localReply } from '../local-reply.ts';
import { tokenMisspelt } from './misspelt.ts';
import { tokenRequired } from './required.ts';

/**
 * Mappers of a connection manager that turn local replies about a bad token into 401; Envoy uses 403 for some of them.
 */
export const tokenReplies: readonly Json[] = [
  localReply("response.code_details.startsWith('jwt_authn_access_denied')", 401),
  localReply(`response.code_details == 'rbac_access_denied_matched_policy[${tokenMisspelt}]'`, 401),
  localReply(`response.code_details == 'rbac_access_denied_matched_policy[${tokenRequired}]'`, 401, {
    body: { inline_string: 'a token is required' },
    headers_to_add: [
      { header: { key: 'www-authenticate', value: 'Bearer' }, append_action: 'OVERWRITE_IF_EXISTS_OR_ADD' },
    ],
  }),
];
