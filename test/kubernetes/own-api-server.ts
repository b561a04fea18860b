import { afterAll } from 'vitest';

const servers = process.env['TEST_API_SERVERS'];

// The harness reads `TEST_KUBECONFIG` when a test file is loaded, which is after this.
if (servers !== undefined) {
  const own = `${servers}/${process.env['VITEST_POOL_ID'] ?? ''}`;
  const answer = await fetch(own);
  const text = await answer.text();
  if (!answer.ok) throw new Error(text);
  process.env['TEST_KUBECONFIG'] = text;
  // Hooks run in the opposite order, so this one is the last of its file.
  afterAll(async () => {
    const emptied = await fetch(own, { method: 'DELETE' });
    if (!emptied.ok) throw new Error(await emptied.text());
  });
}
