import type { SigningParts } from '../../core/identity/hierarchy.ts';
import type { GateItem } from '../../core/identity/rotation/gate.ts';
import { signingAuthority } from '../../core/identity/signing-authority.ts';
import { issuerKey, rootKey } from '../../core/identity/signing-keys.ts';
import type { Trust } from '../../core/identity/trust-file.ts';
import type { Ir } from '../../core/ir/ir.ts';
import { PortError } from '../../ports/port-error.ts';

/**
 * Returns a condition for the key of each new authority: met if the key can be read here and belongs to its
 * certificate, else unseen, since somebody else may have the key. The external key of a root is met once the root has
 * signed its issuers.
 */
export async function keyItems(
  { trustDomain, roots, issuers, rotation }: Trust,
  { certificates }: Pick<Ir, 'certificates'>,
  { keys, reader }: Pick<SigningParts, 'keys' | 'reader'>,
): Promise<readonly GateItem[]> {
  const isNew = ({ id }: { readonly id: string }): boolean => rotation?.new.includes(id) === true;
  const wanted = [
    ...roots.filter(isNew).map((one) => ({ ...one, key: rootKey(certificates, trustDomain, one.id) })),
    ...issuers
      .filter((one) => isNew(one) || rotation?.new.includes(one.root) === true)
      .map((one) => ({ ...one, key: issuerKey(certificates, trustDomain, one) })),
  ];
  const items: GateItem[] = [];
  for (const { certificate, key } of wanted) {
    const about = { target: '', who: `the new ${key.what} key`, kind: 'key' as const };
    if (key.storage === 'external') {
      items.push({ ...about, ...keptElsewhere(key.what) });
      continue;
    }
    try {
      await signingAuthority(certificate, key, keys, reader);
      items.push({ ...about, state: 'met', detail: 'it is stored' });
    } catch (error) {
      if (!(error instanceof PortError)) throw error;
      items.push({ ...about, state: 'unseen', detail: error.message });
    }
  }
  return items;
}

function keptElsewhere(what: string): Pick<GateItem, 'state' | 'detail'> {
  return what === 'root'
    ? { state: 'met', detail: 'another authority keeps it, and signed the new issuers with it' }
    : {
        state: 'unseen',
        detail: 'another authority keeps it (spec.certificates), so nobody here sees that it signs',
      };
}
