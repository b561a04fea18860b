import { requestSender } from '../../../src/adapters/request-sender.ts';
import type { Answer, Sending } from '../../../src/ports/request-sender.ts';

export type { Answer, Sending } from '../../../src/ports/request-sender.ts';

/** Sends one request over a new connection. */
export function send(sending: Sending): Promise<Answer> {
  return requestSender.send(sending);
}

/** Returns the greeting of a server over a connection that isn't HTTP; undefined if the connection is closed. */
export function greet(sending: Pick<Sending, 'address' | 'tls' | 'preface'>): Promise<string | undefined> {
  return requestSender.greet(sending);
}
