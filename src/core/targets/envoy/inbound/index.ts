export { inboundClusters, inboundDependencies } from './dependencies.ts';
export { inboundListeners } from './listeners.ts';
export { inboundRouteConfigurations } from './route-configurations.ts';
