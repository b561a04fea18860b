package main

import (
	"context"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/pem"
	"errors"
	"math/big"
	"net"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"time"

	core "github.com/envoyproxy/go-control-plane/envoy/config/core/v3"
	tls "github.com/envoyproxy/go-control-plane/envoy/extensions/transport_sockets/tls/v3"
	discovery "github.com/envoyproxy/go-control-plane/envoy/service/discovery/v3"
	secret "github.com/envoyproxy/go-control-plane/envoy/service/secret/v3"
	"google.golang.org/grpc"
	"google.golang.org/protobuf/types/known/anypb"
)

// sds plays pilot-agent: secrets "default" (an X.509-SVID for the asking proxy), "ROOTCA", and those that name files.
type sds struct {
	secret.UnimplementedSecretDiscoveryServiceServer
	td     string
	ca     *x509.Certificate
	caKey  any
	caPEM  []byte
	bundle []byte
	mu     sync.Mutex
	serial int64
}

func newSDS(trustDomain, dir string) (*sds, error) {
	if dir != "" {
		return readSDS(trustDomain, dir)
	}
	k, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		return nil, err
	}
	t := &x509.Certificate{
		SerialNumber: big.NewInt(1), Subject: pkix.Name{Organization: []string{trustDomain}}, NotBefore: time.Now().Add(-time.Hour), NotAfter: time.Now().Add(24 * time.Hour),
		IsCA: true, BasicConstraintsValid: true, KeyUsage: x509.KeyUsageCertSign,
	}
	der, err := x509.CreateCertificate(rand.Reader, t, t, &k.PublicKey, k)
	if err != nil {
		return nil, err
	}
	ca, err := x509.ParseCertificate(der)
	own := pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: der})
	return &sds{td: trustDomain, ca: ca, caKey: k, caPEM: own, bundle: own, serial: 1}, err
}

func readSDS(trustDomain, dir string) (*sds, error) {
	own, err := os.ReadFile(filepath.Join(dir, "ca.pem"))
	if err != nil {
		return nil, err
	}
	key, err := os.ReadFile(filepath.Join(dir, "ca-key.pem"))
	if err != nil {
		return nil, err
	}
	bundle, err := os.ReadFile(filepath.Join(dir, "bundle.pem"))
	if err != nil {
		return nil, err
	}
	certBlock, _ := pem.Decode(own)
	keyBlock, _ := pem.Decode(key)
	if certBlock == nil || keyBlock == nil {
		return nil, errors.New("no PEM in " + dir)
	}
	ca, err := x509.ParseCertificate(certBlock.Bytes)
	if err != nil {
		return nil, err
	}
	k, err := x509.ParsePKCS8PrivateKey(keyBlock.Bytes)
	return &sds{td: trustDomain, ca: ca, caKey: k, caPEM: own, bundle: bundle, serial: 1}, err
}

func (s *sds) secretFor(node *core.Node, name string) (*tls.Secret, error) {
	inline := func(b []byte) *core.DataSource {
		return &core.DataSource{Specifier: &core.DataSource_InlineBytes{InlineBytes: b}}
	}
	switch name {
	case "ROOTCA":
		return &tls.Secret{Name: name, Type: &tls.Secret_ValidationContext{ValidationContext: &tls.CertificateValidationContext{TrustedCa: inline(s.bundle)}}}, nil
	case "default":
		f := node.GetMetadata().GetFields()
		ns, sa := f["NAMESPACE"].GetStringValue(), f["SERVICE_ACCOUNT"].GetStringValue()
		if parts := strings.Split(node.GetId(), "~"); ns == "" && len(parts) == 4 {
			_, ns, _ = strings.Cut(parts[2], ".")
		}
		if sa == "" {
			sa = "default"
		}
		k, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
		if err != nil {
			return nil, err
		}
		s.mu.Lock()
		s.serial++
		n := s.serial
		s.mu.Unlock()
		t := &x509.Certificate{
			SerialNumber: big.NewInt(n), NotBefore: time.Now().Add(-time.Hour), NotAfter: time.Now().Add(12 * time.Hour),
			KeyUsage: x509.KeyUsageDigitalSignature, ExtKeyUsage: []x509.ExtKeyUsage{x509.ExtKeyUsageServerAuth, x509.ExtKeyUsageClientAuth},
			URIs: []*url.URL{{Scheme: "spiffe", Host: s.td, Path: "/ns/" + ns + "/sa/" + sa}},
		}
		der, err := x509.CreateCertificate(rand.Reader, t, s.ca, &k.PublicKey, s.caKey)
		if err != nil {
			return nil, err
		}
		kb, err := x509.MarshalECPrivateKey(k)
		if err != nil {
			return nil, err
		}
		chain := append(pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: der}), s.caPEM...)
		return &tls.Secret{Name: name, Type: &tls.Secret_TlsCertificate{TlsCertificate: &tls.TlsCertificate{
			CertificateChain: inline(chain), PrivateKey: inline(pem.EncodeToMemory(&pem.Block{Type: "EC PRIVATE KEY", Bytes: kb})),
		}}}, nil
	}
	if file, ok := strings.CutPrefix(name, "file-root:"); ok {
		b, err := os.ReadFile(file)
		return &tls.Secret{Name: name, Type: &tls.Secret_ValidationContext{ValidationContext: &tls.CertificateValidationContext{TrustedCa: inline(b)}}}, err
	}
	if files, ok := strings.CutPrefix(name, "file-cert:"); ok {
		cert, key, _ := strings.Cut(files, "~")
		c, err := os.ReadFile(cert)
		if err != nil {
			return nil, err
		}
		k, err := os.ReadFile(key)
		return &tls.Secret{Name: name, Type: &tls.Secret_TlsCertificate{TlsCertificate: &tls.TlsCertificate{CertificateChain: inline(c), PrivateKey: inline(k)}}}, err
	}
	return nil, errors.New("unknown secret " + name)
}

func (s *sds) answer(node *core.Node, names []string) (*discovery.DiscoveryResponse, error) {
	r := &discovery.DiscoveryResponse{VersionInfo: "1", Nonce: "1", TypeUrl: "type.googleapis.com/envoy.extensions.transport_sockets.tls.v3.Secret"}
	for _, n := range names {
		sec, err := s.secretFor(node, n)
		if err != nil {
			return nil, err
		}
		a, err := anypb.New(sec)
		if err != nil {
			return nil, err
		}
		r.Resources = append(r.Resources, a)
	}
	return r, nil
}

func (s *sds) StreamSecrets(st secret.SecretDiscoveryService_StreamSecretsServer) error {
	var node *core.Node
	for {
		q, err := st.Recv()
		if err != nil {
			return nil
		}
		if q.Node != nil && q.Node.Id != "" {
			node = q.Node
		}
		if q.ResponseNonce != "" { // an ACK or a NACK: nothing new to say
			continue
		}
		r, err := s.answer(node, q.ResourceNames)
		if err != nil {
			return err
		}
		if err := st.Send(r); err != nil {
			return err
		}
	}
}

func (s *sds) FetchSecrets(_ context.Context, q *discovery.DiscoveryRequest) (*discovery.DiscoveryResponse, error) {
	return s.answer(q.Node, q.ResourceNames)
}

func (s *sds) serve(addr string) (net.Listener, error) {
	l, err := net.Listen("tcp", addr)
	if err != nil {
		return nil, err
	}
	g := grpc.NewServer()
	secret.RegisterSecretDiscoveryServiceServer(g, s)
	go g.Serve(l) //nolint
	return l, nil
}
