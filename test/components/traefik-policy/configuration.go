package main

import (
	"reflect"
	"sort"

	accesslisters "github.com/servicemeshinterface/smi-sdk-go/pkg/gen/client/access/listers/access/v1alpha2"
	specslisters "github.com/servicemeshinterface/smi-sdk-go/pkg/gen/client/specs/listers/specs/v1alpha3"
	splitlisters "github.com/servicemeshinterface/smi-sdk-go/pkg/gen/client/split/listers/split/v1alpha3"
	"github.com/sirupsen/logrus"
	"github.com/traefik/mesh/pkg/annotations"
	"github.com/traefik/mesh/pkg/controller"
	"github.com/traefik/mesh/pkg/k8s"
	"github.com/traefik/mesh/pkg/provider"
	"github.com/traefik/mesh/pkg/topology"
	"github.com/traefik/traefik/v2/pkg/config/dynamic"
	corev1 "k8s.io/api/core/v1"
	"k8s.io/apimachinery/pkg/runtime"
	corelisters "k8s.io/client-go/listers/core/v1"
	"k8s.io/client-go/tools/cache"
)

// The ranges of ports that the installation of Traefik Mesh has by default.
const (
	firstHTTP, lastHTTP = 5000, 5009
	firstTCP, lastTCP   = 10000, 10024
	firstUDP, lastUDP   = 15000, 15024
	systemNamespace     = "traefik-mesh"
)

// stores has a cache of objects for each kind, as informers would fill it.
type stores map[reflect.Type]cache.Indexer

func (s stores) of(example runtime.Object) cache.Indexer {
	kind := reflect.TypeOf(example)
	if s[kind] == nil {
		s[kind] = cache.NewIndexer(cache.MetaNamespaceKeyFunc, cache.Indexers{
			cache.NamespaceIndex: cache.MetaNamespaceIndexFunc,
		})
	}
	return s[kind]
}

// configurationOf lets Traefik Mesh build its topology, and its provider the configuration of that topology.
func configurationOf(objects []runtime.Object) (*dynamic.Configuration, error) {
	log := logrus.New()
	log.SetLevel(logrus.PanicLevel)
	known := stores{}
	var services []*corev1.Service
	for _, object := range objects {
		if err := known.of(object).Add(object); err != nil {
			return nil, err
		}
		if service, isService := object.(*corev1.Service); isService {
			services = append(services, service)
		}
	}
	sort.Slice(services, func(i, j int) bool {
		return services[i].Namespace+"/"+services[i].Name < services[j].Namespace+"/"+services[j].Name
	})
	serviceLister := corelisters.NewServiceLister(known.of(&corev1.Service{}))
	tcp := controller.NewPortMapping(systemNamespace, serviceLister, log, firstTCP, lastTCP)
	udp := controller.NewPortMapping(systemNamespace, serviceLister, log, firstUDP, lastUDP)
	for _, service := range services {
		kind, err := annotations.GetTrafficType(annotations.ServiceTypeHTTP, service.Annotations)
		if err != nil {
			return nil, err
		}
		if kind != annotations.ServiceTypeTCP {
			continue
		}
		for _, port := range service.Spec.Ports {
			if _, err := tcp.Add(service.Namespace, service.Name, port.Port); err != nil {
				return nil, err
			}
		}
	}
	built, err := topology.NewBuilder(
		serviceLister,
		corelisters.NewEndpointsLister(known.of(&corev1.Endpoints{})),
		corelisters.NewPodLister(known.of(&corev1.Pod{})),
		accesslisters.NewTrafficTargetLister(known.named("TrafficTarget")),
		splitlisters.NewTrafficSplitLister(known.named("TrafficSplit")),
		specslisters.NewHTTPRouteGroupLister(known.named("HTTPRouteGroup")),
		specslisters.NewTCPRouteLister(known.named("TCPRoute")),
		log,
	).Build(k8s.NewResourceFilter())
	if err != nil {
		return nil, err
	}
	config := provider.Config{
		MinHTTPPort: firstHTTP, MaxHTTPPort: lastHTTP, ACL: true, DefaultTrafficType: annotations.ServiceTypeHTTP,
	}
	return provider.New(tcp, udp, annotations.BuildMiddlewares, config, log).BuildConfig(built), nil
}

// named returns the cache of a kind of SMI, an empty one if there is no such object.
func (s stores) named(kind string) cache.Indexer {
	for own, store := range s {
		if own.Elem().Name() == kind {
			return store
		}
	}
	return cache.NewIndexer(cache.MetaNamespaceKeyFunc, cache.Indexers{cache.NamespaceIndex: cache.MetaNamespaceIndexFunc})
}
