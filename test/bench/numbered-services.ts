/** Name and namespace of a generated service. */
export interface Place {
  readonly name: string;
  readonly namespace: string;
}

/** The services s0, s1, … of a generated mesh, in namespaces n0, n1, … of the same size. */
export class NumberedServices {
  readonly ofNamespace: number;

  constructor(ofNamespace: number) {
    this.ofNamespace = ofNamespace;
  }

  readonly placeOf = (number: number): Place => ({
    name: `s${String(number)}`,
    namespace: `n${String(Math.floor(number / this.ofNamespace))}`,
  });

  idOf(number: number): string {
    const { name, namespace } = this.placeOf(number);
    return `${namespace}/${name}`;
  }

  /** Returns `metadata` of the documents of a service. */
  metadataOf(number: number): string {
    const { name, namespace } = this.placeOf(number);
    return `{name: ${name}, namespace: ${namespace}}`;
  }
}

/** Returns a Mesh document with a target for each platform, named after it; `settings` are further lines of its spec. */
export function meshDocument(name: string, platforms: readonly string[], settings = ''): string {
  const targets = platforms.map(
    (platform) => `    ${platform}: {platform: ${platform}, output: {directory: out/${platform}}}\n`,
  );
  return `apiVersion: mesh/v1
kind: Mesh
metadata: {name: ${name}}
spec:
  trustDomain: ${name}.example
${settings}  targets:
${targets.join('')}`;
}
