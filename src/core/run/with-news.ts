/** Does some work, yields the news that it reports meanwhile, and returns its result; throws if the work does. */
export async function* withNews<News, Result>(
  work: (tell: (news: News) => void) => Promise<Result>,
): AsyncGenerator<News, Result> {
  const waiting: News[] = [];
  let wake: () => void = () => undefined;
  const state: { isDone: boolean } = { isDone: false };
  const result = work((news) => {
    waiting.push(news);
    wake();
  }).finally(() => {
    state.isDone = true;
    wake();
  });
  // A caller that stops listening doesn't get the result: avoid an unhandled rejection.
  result.catch(() => undefined);
  for (;;) {
    for (let news = waiting.shift(); news !== undefined; news = waiting.shift()) yield news;
    if (state.isDone) return result;
    await new Promise<void>((resolve) => {
      wake = resolve;
    });
  }
}
