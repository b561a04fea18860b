import { istioReader } from '../../istio-objects/read/istio-reader.ts';

export default istioReader;
