import type { DescribedOutcome } from '../core/explain/request/describe-outcome.ts';

type Shares = NonNullable<DescribedOutcome['backends']>;

/** Returns the change of an outcome in a few words: only the parts of it that differ. */
export function outcomeChangeWords(before: DescribedOutcome, after: DescribedOutcome, to: string): string {
  const [was, is] = [outcomeWords(before, to), outcomeWords(after, to)];
  if (was !== is) return `${was} → ${is}`;
  const differing = fields.flatMap((name) => {
    const [old, now] = [JSON.stringify(before[name]), JSON.stringify(after[name])];
    return old === now ? [] : [`${words[name] ?? name} ${short(before[name])} → ${short(after[name])}`];
  });
  return differing.length === 0 ? `${was}, in another way` : differing.join(', ');
}

const fields = [
  'timeout',
  'tries',
  'perTryTimeout',
  'retryOn',
  'mirrors',
  'fault',
  'rewritten',
  'requestHeaders',
  'responseHeaders',
  'rateLimited',
  'location',
] as const satisfies readonly (keyof DescribedOutcome)[];

const words: Readonly<Partial<Record<(typeof fields)[number], string>>> = {
  perTryTimeout: 'timeout of a try',
  retryOn: 'retried on',
  requestHeaders: 'request headers',
  responseHeaders: 'response headers',
  rateLimited: 'rate limits',
};

/** Returns an outcome in a few words, such as `refused 403` or `v1 90 %, v2 10 %`; `to` is the requested service. */
function outcomeWords(
  { outcome, status, location, backends = [], refusedShare, port }: DescribedOutcome,
  to: string,
): string {
  switch (outcome) {
    case 'refused':
    case 'unroutable':
      return status === 0 ? 'connection refused' : `${outcome} ${String(status)}`;
    case 'responded':
      return `answered ${String(status)}`;
    case 'redirected':
      return `redirected ${String(status)} to ${location ?? ''}`;
    case 'forwarded': {
      const lost = refusedShare === undefined ? '' : `, ${percent(refusedShare)} refused`;
      const shares = backends.map((share) => shareWords(share, to, port));
      return shares.length === 1 && isWhole(backends[0], to)
        ? `forwarded${lost}`
        : `${shares.join(', ')}${lost}`;
    }
  }
}

/** Returns true if a share is the requested service without versions to name. */
function isWhole(share: Shares[number] | undefined, to: string): boolean {
  return share?.service === to && (share.version === '*' || share.version === 'default');
}

function shareWords(
  { service, version, port, share, tls }: Shares[number],
  to: string,
  asked: string | number | undefined,
): string {
  const name = [...(service === to ? [] : [service]), ...(version === '*' ? [] : [version])].join(' ');
  const beside = port === undefined || port === asked ? '' : `:${port}`;
  const encrypted = tls === undefined ? '' : ` by TLS to ${tls.serverName}`;
  return `${name === '' ? service : name}${beside}${share === 1 ? '' : ` ${percent(share)}`}${encrypted}`;
}

function percent(share: number): string {
  return `${String(Math.round(share * 10_000) / 100)} %`;
}

function short(value: unknown): string {
  if (typeof value === 'number') return String(value);
  if (value === undefined) return 'none';
  const text = JSON.stringify(value);
  return text.length > 60 ? `${text.slice(0, 60)}…` : text;
}
