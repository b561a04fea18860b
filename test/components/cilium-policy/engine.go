package main

import (
	"fmt"
	"log/slog"
	"math"

	"github.com/cilium/cilium/pkg/crypto/certificatemanager"
	"github.com/cilium/cilium/pkg/endpoint/regeneration"
	"github.com/cilium/cilium/pkg/envoy"
	envoypolicy "github.com/cilium/cilium/pkg/envoy/policy"
	"github.com/cilium/cilium/pkg/identity"
	"github.com/cilium/cilium/pkg/identity/identitymanager"
	"github.com/cilium/cilium/pkg/k8s"
	corev1 "github.com/cilium/cilium/pkg/k8s/slim/k8s/api/core/v1"
	"github.com/cilium/cilium/pkg/labels"
	"github.com/cilium/cilium/pkg/labelsfilter"
	"github.com/cilium/cilium/pkg/option"
	"github.com/cilium/cilium/pkg/policy"
	"github.com/cilium/cilium/pkg/policy/utils"
	"github.com/cilium/cilium/pkg/proxy/accesslog"
	testidentity "github.com/cilium/cilium/pkg/testutils/identity"
	testpolicy "github.com/cilium/cilium/pkg/testutils/policy"
	"github.com/cilium/cilium/pkg/u8proto"
	npds "github.com/cilium/proxy/go/cilium/api"
)

// entities are the callers that are no pods.
var entities = map[string]identity.NumericIdentity{
	"world":          identity.ReservedIdentityWorld,
	"host":           identity.ReservedIdentityHost,
	"remote-node":    identity.ReservedIdentityRemoteNode,
	"kube-apiserver": identity.ReservedIdentityKubeAPIServer,
	"unmanaged":      identity.ReservedIdentityUnmanaged,
	"ingress":        identity.ReservedIdentityIngress,
}

// engine is Cilium's repository of policies with the identities of all pods.
type engine struct {
	log        *slog.Logger
	repository *policy.Repository
	rules      envoypolicy.EnvoyL7RulesTranslator
	pods       map[string]*pod
}

// pod is an endpoint of Cilium; its policy is computed once.
type pod struct {
	identity *identity.Identity
	number   uint64
	address  string
	policy   *policy.EndpointPolicy
	network  *npds.NetworkPolicy
}

func newEngine(found *objects, log *slog.Logger) (*engine, error) {
	if err := labelsfilter.ParseLabelPrefixCfg(log, nil, nil, ""); err != nil {
		return nil, err
	}
	option.Config.ClusterName = "default"
	option.Config.EnableL7Proxy = true
	policy.SetPolicyEnabled(option.DefaultEnforcement)

	made := &engine{
		log:   log,
		rules: envoypolicy.NewEnvoyL7RulesTranslator(log, certificatemanager.NewMockSecretManagerInline()),
		pods:  map[string]*pod{},
	}
	identities := identity.ListReservedIdentities()
	byLabels := map[string]*identity.Identity{}
	for index, one := range found.pods {
		namespace := found.namespaces[one.Namespace]
		if namespace == nil {
			return nil, fmt.Errorf("no Namespace %s", one.Namespace)
		}
		own := made.identityOf(namespace, one, byLabels)
		identities[own.ID] = own.LabelArray
		made.pods[one.Name+"."+one.Namespace] = &pod{identity: own, number: uint64(index) + 1000, address: one.Status.PodIP}
	}
	made.repository = policy.NewPolicyRepository(
		log, identities, nil, made.rules, identitymanager.NewIDManager(log), testpolicy.NewPolicyMetricsNoop(),
	)
	made.repository.GetSelectorCache().SetLocalIdentityNotifier(testidentity.NewDummyIdentityNotifier())
	made.repository.UpdateIdentities(identities, nil)
	for _, one := range found.policies {
		rules, err := one.Parse(log, option.Config.ClusterName)
		if err != nil {
			return nil, fmt.Errorf("CiliumNetworkPolicy %s/%s: %w", one.Namespace, one.Name, err)
		}
		made.repository.MustAddPolicyEntries(utils.RulesToPolicyEntries(rules))
	}
	return made, nil
}

// identityOf returns the identity of a pod: pods with equal labels, of those that Cilium reads, share one.
func (e *engine) identityOf(
	namespace *corev1.Namespace, one *corev1.Pod, known map[string]*identity.Identity,
) *identity.Identity {
	_, all := k8s.GetPodMetadata(e.log, namespace, one)
	read, _ := labelsfilter.Filter(labels.Map2Labels(all, labels.LabelSourceK8s))
	if own := known[read.String()]; own != nil {
		return own
	}
	own := identity.NewIdentity(identity.MinimalNumericIdentity+identity.NumericIdentity(len(known)), read)
	known[read.String()] = own
	return own
}

// compute gives a pod its map of the datapath and its policy for Envoy.
func (e *engine) compute(one *pod) error {
	if one.policy != nil {
		return nil
	}
	selected, _, err := e.repository.ComputeSelectorPolicy(one.identity)
	if err != nil {
		return err
	}
	one.policy = selected.DistillPolicy(e.log, one, map[string]uint16{policy.FallbackRedirectID: math.MaxUint16})
	own := one.policy.SelectorPolicy
	one.network = envoy.GetNetworkPolicy(
		one, selected.GetEgressNamedPorts, one.policy.GetPolicySelectors(), one.GetPolicyNames(), &own.L4Policy,
		own.IngressPolicyEnabled, own.EgressPolicyEnabled, false, false, "", e.log, e.rules,
	)
	return one.policy.Ready()
}

// The methods by which Cilium asks an endpoint about itself.

func (p *pod) GetID() uint64                                       { return p.number }
func (p *pod) GetPolicyNames() []string                            { return []string{p.address} }
func (p *pod) GetIPv4Address() string                              { return p.address }
func (p *pod) GetIPv6Address() string                              { return "" }
func (p *pod) GetIngressNamedPort(string, u8proto.U8proto) uint16  { return 0 }
func (p *pod) PolicyDebug(string, ...any)                          {}
func (p *pod) IsHost() bool                                        { return false }
func (p *pod) PreviousMapStateSizes() (sizes policy.MapStateSizes) { return }
func (p *pod) OnProxyPolicyUpdate(uint64)                          {}
func (p *pod) GetListenerProxyPort(string) uint16                  { return 0 }
func (p *pod) UpdateProxyStatistics(string, string, uint16, uint16, bool, bool, accesslog.FlowVerdict) {
}
func (p *pod) RegenerateIfAlive(*regeneration.ExternalRegenerationMetadata) <-chan bool {
	done := make(chan bool)
	close(done)
	return done
}
