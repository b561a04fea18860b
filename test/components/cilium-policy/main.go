// cilium-policy: what the policy engine of Cilium decides about calls, without a kernel and without Kubernetes.
//
//	cilium-policy DIR < REQUESTS
//
// DIR holds *.yaml of Namespaces, Pods and CiliumNetworkPolicies. Each line of the input is a JSON object {from, to, port,
// method, path, host, headers}; from is POD.NAMESPACE, or an entity of Cilium such as `world` or `ingress`. For each line the
// output has a JSON object {ingress, egress, allowed}: `deny`, `allow`, or `proxy` where Envoy decides by the HTTP rules, which are
// evaluated here. A last line has {patterns}: every regular expression that Envoy gets.
package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"log/slog"
	"os"
)

// request is a call as the server's node sees it: the port is that of the pod.
type request struct {
	From    string              `json:"from"`
	To      string              `json:"to"`
	Port    uint16              `json:"port"`
	Method  string              `json:"method"`
	Path    string              `json:"path"`
	Host    string              `json:"host"`
	Headers map[string][]string `json:"headers"`
}

type answer struct {
	Ingress string `json:"ingress"`
	Egress  string `json:"egress"`
	Allowed bool   `json:"allowed"`
}

func main() {
	if err := run(); err != nil {
		fmt.Fprintln(os.Stderr, "cilium-policy:", err)
		os.Exit(1)
	}
}

func run() error {
	if len(os.Args) != 2 {
		return fmt.Errorf("usage: cilium-policy DIR < REQUESTS")
	}
	log := slog.New(slog.NewTextHandler(os.Stderr, &slog.HandlerOptions{Level: slog.LevelError}))
	objects, err := load(os.Args[1])
	if err != nil {
		return err
	}
	engine, err := newEngine(objects, log)
	if err != nil {
		return err
	}
	out := bufio.NewWriter(os.Stdout)
	defer out.Flush()
	lines := bufio.NewScanner(os.Stdin)
	lines.Buffer(nil, 1<<20)
	encoder := json.NewEncoder(out)
	for lines.Scan() {
		var asked request
		if err := json.Unmarshal(lines.Bytes(), &asked); err != nil {
			return err
		}
		said, err := engine.decide(asked)
		if err != nil {
			return err
		}
		if err := encoder.Encode(said); err != nil {
			return err
		}
	}
	if err := lines.Err(); err != nil {
		return err
	}
	patterns, err := engine.patterns()
	if err != nil {
		return err
	}
	return encoder.Encode(map[string]any{"patterns": patterns})
}
