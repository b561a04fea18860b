import type { Diagnostic } from '../../diagnostics/diagnostic.ts';
import type { Report } from '../../diagnostics/message.ts';
import type { BrokenSpec } from '../../spec/broken-spec.ts';
import type { Written } from '../../spec/recognise.ts';
import { type WrittenReference, writtenReferences } from '../../spec/written-references.ts';
import { collectedFindings } from './collected-findings.ts';
import { destinationId, gatewayId, idOf, isProfile, type KnownNames } from './names.ts';
import { reportUnknownPort, titleOf } from './ports.ts';
import { reportUnknownVersion } from './versions.ts';

/**
 * Returns findings about the references of a spec with errors, which can't be linked. Reports a name only if no text
 * of the spec can define it, and a version or port only if the document of its owner has no error.
 */
export function unknownNames({ documents, faulty, hidden }: BrokenSpec): readonly Diagnostic[] {
  const { report, diagnostics } = collectedFindings();
  const named = documents.filter((document) => document.name !== undefined);
  const byKind = (kind: Written['kind']) =>
    new Map(named.flatMap((one) => (one.kind === kind ? [[id(one), one] as const] : [])));
  const known: KnownDocuments = {
    services: byKind('Service'),
    externals: byKind('External'),
    gateways: byKind('Gateway'),
    profiles: new Set(named.flatMap(({ kind, name = '' }) => (kind === 'Profile' ? [name] : []))),
    owner: (owner) => {
      const document = known.services.get(owner) ?? known.externals.get(owner);
      return document === undefined || faulty.has(document) ? undefined : document;
    },
  };
  for (const document of documents) {
    for (const reference of writtenReferences(document.value)) {
      const name = reference.id.slice(reference.id.indexOf('/') + 1);
      if (isName.test(reference.text) && !isConditional(document, reference) && !hidden.has(name))
        check(known, document, reference, report);
    }
  }
  return diagnostics();
}

/** Matches a name with or without its namespace; any other text violates the schema. */
const isName = /^(?:[a-z0-9-]{1,63}\/)?[a-z0-9-]{1,63}$/;

interface KnownDocuments extends KnownNames {
  readonly services: ReadonlyMap<string, Written>;
  readonly externals: ReadonlyMap<string, Written>;
  /** Returns the document of a Service or External; undefined if there is none, or if its fields are uncertain. */
  readonly owner: (id: string) => Written | undefined;
}

function check(known: KnownDocuments, written: Written, reference: WrittenReference, report: Report): void {
  const { thing, text: name, namespace, container, path, part, owner } = reference;
  const key = path.at(-1);
  const at = { container, part, ...(key !== undefined && { key }) };
  if (thing === 'service')
    destinationId(known, { name, namespace, isCaller: path.includes('from'), ...at }, report);
  else if (thing === 'gateway') gatewayId(known, { name, namespace, ...at }, report);
  else if (thing === 'profile') isProfile(known, { name, namespace, ...at }, report);
  else if (thing !== 'namespace' && owner !== undefined) {
    const document = known.owner(owner);
    if (document === undefined) return;
    const title = titleOf(document.kind, owner);
    const names = thing === 'version' ? versionsOf(document) : keysOf(document.value['spec'], 'ports');
    if (names.includes(name)) return;
    if (thing === 'version')
      reportUnknownVersion({ report }, title, names, name, at, versionsBeside(written, reference));
    else reportUnknownPort({ report }, { title, portNames: names }, name, at);
  }
}

/** Returns the versions that the backends beside a reference name, of the same service. */
function versionsBeside({ value }: Written, { path, container }: WrittenReference): readonly unknown[] {
  if (path.at(-3) !== 'backends') return [];
  const beside = path.slice(0, -2).reduce<unknown>((at, key) => (at as never)[key], value);
  const { service } = container as { readonly service?: unknown };
  // Any form is possible here: the schema may refuse the backends beside it.
  return (beside as readonly ({ readonly service?: unknown; readonly version?: unknown } | null)[]).flatMap(
    (one) => (one?.service === service ? (one?.version ?? []) : []),
  );
}

/**
 * Returns true for a reference that counts only if other fields or documents say so: what a Profile sets, and ports of
 * listeners.
 */
function isConditional({ kind, value }: Written, { thing, path }: WrittenReference): boolean {
  if (kind === 'Profile') return true;
  if (thing !== 'port') return false;
  const { gateways } = value['spec'] as Readonly<Record<string, unknown>>;
  return path.includes('match')
    ? gateways !== undefined
    : path.includes('externalAuthorization') && path.includes('ports');
}

function versionsOf({ kind, value }: Written): readonly string[] {
  if (kind === 'External') return [];
  const { versions } = value['spec'] as Readonly<Record<string, unknown>>;
  return versions === undefined ? ['default'] : keysOf(value['spec'], 'versions');
}

function keysOf(spec: unknown, field: string): readonly string[] {
  const map = (spec as Readonly<Record<string, unknown>>)[field];
  return typeof map === 'object' && map !== null ? Object.keys(map).sort() : [];
}

function id({ namespace, name = '' }: Written): string {
  return idOf({ namespace, name });
}
