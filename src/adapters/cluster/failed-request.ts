import { errorCode } from '../file-error.ts';
import { BrokenAnswer } from './broken-answer.ts';

/** The server kept silent until the limit, in all attempts. */
export class Unanswered extends Error {}

/** Returns true for a fault that another attempt would meet again: silence, of TLS, another protocol, a page. */
export function isLasting(error: unknown): boolean {
  if (error instanceof Unanswered) return true;
  if (error instanceof BrokenAnswer) return !error.isCut;
  const code = errorCode(error) ?? '';
  return code.startsWith('ERR_TLS') || certificateFaults.has(code) || otherProtocol(error) !== undefined;
}

/** Returns the reason why a request failed in all attempts, with a way out; `server` is the context with its address. */
export function whyFailed(error: unknown, server: string): string {
  const named = `the API server of ${server}`;
  if (error instanceof Unanswered)
    return `${named} gave ${error.message}; check that it runs, and that this context is meant (--timeout sets another limit)`;
  if (error instanceof BrokenAnswer)
    return `${named} is reached, but ${error.message}; check that the address is that of an API server, and what stands before it`;
  const why = error instanceof Error ? error.message : String(error);
  const reason = otherProtocol(error);
  if (reason !== undefined)
    return `what listens at the address of ${server} ${reason} (${why.trim()}); check the address of the cluster in the kubeconfig`;
  return `${named} can't be reached: ${why}; check that it runs, and that this context is meant`;
}

/** Returns words for a server that speaks another protocol; undefined for another error. */
function otherProtocol(error: unknown): string | undefined {
  const code = errorCode(error) ?? '';
  if (code.startsWith('HPE_')) return 'speaks no HTTP';
  return code === 'EPROTO' || code === 'ERR_SSL_WRONG_VERSION_NUMBER' || code.startsWith('ERR_SSL_PACKET')
    ? 'speaks no TLS, or another version'
    : undefined;
}

/** Node's TLS error codes for faults of a server's certificate. */
const certificateFaults: ReadonlySet<string> = new Set([
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'SELF_SIGNED_CERT_IN_CHAIN',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
  'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
  'CERT_HAS_EXPIRED',
]);
