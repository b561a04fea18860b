package main

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"sort"
	"strings"

	"k8s.io/apimachinery/pkg/runtime"
	kyaml "k8s.io/apimachinery/pkg/util/yaml"
	"sigs.k8s.io/yaml"

	meshconfig "istio.io/api/mesh/v1alpha1"
	"istio.io/istio/pilot/pkg/config/kube/crd"
	"istio.io/istio/pkg/config"
	"istio.io/istio/pkg/config/mesh"
	kubelib "istio.io/istio/pkg/kube"
)

// load reads every YAML file below dir: Istio's configuration, Kubernetes objects, and what a MeshConfig sets.
func load(dir string) (cfgs []config.Config, objs []runtime.Object, mc *meshconfig.MeshConfig, err error) {
	var files []string
	err = filepath.Walk(dir, func(p string, i os.FileInfo, e error) error {
		if e == nil && !i.IsDir() && (strings.HasSuffix(p, ".yaml") || strings.HasSuffix(p, ".yml")) {
			files = append(files, p)
		}
		return e
	})
	if err != nil {
		return
	}
	sort.Strings(files)
	mc = mesh.DefaultMeshConfig()
	var entries []runtime.Object
	isTarget := false
	decode := kubelib.IstioCodec.UniversalDeserializer().Decode
	for _, f := range files {
		b, e := os.ReadFile(f)
		if e != nil {
			return nil, nil, nil, e
		}
		d := kyaml.NewYAMLOrJSONDecoder(bytes.NewReader(b), 1<<20)
		for {
			var raw map[string]any
			if e := d.Decode(&raw); errors.Is(e, io.EOF) {
				break
			} else if e != nil {
				return nil, nil, nil, fmt.Errorf("%s: %w", f, e)
			}
			if len(raw) == 0 {
				continue
			}
			doc, _ := yaml.Marshal(raw)
			api, _ := raw["apiVersion"].(string)
			group, _, _ := strings.Cut(api, "/")
			kind, _ := raw["kind"].(string)
			switch {
			case kind == "MeshConfig":
				delete(raw, "kind")
				delete(raw, "apiVersion")
				delete(raw, "metadata")
				doc, _ = yaml.Marshal(raw)
				if mc, e = mesh.ApplyMeshConfig(string(doc), mc); e != nil {
					return nil, nil, nil, fmt.Errorf("%s: MeshConfig: %w", f, e)
				}
			case strings.HasSuffix(group, ".istio.io"):
				cs, other, e := crd.ParseInputs(string(doc))
				if e != nil {
					return nil, nil, nil, fmt.Errorf("%s: %w", f, e)
				}
				if len(other) > 0 {
					return nil, nil, nil, fmt.Errorf("%s: unknown kind %s %s", f, api, kind)
				}
				for i := range cs {
					if cs[i].Namespace == "" {
						cs[i].Namespace = "default"
					}
					cs[i].Domain = "cluster.local"
				}
				cfgs = append(cfgs, cs...)
				if kind == "ServiceEntry" {
					o, _, e := decode(doc, nil, nil)
					if e != nil {
						return nil, nil, nil, fmt.Errorf("%s: %w", f, e)
					}
					entries = append(entries, o)
				}
			default:
				o, _, e := decode(doc, nil, nil)
				if e != nil {
					return nil, nil, nil, fmt.Errorf("%s: %w", f, e)
				}
				objs = append(objs, o)
				isTarget = isTarget || group == "gateway.networking.k8s.io" && bytes.Contains(doc, []byte("kind: ServiceEntry"))
			}
		}
	}
	// Routes and policies of the Gateway API look for their ServiceEntry among the objects of the server.
	if isTarget {
		objs = append(objs, entries...)
	}
	return
}
