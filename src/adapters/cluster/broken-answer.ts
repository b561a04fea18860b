import type { Json } from '../../core/lib/json.ts';
import type { ApiAnswer } from './send-request.ts';

/** An answer that isn't what an API server says. */
export class BrokenAnswer extends Error {
  /**
   * True if the answer is empty or begins like one of an API server, so that another attempt may bring the whole. An API
   * server itself gives an empty document of schemas while a CRD is removed.
   */
  readonly isCut: boolean;

  constructor(message: string, isCut: boolean, options?: ErrorOptions) {
    super(message, options);
    this.isCut = isCut;
  }
}

/** Reads the body of a successful answer. Throws BrokenAnswer, which quotes its beginning, if it is no JSON object. */
export function jsonAnswer({ code, headers }: Pick<ApiAnswer, 'code' | 'headers'>, body: string): Json {
  let value: Json;
  try {
    value = JSON.parse(body) as Json;
  } catch (error) {
    const type = headers['content-type'];
    const isJson = type === undefined || type.includes('json');
    const isCut = body === '' || (isJson && body.trimStart().startsWith('{'));
    throw new BrokenAnswer(brokenText(code, type, body, isCut), isCut, { cause: error });
  }
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value;
  throw new BrokenAnswer(brokenText(code, headers['content-type'], body, false), false);
}

function brokenText(code: number, type: string | undefined, body: string, isCut: boolean): string {
  const said = body.trim();
  if (said === '') return `its answer (${code}) is empty`;
  const quoted = JSON.stringify(said.length > quotedLength ? `${said.slice(0, quotedLength)}…` : said);
  const kind = type === undefined ? '' : ` of type ${type}`;
  return isCut
    ? `its answer (${code}${kind}, ${body.length} characters) is broken JSON: it ends with ${JSON.stringify(said.slice(-quotedEnd))}`
    : `its answer (${code}${kind}) is no JSON object: ${quoted}`;
}

/** Characters. */
const quotedLength = 80;
const quotedEnd = 20;
