// osm-policy: the configuration that Open Service Mesh has for the Envoy of each pod, without Kubernetes.
//
//	osm-policy DIR
//
// DIR holds *.yaml of Namespaces, ServiceAccounts, Services, Endpoints, Pods, objects of SMI and a MeshConfig; a field that these kinds
// don't have is an error. The output is one JSON object: for each POD.NAMESPACE its listeners, routes, clusters and secrets, as
// OSM's own generators make them for a proxy with the pod's label `osm-proxy-uuid`.
package main

import (
	"encoding/json"
	"fmt"
	"os"

	"github.com/openservicemesh/osm/pkg/logger"
)

func main() {
	if err := run(); err != nil {
		fmt.Fprintln(os.Stderr, "osm-policy:", err)
		os.Exit(1)
	}
}

func run() error {
	if len(os.Args) != 2 {
		return fmt.Errorf("usage: osm-policy DIR")
	}
	if err := logger.SetLogLevel("disabled"); err != nil {
		return err
	}
	cluster, err := load(os.Args[1])
	if err != nil {
		return err
	}
	stop := make(chan struct{})
	defer close(stop)
	mesh, err := newMesh(cluster, stop)
	if err != nil {
		return err
	}
	proxies := map[string]*proxy{}
	for _, pod := range mesh.kube.ListPods() {
		made, err := mesh.proxyOf(pod)
		if err != nil {
			return fmt.Errorf("Pod %s/%s: %w", pod.Namespace, pod.Name, err)
		}
		proxies[pod.Name+"."+pod.Namespace] = made
	}
	return json.NewEncoder(os.Stdout).Encode(proxies)
}
