import type { OpenedStore, OpenSpecStore, StoreChoice } from '../ports/spec-store.ts';

/** Does something with the store that the options name, and removes what was fetched for it however that ends. */
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
