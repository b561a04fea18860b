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

/** Targets that write the objects of another target, by name. */
const relatives: Readonly<Partial<Record<string, string>>> = { 'gloo-mesh': 'istio', tsb: 'istio' };

for (const column of columns) {
  const relative = relatives[column.target.name];
  const usual =
    columns.find(({ target, isDefault }) => isDefault && target.name === relative) ??
    columns.find(({ target, isDefault }) => isDefault && target === column.target);
  const reference =
    usual === undefined || usual === column
      ? undefined
      : { column: usual, folder: `../${folderName(usual)}/` };
  goldenContract(
    column,
    cases,
    ({ directory }) => path.join(directory, 'golden', folderName(column)),
    reference,
  );
}
