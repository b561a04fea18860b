import { expect, test } from 'vitest';
import { parse } from 'yaml';
import type { AuthorityFile } from '../../../src/core/targets/authority-files.ts';
import consul from '../../../src/core/targets/consul/index.ts';
import kuma from '../../../src/core/targets/kuma/index.ts';
import type { Target } from '../../../src/core/targets/target.ts';

const material = {
  trustDomain: 'shop.example',
  certificate: 'ISSUER\n',
  intermediates: 'BETWEEN\n',
  key: 'KEY\n',
  root: 'ROOT\n',
  bundle: 'OLD\nROOT\n',
  leafLife: 48 * 60 * 60 * 1000,
};

function filesOf(target: Target): readonly AuthorityFile[] {
  const made = target.authorityFiles?.(material);
  return made === undefined || 'refuses' in made ? [] : made.files;
}

// The fields of the built-in authority of Consul (developer.hashicorp.com, "Built-in CA").
test('Consul gets one secret file for its built-in authority', () => {
  const files = filesOf(consul);
  expect(files.map(({ name, isSecret }) => [name, isSecret])).toEqual([['ca.json', true]]);
  expect(JSON.parse(files[0]?.text ?? '')).toMatchObject({
    Provider: 'consul',
    Config: { RootCert: 'ISSUER\n', PrivateKey: 'KEY\n', LeafCertTTL: '172800s' },
  });
});

// The form of Secrets of a control plane (kuma.io, "Secrets"): a type of its own, and the key `value`.
test('Kuma gets a Secret with the chain and a secret file with the key', () => {
  const files = filesOf(kuma);
  const values = files.map(({ text, isSecret }) => {
    const { type, data } = parse(text) as { type: string; data: { value: string } };
    return [type, Buffer.from(data.value, 'base64').toString(), isSecret];
  });
  expect(values).toEqual([
    ['system.kuma.io/secret', 'ISSUER\nBETWEEN\nROOT\n', false],
    ['system.kuma.io/secret', 'KEY\n', true],
  ]);
});
