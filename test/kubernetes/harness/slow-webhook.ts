import 'reflect-metadata';
import { webcrypto } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import * as x509 from '@peculiar/x509';
import type { Cluster, LiveObject } from '../../../src/ports/cluster.ts';
import { kindOf } from './connected.ts';

const algorithm = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' };

/** A webhook of admission that makes the API server slow. */
export interface SlowWebhook {
  /** Names of the objects that the API server has asked about, in their order. */
  readonly asked: readonly string[];
  /** Removes the webhook from the API server and ends it. */
  stop(): Promise<void>;
}

/**
 * Registers a webhook that admits each VirtualService of a namespace after `delay` milliseconds; returns once the API
 * server asks the webhook.
 */
export async function startSlowWebhook(
  cluster: Cluster,
  namespace: string,
  delay: number,
): Promise<SlowWebhook> {
  const { certificate, key } = await serverCertificate();
  const asked: string[] = [];
  const seen = { probes: 0 };
  const server = createServer({ cert: certificate, key }, (incoming, outgoing) => {
    void (async () => {
      const chunks: Buffer[] = [];
      for await (const chunk of incoming) chunks.push(Buffer.from(chunk as Uint8Array));
      const { request } = JSON.parse(Buffer.concat(chunks).toString('utf8')) as Review;
      if (request.name === probe) seen.probes += 1;
      else {
        asked.push(request.name);
        await sleep(delay);
      }
      const response = { uid: request.uid, allowed: true };
      outgoing.setHeader('content-type', 'application/json');
      outgoing.end(JSON.stringify({ apiVersion: 'admission.k8s.io/v1', kind: 'AdmissionReview', response }));
    })();
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const kind = await kindOf(cluster, 'admissionregistration.k8s.io/v1', 'ValidatingWebhookConfiguration');
  const name = `slow-${namespace}`;
  const registration = {
    apiVersion: kind.apiVersion,
    kind: kind.kind,
    metadata: { name },
    webhooks: [
      {
        name: `slow.${namespace}.example`,
        admissionReviewVersions: ['v1'],
        sideEffects: 'None',
        failurePolicy: 'Fail',
        timeoutSeconds: 30,
        clientConfig: {
          url: `https://127.0.0.1:${port}/`,
          caBundle: Buffer.from(certificate).toString('base64'),
        },
        namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': namespace } },
        rules: [
          {
            apiGroups: ['networking.istio.io'],
            apiVersions: ['*'],
            operations: ['CREATE', 'UPDATE'],
            resources: ['virtualservices'],
          },
        ],
      },
    ],
  } as unknown as LiveObject;
  const made = await cluster.create(kind, registration);
  const routes = await kindOf(cluster, 'networking.istio.io/v1', 'VirtualService');
  const empty = { apiVersion: routes.apiVersion, kind: routes.kind, metadata: { name: probe, namespace } };
  while (seen.probes === 0) {
    await cluster.apply(routes, { ...empty, spec: {} }, { manager: 'test', dryRun: true });
    await sleep(50);
  }
  return {
    asked,
    stop: async () => {
      await cluster.remove(kind, { name }, { uid: made?.metadata.uid ?? '' });
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

interface Review {
  readonly request: { readonly uid: string; readonly name: string };
}

/** Name of an object that is admitted at once. */
const probe = 'probe';

/** Makes a certificate for 127.0.0.1 that is its own authority (PEM). */
async function serverCertificate(): Promise<{ readonly certificate: string; readonly key: string }> {
  x509.cryptoProvider.set(webcrypto as never);
  const keys = await webcrypto.subtle.generateKey(algorithm, true, ['sign', 'verify']);
  const certificate = await x509.X509CertificateGenerator.createSelfSigned({
    notBefore: new Date(Date.now() - 60_000),
    notAfter: new Date(Date.now() + 86_400_000),
    serialNumber: '01',
    name: 'CN=webhook',
    keys,
    signingAlgorithm: algorithm,
    extensions: [
      new x509.ExtendedKeyUsageExtension([x509.ExtendedKeyUsage.serverAuth]),
      new x509.SubjectAlternativeNameExtension([{ type: 'ip', value: '127.0.0.1' }]),
    ],
  });
  const pkcs8 = Buffer.from(await webcrypto.subtle.exportKey('pkcs8', keys.privateKey)).toString('base64');
  return {
    certificate: certificate.toString('pem'),
    key: `-----BEGIN PRIVATE KEY-----\n${pkcs8.replace(/(.{64})/g, '$1\n')}\n-----END PRIVATE KEY-----\n`,
  };
}
