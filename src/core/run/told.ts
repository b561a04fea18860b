/** Does some work and yields what it tells meanwhile, then returns its result; rejects as the work does. */
export async function* told<News, Result>(
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
  // Whoever stops listening doesn't hear of a failure, which is told by the result.
  result.catch(() => undefined);
  for (;;) {
    for (let news = waiting.shift(); news !== undefined; news = waiting.shift()) yield news;
    if (state.isDone) return result;
    await new Promise<void>((resolve) => {
      wake = resolve;
    });
  }
}
