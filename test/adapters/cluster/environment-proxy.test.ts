import { expect, test } from 'vitest';
import { environmentProxy } from '../../../src/adapters/cluster/environment-proxy.ts';

const proxy = 'http://proxy:3128';

// The rules of golang.org/x/net/http/httpproxy, by which kubectl chooses a proxy.
test.each([
  ['https://api.example:6443', { HTTPS_PROXY: proxy }, proxy],
  ['https://api.example:6443', { https_proxy: proxy }, proxy],
  ['https://api.example:6443', { HTTPS_PROXY: 'proxy:3128' }, proxy],
  ['https://api.example:6443', { HTTP_PROXY: proxy }, undefined],
  ['https://api.example:6443', {}, undefined],
  ['https://127.0.0.1:6443', { HTTPS_PROXY: proxy }, undefined],
  ['https://localhost:6443', { HTTPS_PROXY: proxy }, undefined],
  ['https://api.example:6443', { HTTPS_PROXY: proxy, NO_PROXY: '*' }, undefined],
  ['https://api.example:6443', { HTTPS_PROXY: proxy, NO_PROXY: 'other, api.example' }, undefined],
  ['https://a.api.example:6443', { HTTPS_PROXY: proxy, no_proxy: 'api.example' }, undefined],
  ['https://a.api.example:6443', { HTTPS_PROXY: proxy, NO_PROXY: '.api.example' }, undefined],
  ['https://api.example:6443', { HTTPS_PROXY: proxy, NO_PROXY: '.api.example' }, proxy],
  ['https://notapi.example:6443', { HTTPS_PROXY: proxy, NO_PROXY: 'api.example' }, proxy],
  ['https://api.example:6443', { HTTPS_PROXY: proxy, NO_PROXY: 'api.example:6443' }, undefined],
  ['https://api.example:6443', { HTTPS_PROXY: proxy, NO_PROXY: 'api.example:443' }, proxy],
  ['https://10.1.2.3:6443', { HTTPS_PROXY: proxy, NO_PROXY: '10.0.0.0/8' }, undefined],
  ['https://11.1.2.3:6443', { HTTPS_PROXY: proxy, NO_PROXY: '10.0.0.0/8' }, proxy],
  ['https://10.1.2.3:6443', { HTTPS_PROXY: proxy, NO_PROXY: '10.1.2.3' }, undefined],
])('the proxy for %s with %j is %s', (server, environment, expected) => {
  expect(environmentProxy(server, environment)).toBe(expected);
});
