/** `namespace/name`; services and Externals share one set of names. */
export type ServiceId = string;
