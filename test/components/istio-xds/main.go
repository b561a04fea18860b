// istio-xds: what istiod would send, without Kubernetes.
//
//	istio-xds dump  -dir DIR [-type sidecar|router|waypoint] [-id POD.NS] [-ns NS] [-ip IP] [-labels k=v,k=v] [-mesh FILE] [-only lds,cds,rds,eds]
//	istio-xds serve -dir DIR -listen 127.0.0.1:PORT [-http 127.0.0.1:PORT] [-sds 127.0.0.1:PORT [-ca DIR]]   (SIGHUP: read DIR again)
//	istio-xds analyze -dir DIR
//
// DIR: *.yaml / *.yml, any mix of Istio config (networking/security/telemetry/extensions.istio.io),
// Gateway API objects and core Kubernetes objects (Namespace, Service, Pod, EndpointSlice, Secret, ...).
// A document of kind MeshConfig (no apiVersion needed) sets the mesh config.
// dump prints one JSON object {listeners, routes, clusters, endpoints}; serve is a plaintext ADS server on loopback
// for a real Envoy or any ADS client (node id: sidecar~IP~POD.NS~NS.svc.cluster.local, metadata as Istio's).
package main

import (
	"bytes"
	"encoding/json"
	"flag"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"os/signal"
	"strings"
	"syscall"

	"google.golang.org/protobuf/encoding/protojson"
	"google.golang.org/protobuf/proto"
	"k8s.io/apimachinery/pkg/runtime/schema"

	"istio.io/istio/pilot/pkg/model"
	"istio.io/istio/pilot/test/xds"
	"istio.io/istio/pkg/config"
	"istio.io/istio/pkg/config/schema/gatewayapi"
	"istio.io/istio/pkg/config/schema/gvr"
	_ "istio.io/istio/pkg/config/xds" // registers every Envoy type for JSON
	"istio.io/istio/pkg/kube"
	"istio.io/istio/pkg/kube/kclient/clienttest"
	"istio.io/istio/pkg/log"
	"istio.io/istio/pkg/security"
	"istio.io/istio/pkg/test"
)

func list[T proto.Message](in []T) ([]json.RawMessage, error) {
	out := []json.RawMessage{}
	for _, m := range in {
		b, err := protojson.MarshalOptions{}.Marshal(m)
		if err != nil {
			return nil, err
		}
		// protojson's spacing is deliberately unstable: make it canonical
		var c bytes.Buffer
		if err := json.Compact(&c, b); err != nil {
			return nil, err
		}
		out = append(out, c.Bytes())
	}
	return out, nil
}

// moreKinds are kinds of the Gateway API that a fake server of istiod has no CRD for.
var moreKinds = []schema.GroupVersionResource{gvr.BackendTLSPolicy, gvr.ListenerSet, gvr.XBackendTrafficPolicy}

