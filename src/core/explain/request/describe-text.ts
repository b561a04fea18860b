import type { Ir } from '../../ir/ir.ts';
import type { HeaderChanges } from '../../ir/route.ts';
import { escapeControl } from '../../lib/escape-control.ts';
import { formatOrigin } from '../../location.ts';
import type { Forwarded, Outcome, Share } from '../../semantics/outcome.ts';

/**
 * Describes an outcome for people on one screen: first the result, then the steps of the request, then the lines of the
 * spec that decided. If `ir` is given, the text about a timeout says that it ends streams.
 */
export function describeText(outcome: Outcome, ir?: Ir): string {
  const rows = [
    ...(outcome.outcome === 'forwarded' ? forwardedRows(outcome, ir) : answerRows(outcome)),
    ...headerRows('response headers', outcome.responseHeaders),
  ];
  const lines = rows.map(([name, text]) => `  ${name.padEnd(17)} ${text}`);
  return [answer(outcome), ...lines, ...decided(outcome)].map((line) => `${escapeControl(line)}\n`).join('');
}

type Row = readonly [name: string, text: string];

function answer(outcome: Outcome): string {
  switch (outcome.outcome) {
    case 'forwarded': {
      const refused = outcome.refusedShare === undefined ? '' : `, ${percent(outcome.refusedShare)} refused`;
      return `forwarded to ${outcome.backends.map((to) => share(to, outcome.portName)).join(', ')}${refused}`;
    }
    case 'redirected':
      return `redirected ${outcome.status} to ${outcome.location}`;
    case 'responded':
      return `responded ${outcome.status}: ${outcome.reason}`;
    case 'refused':
    case 'unroutable': {
      const status = outcome.status === 0 ? '(the connection fails or is closed)' : String(outcome.status);
      return `${outcome.outcome} ${status}: ${outcome.reason}`;
    }
  }
}

function answerRows(outcome: Exclude<Outcome, Forwarded>): readonly Row[] {
  return outcome.outcome === 'responded' && outcome.body !== undefined
    ? [['body', shortened(outcome.body)]]
    : [];
}

function forwardedRows(outcome: Forwarded, ir: Ir | undefined): readonly Row[] {
  const { port, portName, timeout, tries, perTryTimeout, retryOn, rewritten, fault } = outcome;
  const perTry = perTryTimeout === 0 ? '' : `, each at most ${milliseconds(perTryTimeout)}`;
  const retries = tries === 1 ? '1, no retries' : `${tries}${perTry}, again on ${retryOn.join(', ')}`;
  return [
    ['port', portName === undefined ? String(port) : `${portName} (${port})`],
    [
      'timeout',
      timeout === 0 ? 'none' : `${milliseconds(timeout)}${endsStreams(outcome, ir) ? streamNote : ''}`,
    ],
    ['tries', retries],
    ...(rewritten.path === '' ? [] : [['server receives', `${rewritten.host} ${rewritten.path}`] as const]),
    ...headerRows('request headers', outcome.requestHeaders),
    ...outcome.mirrors.map((mirror) => ['mirror', share(mirror, portName)] as const),
    ...(fault.delay === undefined
      ? []
      : [['fault', `${percent(fault.delay.share)} wait ${milliseconds(fault.delay.ms)}`] as const]),
    ...(fault.abort === undefined
      ? []
      : [['fault', `${percent(fault.abort.share)} answered ${fault.abort.status}`] as const]),
    ...outcome.rateLimited.map(
      ({ at, requests, per, burst }) =>
        ['rate limit', `${requests} in ${milliseconds(per)}, burst ${burst}, counted by the ${at}`] as const,
    ),
  ];
}

const streamNote = '; it ends gRPC streams, too: 0s for those that live long';

/** Returns true if a backend speaks gRPC: its streams may last longer than any timeout. */
function endsStreams({ backends }: Forwarded, ir: Ir | undefined): boolean {
  return backends.some(({ service, port }) => {
    const ports = ir?.services[service]?.ports ?? ir?.externals[service]?.ports ?? [];
    return ports.some(({ name, protocol }) => name === port && protocol === 'grpc');
  });
}

function headerRows(name: string, { set, add, remove }: HeaderChanges): readonly Row[] {
  const changes = [
    ...set.map((header) => `${header.name}: ${header.value}`),
    ...add.map((header) => `+ ${header.name}: ${header.value}`),
    ...remove.map((header) => `- ${header}`),
  ];
  return changes.map((change, index) => [index === 0 ? name : '', change]);
}

const shown = 12;

function decided({ decidedBy }: Outcome): readonly string[] {
  if (decidedBy.length === 0) return [];
  const lines = decidedBy.slice(0, shown).map((line) => `  ${formatOrigin(line)} ${line.what}`);
  const more = decidedBy.length - shown;
  return ['decided by', ...lines, ...(more > 0 ? [`  and ${more} more (--format json shows them)`] : [])];
}

/** Describes a share; names the port if it isn't the requested one. */
function share({ service, version, port, tls, share: part }: Share, asked: string | undefined): string {
  const place = `${service}${version === '*' ? '' : ` ${version}`}${port === undefined || port === asked ? '' : ` port ${port}`}`;
  return `${place}${tls === undefined ? '' : ` (TLS to ${tls.serverName})`} ${percent(part)}`;
}

function percent(part: number): string {
  return `${Number((part * 100).toFixed(4))}%`;
}

function milliseconds(ms: number): string {
  return ms % 1000 === 0 ? `${ms / 1000}s` : `${ms}ms`;
}

function shortened(text: string): string {
  return text.length > 200 ? `${text.slice(0, 200)}…` : text;
}
