import type { Artifact } from '../artifact.ts';
import { authoritySecrets } from './authority-files.ts';
import type { Lowering } from './context.ts';
import type { MeshIdentitySpec } from './crds/kuma.gen.ts';
import type { LoweringOptions } from './options.ts';
import { resource } from './resource.ts';
import { namespaceLabel } from './service-ref.ts';
import { serverTimes } from './settings/timeouts.ts';

/** Returns the policies for all proxies of a mesh: their identity, strict TLS, other hosts, and times at servers. */
export function meshPolicies({ ir, options }: Lowering): readonly Artifact[] {
  const head = { name: 'mesh', from: `Mesh/${ir.name}`, origins: [ir.origin] };
  const targetRef = { kind: 'Mesh' } as const;
  const path =
    options.mode === 'kubernetes'
      ? '/ns/{{ .Namespace }}/sa/{{ .ServiceAccount }}'
      : `/ns/{{ label "${namespaceLabel}" }}/sa/{{ label "meshwright.dev/account" }}`;
  return [
    resource(
      {
        kind: 'MeshIdentity',
        ...head,
        spec: {
          // An empty selector would select no proxy.
          selector: { dataplane: { matchLabels: {} } },
          spiffeID: { trustDomain: ir.trustDomain, path },
          provider: {
            type: 'Bundled',
            bundled: {
              meshTrustCreation: 'Enabled',
              insecureAllowSelfSigned: true,
              ...authority(options),
              certificateParameters: { expiry: '24h' },
            },
          },
        },
      },
      options,
    ),
    resource(
      { kind: 'MeshTLS', ...head, spec: { targetRef, rules: [{ default: { mode: 'Strict' } }] } },
      options,
    ),
    resource(
      {
        kind: 'MeshPassthrough',
        ...head,
        spec: { targetRef, default: { passthroughMode: ir.egress === 'deny' ? 'None' : 'All' } },
      },
      options,
    ),
    resource(
      {
        kind: 'MeshTimeout',
        ...head,
        spec: { targetRef, rules: [{ default: { idleTimeout: '0s', http: serverTimes } }] },
      },
      options,
    ),
  ];
}

type Bundled = NonNullable<NonNullable<MeshIdentitySpec['provider']>['bundled']>;

function authority(options: LoweringOptions): Pick<Bundled, 'autogenerate' | 'ca'> {
  if (options.authority === 'generated') return { autogenerate: { enabled: true } };
  const from = (name: string) => ({ type: 'Secret', secretRef: { kind: 'Secret', name } }) as const;
  return {
    autogenerate: { enabled: false },
    ca: { certificate: from(authoritySecrets.certificate), privateKey: from(authoritySecrets.key) },
  };
}