func main() {
	if len(os.Args) < 2 {
		fmt.Fprintln(os.Stderr, "usage: istio-xds dump|serve|analyze -dir DIR ...")
		os.Exit(2)
	}
	fs := flag.NewFlagSet(os.Args[1], flag.ExitOnError)
	dir := fs.String("dir", ".", "directory of YAML")
	typ := fs.String("type", "sidecar", "sidecar, router or waypoint")
	id := fs.String("id", "app.default", "proxy id, POD.NAMESPACE")
	ns := fs.String("ns", "default", "proxy's namespace")
	ip := fs.String("ip", "10.255.0.1", "proxy's IP")
	labels := fs.String("labels", "", "proxy's labels, k=v,k=v")
	sa := fs.String("sa", "default", "proxy's service account")
	ver := fs.String("istio-version", "1.31.0", "proxy's version")
	only := fs.String("only", "lds,rds,cds,eds", "what to print")
	listen := fs.String("listen", "127.0.0.1:0", "serve: plaintext xDS address")
	httpAddr := fs.String("http", "", "serve: address of istiod's /debug endpoints")
	sdsAddr := fs.String("sds", "", "serve: plaintext SDS address, the proxy's sds-grpc cluster (mTLS)")
	caDir := fs.String("ca", "", "serve: directory with ca.pem and ca-key.pem (PKCS #8) that sign, and bundle.pem that is trusted; without it a CA in memory")
	untilEOF := fs.Bool("until-eof", false, "serve: end when standard input ends, so that it never outlives who started it")
	verbose := fs.Bool("v", false, "istiod's log on stderr")
	_ = fs.Parse(os.Args[2:])
	for _, s := range log.Scopes() {
		if !*verbose {
			s.SetOutputLevel(log.NoneLevel)
		}
	}
	lo := log.DefaultOptions()
	lo.OutputPaths = []string{"stderr"}
	_ = log.Configure(lo)
	if !*verbose {
		for _, s := range log.Scopes() {
			s.SetOutputLevel(log.NoneLevel)
		}
	}
	if os.Args[1] == "analyze" {
		if err := analyze(*dir); err != nil {
			fmt.Fprintln(os.Stderr, "error:", err)
			os.Exit(1)
		}
		return
	}
	cfgs, objs, mc, err := load(*dir)
	if err != nil {
		fmt.Fprintln(os.Stderr, "error:", err)
		os.Exit(1)
	}
	err = test.Wrap(func(t test.Failer) {
		// Its CRDs carry no bundle version, and istiod ignores kinds whose CRD is older than it wants, or has none.
		clear(gatewayapi.MinimumCRDVersions)
		o := xds.FakeOptions{
			Configs: cfgs, KubernetesObjects: objs, MeshConfig: mc, DisableSecretAuthorization: true, KubeClientModifier: func(c kube.Client) {
				for _, kind := range moreKinds {
					clienttest.MakeCRD(t, c, kind)
				}
			},
		}
		if os.Args[1] == "serve" {
			o.ListenerBuilder = func() (net.Listener, error) { return net.Listen("tcp", *listen) }
		}
		s := xds.NewFakeDiscoveryServer(t, o)
		if os.Args[1] == "serve" {
			security.AuthPlaintext = true
			s.Discovery.Authenticators = []security.Authenticator{accountsOf(objs, mc.TrustDomain)}
			if *httpAddr != "" {
				l, err := net.Listen("tcp", *httpAddr)
				if err != nil {
					t.Fatal(err)
				}
				go http.Serve(l, s.DiscoveryDebug) //nolint
			}
			if *sdsAddr != "" {
				sd, err := newSDS(mc.TrustDomain, *caDir)
				if err != nil {
					t.Fatal(err)
				}
				l, err := sd.serve(*sdsAddr)
				if err != nil {
					t.Fatal(err)
				}
				fmt.Println("sds", l.Addr())
			}
			fmt.Println("listening", s.Listener.Addr())
			if *untilEOF {
				go func() {
					_, _ = io.Copy(io.Discard, os.Stdin)
					os.Exit(0)
				}()
			}
			ch := make(chan os.Signal, 1)
			signal.Notify(ch, syscall.SIGINT, syscall.SIGTERM, syscall.SIGHUP)
			have := map[string]config.Config{}
			for _, c := range cfgs {
				have[c.Key()] = c
			}
			for sig := range ch {
				if sig != syscall.SIGHUP {
					return
				}
				next, _, _, err := load(*dir) // Istio config only; Kubernetes objects and MeshConfig stay as they were
				if err != nil {
					fmt.Println("reload failed:", err)
					continue
				}
				now := map[string]config.Config{}
				for _, c := range next {
					now[c.Key()] = c
					if _, ok := have[c.Key()]; ok {
						_, err = s.Store().Update(c)
					} else {
						_, err = s.Store().Create(c)
					}
					if err != nil {
						fmt.Println("reload:", err)
					}
				}
				for k, c := range have {
					if _, ok := now[k]; !ok {
						if err := s.Store().Delete(c.GroupVersionKind, c.Name, c.Namespace, nil); err != nil {
							fmt.Println("reload:", err)
						}
					}
				}
				have = now
				fmt.Println("reloaded", len(now))
			}
		}
		lm := map[string]string{}
		for _, kv := range strings.Split(*labels, ",") {
			if k, v, ok := strings.Cut(kv, "="); ok {
				lm[k] = v
			}
		}
		p := s.SetupProxy(&model.Proxy{
			Type: model.NodeType(*typ), ID: *id, ConfigNamespace: *ns, IPAddresses: []string{*ip}, Labels: lm,
			Metadata: &model.NodeMetadata{Namespace: *ns, Labels: lm, IstioVersion: *ver, ServiceAccount: *sa, ClusterID: "Kubernetes", EnableHBONE: model.StringBool(*typ == "waypoint")},
		})
		out := map[string][]json.RawMessage{}
		add := func(k, n string, f func() ([]json.RawMessage, error)) {
			if !strings.Contains(*only, k) {
				return
			}
			r, err := f()
			if err != nil {
				t.Fatal(err)
			}
			out[n] = r
		}
		ls := s.Listeners(p)
		add("lds", "listeners", func() ([]json.RawMessage, error) { return list(ls) })
		add("rds", "routes", func() ([]json.RawMessage, error) { return list(s.RoutesFromListeners(p, ls)) })
		add("cds", "clusters", func() ([]json.RawMessage, error) { return list(s.Clusters(p)) })
		add("eds", "endpoints", func() ([]json.RawMessage, error) { return list(s.Endpoints(p)) })
		b, _ := json.MarshalIndent(out, "", " ")
		os.Stdout.Write(append(b, '\n'))
	})
	if err != nil {
		fmt.Fprintln(os.Stderr, "error:", err)
		os.Exit(1)
	}
}
