import type { Reader } from '../../../import/reader.ts';
import { smiReader } from '../../smi-objects/read/smi-reader.ts';
import { meshConfig } from './mesh-config.ts';

/** Reads the objects of SMI as this mesh does. */
const reader: Reader = smiReader({ patterns: 'either', settings: meshConfig });

export default reader;
