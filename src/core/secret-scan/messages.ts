import { defineMessages } from '../diagnostics/message.ts';

/** Messages of `mesh keys check`. */
export const messages = defineMessages({
  MESH1040: {
    severity: 'error',
    text: '{what} in plain text',
    explanation:
      'Whoever can read this repository, now or in any copy of it later, has this key. Take it out of the file before the commit; a key that was committed once is known to others: make a new one, have the old one revoked, and only then clean up the history. The keys of a mesh belong into files that Git ignores (`keys: file`), into age files for recipients (`keys: age`), or stay with whoever signs (`keys: external`). Keys that are encrypted (PKCS#8 or PEM with a passphrase, age, SOPS) are no finding. A key that is made for tests and guards nothing is left out by `--exclude`.',
  },
});
