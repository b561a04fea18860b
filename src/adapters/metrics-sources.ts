import { envoyAdmin } from './envoy-admin.ts';
import { PrometheusSource } from './prometheus/prometheus-source.ts';
import { ProxyScrape } from './proxy-scrape/proxy-scrape.ts';
import { systemClock } from './system-clock.ts';

/** Opens the sources of counters; credentials of a Prometheus come from the environment. */
export const metricsSources = {
  prometheus: (url: string) => new PrometheusSource(url, process.env, systemClock),
  scrape: () => new ProxyScrape(envoyAdmin, systemClock),
};
