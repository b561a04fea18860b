import path from 'node:path';
import type { Column } from '../../src/core/targets/matrix.ts';
import { registeredColumns } from './columns.ts';
import { goldenContract } from './golden-contract.ts';
import { linkedCases } from './linked-cases.ts';

const cases = linkedCases();
const columns = await registeredColumns();

/**
 * Returns the folder of a column's golden files in the folder `golden` of a case: `istio`, or for another mode
 * `istio-ambient`.
 */
function folderName({ target, mode, isDefault }: Column): string {
  return isDefault || mode === undefined ? target.name : `${target.name}-${mode}`;
}

for (const column of columns) {
  const usual = columns.find(({ target, isDefault }) => isDefault && target === column.target);
  const reference =
    column.isDefault || usual === undefined
      ? undefined
      : { column: usual, folder: `../${folderName(usual)}/` };
  goldenContract(
    column,
    cases,
    ({ directory }) => path.join(directory, 'golden', folderName(column)),
    reference,
  );
}
