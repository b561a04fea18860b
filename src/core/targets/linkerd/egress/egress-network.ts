/** Name of the EgressNetwork of each namespace. */
export const egressNetwork = 'mesh-egress';
