package main

import (
	"encoding/json"
	"net"
	"regexp"
	"slices"

	discovery "github.com/envoyproxy/go-control-plane/envoy/service/discovery/v3"
	"github.com/envoyproxy/go-control-plane/pkg/cache/types"
	"github.com/google/uuid"
	"github.com/openservicemesh/osm/pkg/constants"
	"github.com/openservicemesh/osm/pkg/envoy"
	"github.com/openservicemesh/osm/pkg/envoy/cds"
	"github.com/openservicemesh/osm/pkg/envoy/lds"
	"github.com/openservicemesh/osm/pkg/envoy/rds"
	"github.com/openservicemesh/osm/pkg/envoy/sds"
	"github.com/openservicemesh/osm/pkg/identity"
	"google.golang.org/protobuf/encoding/protojson"
	corev1 "k8s.io/api/core/v1"
)

// proxy is what an Envoy would get; names are those of Envoy's API.
type proxy struct {
	Address   string            `json:"address"`
	Listeners []json.RawMessage `json:"listeners"`
	Routes    []json.RawMessage `json:"routes"`
	Clusters  []json.RawMessage `json:"clusters"`
	Secrets   []json.RawMessage `json:"secrets"`
}

// proxyOf asks OSM's generators for the configuration of a pod, as its Envoy would: first clusters and listeners, then
// the routes and secrets that these name.
func (m *mesh) proxyOf(pod *corev1.Pod) (*proxy, error) {
	id, err := uuid.Parse(pod.Labels[constants.EnvoyUniqueIDLabelName])
	if err != nil {
		return nil, err
	}
	account := identity.New(pod.Spec.ServiceAccountName, pod.Namespace)
	own := envoy.NewProxy(envoy.KindSidecar, id, account, &net.IPAddr{IP: net.ParseIP(pod.Status.PodIP)})
	made := &proxy{Address: pod.Status.PodIP}
	steps := []struct {
		into *[]json.RawMessage
		make func() ([]types.Resource, error)
	}{
		{&made.Clusters, func() ([]types.Resource, error) {
			return cds.NewResponse(m.catalog, own, nil, m.config, m.certificates, m.registry)
		}},
		{&made.Listeners, func() ([]types.Resource, error) {
			return lds.NewResponse(m.catalog, own, nil, m.config, m.certificates, m.registry)
		}},
		{&made.Routes, func() ([]types.Resource, error) {
			names := named(`"route_config_name":\s*"([^"]+)"`, made.Listeners)
			return rds.NewResponse(m.catalog, own, &discovery.DiscoveryRequest{ResourceNames: names}, m.config, m.certificates, m.registry)
		}},
		{&made.Secrets, func() ([]types.Resource, error) {
			names := named(`"name":\s*"((?:service-cert|root-cert-[a-z-]+):[^"]+)"`, slices.Concat(made.Listeners, made.Clusters))
			return sds.NewResponse(m.catalog, own, &discovery.DiscoveryRequest{ResourceNames: names}, m.config, m.certificates, m.registry)
		}},
	}
	for _, step := range steps {
		resources, err := step.make()
		if err != nil {
			return nil, err
		}
		for _, one := range resources {
			text, err := protojson.MarshalOptions{UseProtoNames: true}.Marshal(one)
			if err != nil {
				return nil, err
			}
			*step.into = append(*step.into, text)
		}
	}
	return made, nil
}

// named returns the names in resources by an expression with one group, each once.
func named(expression string, resources []json.RawMessage) []string {
	pattern := regexp.MustCompile(expression)
	var names []string
	for _, text := range resources {
		for _, match := range pattern.FindAllSubmatch(text, -1) {
			names = append(names, string(match[1]))
		}
	}
	slices.Sort(names)
	return slices.Compact(names)
}
