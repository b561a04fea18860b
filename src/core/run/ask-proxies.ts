import type { Acceptance, AskedProxy, Asking, ProxyAnswer } from '../targets/acceptance.ts';

const atOnce = 64;

/** Asks many proxies, a limited number at a time; returns the answers in the order of the proxies. */
export async function askProxies(
  { ask }: Pick<Acceptance, 'ask'>,
  proxies: readonly AskedProxy[],
  asking: Asking,
): Promise<readonly ProxyAnswer[]> {
  const answers: ProxyAnswer[] = [];
  let next = 0;
  const worker = async (): Promise<void> => {
    for (let i = next++; i < proxies.length; i = next++)
      answers[i] = await ask(proxies[i] as AskedProxy, asking);
  };
  await Promise.all(Array.from({ length: Math.min(atOnce, proxies.length) }, worker));
  return answers;
}
