import fc from 'fast-check';

/** With FC_SEED every property test starts there: a failure can be seen again, and CI asks the same each time. */
const given = process.env['FC_SEED'];
if (given !== undefined) fc.configureGlobal({ seed: Number(given) });
