import type { Diagnostic } from '../../diagnostics/diagnostic.ts';
import type { Ir } from '../../ir/ir.ts';
import { link } from '../../ir/link/link.ts';
import type { Source } from '../../source/source.ts';
import { loadSpec } from '../../spec/load.ts';
import type { Spec } from '../../spec/spec.ts';
import type { FederatedTrust, MeshSpec } from '../../spec/types.gen.ts';
import { defined } from '../defined.ts';
import { withJoinedRules } from '../joined-rules.ts';
import { takesKubernetes } from '../kubernetes/read-kubernetes.ts';
import { layOut } from '../lay-out.ts';
import { type LedgerEntry, ledgerOf } from '../ledger.ts';
import { mergeDocuments } from '../merge-documents.ts';
import type { NativeDocument } from '../native-document.ts';
import { nativeFiles } from '../native-files.ts';
import { headedBy, type ReadContext, type Reader } from '../reader.ts';
import { ServiceGuesses } from '../service-guesses.ts';
import { inventoryOfMesh } from './inventory-of-mesh.ts';
import { withKnownListeners } from './known-listeners.ts';

/** A mesh that was read back from the output of a target. */
export interface ReadBack {
  /** Absent if the documents that were read don't link. */
  readonly ir?: Ir;
  readonly ledger: readonly LedgerEntry[];
  /** Errors of the reader and of the documents that were read. */
  readonly diagnostics: readonly Diagnostic[];
}

/**
 * Reads the compiled files of a target as the mesh that they describe. Kubernetes' own objects, which a target doesn't write,
 * are taken from `ir`: the ports, pods, accounts and versions of services.
 */
export function readBack(ir: Ir, spec: Spec, sources: readonly Source[], reader: Reader): ReadBack {
  const native = nativeFiles(sources);
  const guesses = new ServiceGuesses();
  const inventory = inventoryOfMesh(ir, spec);
  const context: ReadContext = {
    inventory,
    trustDomain: ir.trustDomain,
    isExact: true,
    clusters: ir.clusters,
    namespaceOf: ({ namespace }: NativeDocument) => (namespace === '' ? 'default' : namespace),
    guessed: guesses.ids.bind(guesses),
    guess: guesses.add.bind(guesses),
    assume: () => undefined,
    refuse: (document, reason) => document.root.lost({ callers: reason, isReported: true }),
  };
  const taken = headedBy(reader, native.documents).filter((one) => reader.takes(one));
  const read = reader.read(taken, context);
  const services = inventory.services.map(({ namespace, name, spec, from }) => ({
    kind: 'Service' as const,
    namespace,
    name,
    spec,
    from,
  }));
  const merged = withJoinedRules(
    withKnownListeners(
      mergeDocuments(guesses.named([...services, ...guesses.result().documents, ...read.documents])),
    ),
    read.mesh?.defaults,
  );
  const files = layOut(
    {
      ...read.mesh,
      ...knownBundles(spec, read.mesh?.certificates),
      trustDomain: ir.trustDomain,
      ...defined({ clusters: spec.mesh.value.spec.clusters }),
      targets: {},
    },
    ir.name,
    merged,
  );
  const written = files.map(({ file, text }) => ({ file, bytes: new TextEncoder().encode(text) }));
  const { spec: back, diagnostics } = loadSpec({ sources: written, unreadable: [] }, {});
  const linked = back === undefined ? undefined : link(back);
  const found = [
    ...native.diagnostics,
    ...(read.findings ?? []),
    ...diagnostics,
    ...(linked?.diagnostics ?? []),
  ];
  return {
    ...(linked?.ir === undefined ? {} : { ir: linked.ir }),
    // Kubernetes' own objects are those of `ir`.
    ledger: taken.filter((one) => !takesKubernetes(one)).flatMap(ledgerOf),
    diagnostics: found.filter(({ severity }) => severity === 'error'),
  };
}

/** Returns the certificates of a mesh with the files of bundles that the spec names: outputs hold the keys, and not their places. */
function knownBundles(spec: Spec, read: MeshSpec['certificates']): Pick<MeshSpec, 'certificates'> {
  const written = spec.mesh.value.spec.certificates?.federation ?? {};
  if (read?.federation === undefined) return {};
  const federation = Object.entries(read.federation).map(
    ([domain, trust]): readonly [string, FederatedTrust] => [
      domain,
      { ...trust, ...(Object.hasOwn(written, domain) && written[domain]) },
    ],
  );
  return { certificates: { ...read, federation: Object.fromEntries(federation) } };
}
