package main

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"

	"k8s.io/apimachinery/pkg/util/yaml"
	strictyaml "sigs.k8s.io/yaml"

	ciliumv2 "github.com/cilium/cilium/pkg/k8s/apis/cilium.io/v2"
	corev1 "github.com/cilium/cilium/pkg/k8s/slim/k8s/api/core/v1"
)

// objects are the parts of a cluster on which policies depend.
type objects struct {
	namespaces map[string]*corev1.Namespace
	pods       []*corev1.Pod
	policies   []*ciliumv2.CiliumNetworkPolicy
}

// load reads every YAML file of a folder; a field of a policy that Cilium doesn't know is an error.
func load(dir string) (*objects, error) {
	files, err := filepath.Glob(filepath.Join(dir, "*.yaml"))
	if err != nil {
		return nil, err
	}
	found := &objects{namespaces: map[string]*corev1.Namespace{}}
	for _, file := range files {
		text, err := os.ReadFile(file)
		if err != nil {
			return nil, err
		}
		documents := yaml.NewYAMLOrJSONDecoder(bytes.NewReader(text), 4096)
		for {
			raw := map[string]any{}
			if err := documents.Decode(&raw); errors.Is(err, io.EOF) {
				break
			} else if err != nil {
				return nil, fmt.Errorf("%s: %w", file, err)
			}
			if err := found.add(raw); err != nil {
				return nil, fmt.Errorf("%s: %w", file, err)
			}
		}
	}
	return found, nil
}

func (o *objects) add(raw map[string]any) error {
	text, err := strictyaml.Marshal(raw)
	if err != nil {
		return err
	}
	switch raw["kind"] {
	case "Namespace":
		namespace := &corev1.Namespace{}
		err = strictyaml.Unmarshal(text, namespace)
		o.namespaces[namespace.Name] = namespace
	case "Pod":
		pod := &corev1.Pod{}
		err = strictyaml.Unmarshal(text, pod)
		o.pods = append(o.pods, pod)
	case "CiliumNetworkPolicy":
		policy := &ciliumv2.CiliumNetworkPolicy{}
		err = strictyaml.UnmarshalStrict(text, policy)
		o.policies = append(o.policies, policy)
	}
	return err
}
