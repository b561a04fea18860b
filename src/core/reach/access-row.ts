import type { Described } from './describe.ts';
import type { AllowedRequests } from './list-access.ts';

/** One entry of `mesh access --format json`; `methods` and `paths` are `["*"]` if all are allowed. */
export interface AccessRow {
  readonly from: readonly string[];
  readonly to: string;
  readonly ports: readonly string[];
  readonly methods: Described;
  readonly paths: Described;
  /** By name of the header. */
  readonly headers?: Readonly<Record<string, Described>>;
  /** Other conditions by their names. */
  readonly when?: Readonly<Record<string, Described>>;
  readonly rules: readonly string[];
  /** The reason why the requests to this destination can't be listed. */
  readonly unproved?: string;
}

const header = 'the header ';

/** Returns allowed requests as an entry of the list. */
export function accessRow({ from, to, port, conditions, rules, unproved }: AllowedRequests): AccessRow {
  const named = [...conditions];
  const headers = named.flatMap(([name, words]) =>
    name.startsWith(header) ? [[name.slice(header.length), words] as const] : [],
  );
  const when = named.filter(
    ([name]) => name !== 'the method' && name !== 'the path' && !name.startsWith(header),
  );
  return {
    from,
    to,
    ports: [port],
    methods: conditions.get('the method') ?? ['*'],
    paths: conditions.get('the path') ?? ['*'],
    ...(headers.length > 0 && { headers: Object.fromEntries(headers) }),
    ...(when.length > 0 && { when: Object.fromEntries(when) }),
    rules,
    ...(unproved !== undefined && { unproved }),
  };
}
