/** A mesh without services, in a folder whose output Git ignores. */
export const meshOnly: Readonly<Record<'mesh.yaml' | '.gitignore', string>> = {
  'mesh.yaml': `apiVersion: mesh/v1
kind: Mesh
metadata: {name: shop}
spec:
  trustDomain: shop.example
  targets:
    local: {platform: envoy, output: {directory: live}}
`,
  '.gitignore': 'live/\n',
};
