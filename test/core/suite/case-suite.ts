import { stringify } from 'yaml';
import type { Expected } from '../../../src/core/suite/expected-fields.ts';
import { milliseconds } from '../../../src/core/suite/units.ts';
import type { ExpectedRequest, MeshCase } from '../../cases/cases.ts';

type Fields = Readonly<Record<string, unknown>>;

/** Returns the hand-derived requests of a case as a suite of tests. */
export function caseSuite({ name, requests }: Pick<MeshCase, 'name' | 'requests'>): string {
  return stringify({
    apiVersion: 'mesh.test/v1',
    kind: 'Suite',
    metadata: { name },
    spec: { tests: requests.map(caseTest) },
  });
}

function caseTest({ name, request, expect }: ExpectedRequest): object {
  const { id: _, ...fields } = request;
  return { name, request: fields, expect: suiteFields(expect) };
}

/** Returns the fields of `mesh explain request --format json` in the words of suites. */
export function suiteFields(outcome: Fields): Expected {
  const written = Object.entries(outcome).flatMap(
    ([field, value]): readonly (readonly [string, unknown])[] => {
      switch (field) {
        case 'outcome':
        case 'location':
        case 'body':
        case 'tries':
        case 'retryOn':
        case 'rewritten':
        case 'port':
          return [[field, value]];
        case 'status':
          return outcome['outcome'] === 'forwarded' ? [] : [[field, value]];
        case 'backends':
        case 'mirrors': {
          const list = value as readonly { service?: string; version?: string; share?: number }[];
          const isWhole = list.every(({ service, share }) => service?.includes('/') && share !== undefined);
          return list.length === 0 || !isWhole ? [] : [[field, sharesOf(list)]];
        }
        case 'refusedShare':
          return [[field, percentage(Number(value))]];
        case 'timeout':
        case 'perTryTimeout':
          return [[field, milliseconds(Number(value))]];
        case 'requestHeaders':
        case 'responseHeaders': {
          const headers = headerFields(value as Fields);
          return Object.keys(headers).length === 0 ? [] : [[field, headers]];
        }
        case 'fault': {
          const fault = faultFields(value as Fields);
          return Object.keys(fault).length === 0 ? [] : [[field, fault]];
        }
        case 'rateLimited':
          return [
            [
              field,
              (value as readonly Fields[]).map((limit) => ({
                ...limit,
                ...('per' in limit && { per: milliseconds(Number(limit['per'])) }),
              })),
            ],
          ];
        default:
          return [];
      }
    },
  );
  return Object.fromEntries(written);
}

/** Returns the shares by place; those of several ports of a place add up. */
function sharesOf(
  list: readonly { readonly service?: string; readonly version?: string; readonly share?: number }[],
): Readonly<Record<string, string>> {
  const shares = new Map<string, number>();
  for (const { service = '', version = '*', share = 0 } of list) {
    const place = version === '*' ? service : `${service}@${version}`;
    shares.set(place, (shares.get(place) ?? 0) + share);
  }
  return Object.fromEntries([...shares].map(([place, share]) => [place, percentage(share)]));
}

function percentage(share: number): string {
  return `${String(Number((share * 100).toFixed(4)))}%`;
}

function headerFields(headers: Fields): Fields {
  const kept = Object.entries(headers).filter(([, value]) => Object.keys(value as object).length > 0);
  return Object.fromEntries(
    kept.map(([kind, value]) => [
      kind,
      kind === 'remove' || Array.isArray(value)
        ? value
        : Object.fromEntries(Object.entries(value as Fields).map(([name, one]) => [name, [one].flat()[0]])),
    ]),
  );
}

function faultFields(fault: Fields): Fields {
  const { delay, abort } = fault as {
    delay?: { ms?: number; share?: number };
    abort?: { status?: number; share?: number };
  };
  return {
    ...(delay && {
      delay: {
        ...(delay.ms !== undefined && { duration: milliseconds(delay.ms) }),
        ...(delay.share !== undefined && { percent: percentage(delay.share) }),
      },
    }),
    ...(abort && {
      abort: {
        ...(abort.status !== undefined && { status: abort.status }),
        ...(abort.share !== undefined && { percent: percentage(abort.share) }),
      },
    }),
  };
}
