import type { OpenedStore, OpenSpecStore, StoreChoice } from '../ports/spec-store.ts';

/** Calls a function with the store that the options name; however it ends, removes fetched content. */
export async function withStore<T>(
  open: OpenSpecStore,
  choice: StoreChoice,
  use: (opened: OpenedStore) => Promise<T>,
): Promise<T> {
  const opened = await open(choice);
  try {
    return await use(opened);
  } finally {
    await opened.dispose();
  }
}
