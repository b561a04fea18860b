package main

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"

	"istio.io/istio/pkg/config/analysis/analyzers"
	"istio.io/istio/pkg/config/analysis/local"
	"istio.io/istio/pkg/config/resource"
)

// analyze runs every analyzer of istioctl over the YAML below dir. Without a cluster istioctl itself leaves out those that
// look at Kubernetes objects (`istioctl analyze --use-kube=false -v` lists 21), even where files have them.
func analyze(dir string) error {
	sa := local.NewIstiodAnalyzer(analyzers.AllCombined(), "", resource.Namespace("istio-system"), nil)
	var readers []local.ReaderSource
	err := filepath.Walk(dir, func(p string, i os.FileInfo, e error) error {
		if e != nil || i.IsDir() || !strings.HasSuffix(p, ".yaml") {
			return e
		}
		f, e := os.Open(p)
		readers = append(readers, local.ReaderSource{Name: filepath.Base(p), Reader: f})
		return e
	})
	if err != nil {
		return err
	}
	if err := sa.AddTestReaderKubeSource(readers); err != nil {
		return err
	}
	if err := sa.AddDefaultResources(); err != nil {
		return err
	}
	result, err := sa.Analyze(make(chan struct{}))
	if err != nil {
		return err
	}
	b, err := json.MarshalIndent(map[string]any{"messages": result.Messages, "skipped": result.SkippedAnalyzers}, "", " ")
	if err != nil {
		return err
	}
	_, err = os.Stdout.Write(append(b, '\n'))
	return err
}
