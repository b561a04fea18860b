import type { Reader } from '../../../import/reader.ts';
import { smiReader } from '../../smi-objects/read/smi-reader.ts';

/** Reads the objects of SMI as this mesh does. */
const reader: Reader = smiReader({ patterns: 'either' });

export default reader;
