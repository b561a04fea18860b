package main

import (
	"context"
	"time"

	config "github.com/openservicemesh/osm/pkg/apis/config/v1alpha2"
	"github.com/openservicemesh/osm/pkg/catalog"
	"github.com/openservicemesh/osm/pkg/certificate"
	"github.com/openservicemesh/osm/pkg/certificate/pem"
	"github.com/openservicemesh/osm/pkg/certificate/providers/tresor"
	"github.com/openservicemesh/osm/pkg/configurator"
	"github.com/openservicemesh/osm/pkg/constants"
	"github.com/openservicemesh/osm/pkg/endpoint"
	"github.com/openservicemesh/osm/pkg/envoy/registry"
	configfake "github.com/openservicemesh/osm/pkg/gen/client/config/clientset/versioned/fake"
	policyfake "github.com/openservicemesh/osm/pkg/gen/client/policy/clientset/versioned/fake"
	"github.com/openservicemesh/osm/pkg/k8s"
	"github.com/openservicemesh/osm/pkg/k8s/informers"
	"github.com/openservicemesh/osm/pkg/messaging"
	"github.com/openservicemesh/osm/pkg/policy"
	"github.com/openservicemesh/osm/pkg/providers/kube"
	"github.com/openservicemesh/osm/pkg/service"
	"github.com/openservicemesh/osm/pkg/smi"
	accessfake "github.com/servicemeshinterface/smi-sdk-go/pkg/gen/client/access/clientset/versioned/fake"
	specsfake "github.com/servicemeshinterface/smi-sdk-go/pkg/gen/client/specs/clientset/versioned/fake"
	splitfake "github.com/servicemeshinterface/smi-sdk-go/pkg/gen/client/split/clientset/versioned/fake"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	kubefake "k8s.io/client-go/kubernetes/fake"
)

const (
	meshName        = "osm"
	systemNamespace = "osm-system"
	configName      = "osm-mesh-config"
	trustDomain     = "cluster.local"
)

// mesh is OSM's controller with clients that hold the objects of a folder.
type mesh struct {
	catalog      *catalog.MeshCatalog
	config       configurator.Configurator
	kube         k8s.Controller
	certificates *certificate.Manager
	registry     *registry.ProxyRegistry
}

func newMesh(found cluster, stop chan struct{}) (*mesh, error) {
	certificates, err := newCertificates()
	if err != nil {
		return nil, err
	}
	policies := policyfake.NewSimpleClientset()
	collection, err := informers.NewInformerCollection(meshName, stop,
		informers.WithKubeClient(kubefake.NewSimpleClientset(found[""]...)),
		informers.WithSMIClients(
			splitfake.NewSimpleClientset(found["split.smi-spec.io"]...),
			specsfake.NewSimpleClientset(found["specs.smi-spec.io"]...),
			accessfake.NewSimpleClientset(found["access.smi-spec.io"]...),
		),
		informers.WithConfigClient(
			configfake.NewSimpleClientset(found["config.openservicemesh.io"]...), configName, systemNamespace,
		),
		informers.WithPolicyClient(policies),
	)
	if err != nil {
		return nil, err
	}
	broker := messaging.NewBroker(stop)
	made := &mesh{
		config:       configurator.NewConfigurator(collection, systemNamespace, configName, broker),
		kube:         k8s.NewKubernetesController(collection, policies, broker),
		certificates: certificates,
	}
	provider := kube.NewClient(made.kube, made.config)
	made.catalog = catalog.NewMeshCatalog(
		made.kube, smi.NewSMIClient(collection, systemNamespace, made.kube, broker), certificates,
		policy.NewPolicyController(collection, made.kube, broker), stop, made.config,
		[]service.Provider{provider}, []endpoint.Provider{provider}, broker,
	)
	made.registry = registry.NewProxyRegistry(&registry.KubeProxyServiceMapper{KubeController: made.kube}, broker)
	return made, nil
}

// roots gives OSM's certificate manager one root, made when the program starts.
type roots struct{ authority *certificate.Certificate }

func newCertificates() (*certificate.Manager, error) {
	authority, err := tresor.NewCA("osm", time.Hour, "XX", "Nowhere", "Test")
	if err != nil {
		return nil, err
	}
	hour := func() time.Duration { return time.Hour }
	broker := messaging.NewBroker(make(chan struct{}))
	return certificate.NewManager(context.Background(), roots{authority}, hour, hour, broker, time.Hour)
}

func root() *config.MeshRootCertificate {
	return &config.MeshRootCertificate{
		ObjectMeta: metav1.ObjectMeta{Name: "root", Namespace: systemNamespace},
		Spec: config.MeshRootCertificateSpec{
			TrustDomain: trustDomain,
			Provider:    config.ProviderSpec{Tresor: &config.TresorProviderSpec{}},
		},
		Status: config.MeshRootCertificateStatus{State: constants.MRCStateActive},
	}
}

func (roots) List() ([]*config.MeshRootCertificate, error) {
	return []*config.MeshRootCertificate{root()}, nil
}

func (roots) Watch(context.Context) (<-chan certificate.MRCEvent, error) {
	events := make(chan certificate.MRCEvent, 1)
	events <- certificate.MRCEvent{Type: certificate.MRCEventAdded, MRC: root()}
	return events, nil
}

func (r roots) GetCertIssuerForMRC(*config.MeshRootCertificate) (certificate.Issuer, pem.RootCertificate, error) {
	issuer, err := tresor.New(r.authority, "Test", 2048)
	return issuer, r.authority.GetIssuingCA(), err
}
