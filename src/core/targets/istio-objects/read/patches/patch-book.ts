import type { Difference } from '../../../../import/fate.ts';
import type { Field } from '../../../../import/field.ts';
import type { NativeDocument } from '../../../../import/native-document.ts';
import type { Surroundings } from '../surroundings.ts';
import { type Patch, readPatches } from './patch.ts';
import { refusalOf } from './refusals.ts';

/** The patches of all EnvoyFilters, and what became of each. */
export class PatchBook {
  readonly all: readonly Patch[];
  readonly #documents: readonly NativeDocument[];
  readonly #read = new Set<Field>();
  readonly #reasons = new Map<Field, string>();

  constructor(documents: readonly NativeDocument[], surroundings: Surroundings) {
    this.#documents = documents;
    this.all = documents.flatMap((one) => readPatches(one, surroundings));
  }

  /** Marks a patch that the spec says the same as. */
  carry({ field }: Patch): void {
    this.#read.add(field);
    field.carried();
  }

  /** Marks a patch that the spec says nearly the same as. */
  carryDifferently({ field }: Patch, difference: Difference): void {
    this.#read.add(field);
    field.differently(difference);
  }

  /** Marks a patch that changes nothing for callers. */
  setAside({ field }: Patch, why: string): void {
    this.#read.add(field);
    field.withoutEffect(why);
  }

  /** Notes the reason why a patch is not read; the first one of a patch counts. */
  refuse({ field }: Patch, reason: string): void {
    if (!this.#reasons.has(field)) this.#reasons.set(field, reason);
  }

  /** Returns true for a patch that no reader has taken. */
  isOpen({ field }: Patch): boolean {
    return !this.#read.has(field);
  }

  /** Marks all patches that no reader took as lost: an EnvoyFilter of which nothing is read as a whole. */
  close(): void {
    for (const { root } of this.#documents) {
      const spec = root.at('spec');
      const items = spec.at('configPatches').items();
      const open = items.filter((one) => !this.#read.has(one));
      if (open.length === items.length) this.#lose(root, open);
      else {
        accountForScope(spec);
        for (const one of open) one.lost(differenceOf(one.value, this.#reasonOf(one)));
      }
    }
  }

  #lose(root: Field, patches: readonly Field[]): void {
    const own = patches.flatMap((one) => this.#reasons.get(one) ?? []);
    const reason = own.length > 0 ? [...new Set(own)].join('; ') : refusalOf(root.value);
    for (const [name, field] of root.entries())
      if (!['apiVersion', 'kind', 'metadata', 'status'].includes(name))
        field.lost(differenceOf(root.value, reason));
  }

  #reasonOf(field: Field): string {
    return this.#reasons.get(field) ?? refusalOf(field.value);
  }
}

/** The fields that say which proxies have the patches are part of what was read of these. */
function accountForScope(spec: Field): void {
  for (const name of ['workloadSelector', 'targetRefs']) spec.at(name).carried();
  spec.at('priority').withoutEffect('it orders this object among others');
}

/** A patch that may refuse calls makes the import more open where it is left out. */
function differenceOf(value: unknown, callers: string): Difference {
  const text = JSON.stringify(value);
  const mayRefuse =
    /ext_authz|rbac|jwt_authn|lua|wasm|oauth2|local_ratelimit|\bratelimit/i.test(text) && !notesOnly(text);
  return { callers, ...(mayRefuse && { access: 'wider' as const }) };
}

/** Rules of access in the shadow of none note what they would refuse. */
function notesOnly(text: string): boolean {
  return text.includes('"shadow_rules"') && !/"rules":\{|"matcher"|"action":"DENY"/.test(text);
}
