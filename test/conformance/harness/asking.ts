import { parseRequest } from '../../../src/core/explain/request/parse-request.ts';
import type { Request } from '../../../src/core/semantics/request.ts';
import type { RequestData } from '../../cases/cases.ts';
import type { Arrival } from './echo.ts';
import type { LiveMesh } from './live-mesh.ts';
import { type Answer, send } from './send.ts';
import { type Manner, prepare } from './sending.ts';

/** A mesh that answers requests, and the translation of a case's addresses to those of the run. */
export interface AskedMesh extends LiveMesh {
  readonly moved: <T>(value: T) => T;
}

/** One request as its caller and the applications saw it. */
export interface Asked {
  readonly answer: Answer;
  readonly arrivals: readonly Arrival[];
  /** The instance that was reached first. */
  readonly instance: string | undefined;
}

/** Sends a request that has the form of a case's request. */
export async function ask(
  mesh: AskedMesh,
  data: RequestData,
  manner: Manner & { readonly localAddress?: string } = {},
): Promise<Asked> {
  const { sending, testId } = await prepare(mesh, read(mesh, data), manner);
  const { localAddress } = manner;
  const answer = await send(
    localAddress === undefined ? sending : { ...sending, address: { ...sending.address, localAddress } },
  );
  const arrivals = mesh.echoes.arrivals(testId);
  return { answer, arrivals, instance: arrivals[0]?.instance };
}

/** Sends the same request one after the other. */
export async function askOften(
  mesh: AskedMesh,
  data: RequestData,
  times: number,
  manner: Manner = {},
): Promise<readonly Asked[]> {
  const all: Asked[] = [];
  for (let i = 0; i < times; i += 1) all.push(await ask(mesh, data, manner));
  return all;
}

/** Counts the requests of each instance. */
export function instances(asked: readonly Asked[]): Readonly<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (const { instance = 'none' } of asked) counts[instance] = (counts[instance] ?? 0) + 1;
  return counts;
}

function read(mesh: AskedMesh, data: RequestData): Request {
  const parsed = parseRequest(mesh.moved(data), mesh.ir);
  if ('problem' in parsed) throw new Error(parsed.problem);
  return parsed.request;
}
