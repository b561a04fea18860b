package main

import (
	corev1 "k8s.io/api/core/v1"
	"k8s.io/apimachinery/pkg/runtime"

	"istio.io/istio/pkg/security"
	"istio.io/istio/pkg/spiffe"
)

// trusting is an authenticator that takes each caller for all of these accounts; istiod picks the account that the proxy says
// it has. Without an identity istiod sends no Secrets, so that a gateway that ends TLS never listens.
type trusting []string

func (trusting) AuthenticatorType() string { return "trusting" }

func (t trusting) Authenticate(security.AuthContext) (*security.Caller, error) {
	return &security.Caller{AuthSource: security.AuthSourceClientCertificate, Identities: t}, nil
}

// accountsOf returns the accounts of all pods.
func accountsOf(objs []runtime.Object, trustDomain string) trusting {
	var all trusting
	for _, o := range objs {
		if p, ok := o.(*corev1.Pod); ok {
			all = append(all, spiffe.Identity{TrustDomain: trustDomain, Namespace: p.Namespace, ServiceAccount: p.Spec.ServiceAccountName}.String())
		}
	}
	return all
}
