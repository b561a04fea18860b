import { extensionForm } from './forms.ts';

const decision = (action: string) =>
  ({
    action: {
      name: action,
      typed_config: {
        '@type': 'type.googleapis.com/envoy.config.rbac.v3.Action',
        name: 'one-identity',
        action,
      },
    },
  }) as const;

/** The filter that closes connections with several identities. */
export const oneIdentity = extensionForm('one-identity', 'envoy.extensions.filters.network.rbac.v3.RBAC', {
  stat_prefix: 'identity.',
  matcher: {
    matcher_list: {
      matchers: [
        {
          predicate: {
            single_predicate: {
              input: extensionForm('uris', 'envoy.extensions.matching.common_inputs.ssl.v3.UriSanInput', {}),
              value_match: { contains: ',' },
            },
          },
          on_match: decision('DENY'),
        },
      ],
    },
    on_no_match: decision('ALLOW'),
  },
});
