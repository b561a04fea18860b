package main

import (
	"fmt"
	"math"
	"regexp"
	"slices"
	"strings"

	"github.com/cilium/cilium/pkg/identity"
	"github.com/cilium/cilium/pkg/policy"
	"github.com/cilium/cilium/pkg/u8proto"
	npds "github.com/cilium/proxy/go/cilium/api"
	route "github.com/envoyproxy/go-control-plane/envoy/config/route/v3"
)

// decide asks the policies of both ends of a call.
func (e *engine) decide(asked request) (answer, error) {
	to, found := e.pods[asked.To]
	if !found {
		return answer{}, fmt.Errorf("no Pod %s", asked.To)
	}
	if caller, found := entities[asked.From]; found {
		ingress, allowed, err := e.verdict(to, caller, policy.IngressKey(), (*npds.NetworkPolicy).GetIngressPerPortPolicies, asked)
		return answer{Ingress: ingress, Egress: "allow", Allowed: allowed}, err
	}
	from, found := e.pods[asked.From]
	if !found {
		return answer{}, fmt.Errorf("no Pod %s", asked.From)
	}
	egress, leaves, err := e.verdict(from, to.identity.ID, policy.EgressKey(), (*npds.NetworkPolicy).GetEgressPerPortPolicies, asked)
	if err != nil {
		return answer{}, err
	}
	ingress, arrives, err := e.verdict(to, from.identity.ID, policy.IngressKey(), (*npds.NetworkPolicy).GetIngressPerPortPolicies, asked)
	return answer{Ingress: ingress, Egress: egress, Allowed: leaves && arrives}, err
}

// verdict looks a peer up in the map of the datapath; where that redirects to Envoy, the HTTP rules decide.
func (e *engine) verdict(
	own *pod, peer identity.NumericIdentity, key policy.Key,
	portsOf func(*npds.NetworkPolicy) []*npds.PortNetworkPolicy, asked request,
) (string, bool, error) {
	if err := e.compute(own); err != nil {
		return "", false, err
	}
	entry, _, found := own.policy.Lookup(key.WithIdentity(peer).WithPortProto(u8proto.TCP, asked.Port))
	if !found || entry.IsDeny() {
		return "deny", false, nil
	}
	if !entry.IsRedirectEntry() {
		return "allow", true, nil
	}
	return "proxy", allows(portsOf(own.network), uint32(peer), asked), nil
}

// allows reads the policy as Cilium's filter in Envoy does: rules of higher precedence first, the first that fits decides.
func allows(ports []*npds.PortNetworkPolicy, peer uint32, asked request) bool {
	var rules []*npds.PortNetworkPolicyRule
	for _, one := range ports {
		last := max(one.EndPort, one.Port)
		if one.Port != 0 && (uint32(asked.Port) < one.Port || uint32(asked.Port) > last) {
			continue
		}
		if len(one.Rules) == 0 {
			rules = append(rules, &npds.PortNetworkPolicyRule{})
		}
		rules = append(rules, one.Rules...)
	}
	slices.SortStableFunc(rules, func(a, b *npds.PortNetworkPolicyRule) int {
		return int(int64(b.Precedence) - int64(a.Precedence))
	})
	lowest := uint32(math.MaxUint32)
	for _, rule := range rules {
		isAbout := len(rule.RemotePolicies) == 0 || slices.Contains(rule.RemotePolicies, peer)
		if !isAbout || rule.Precedence > lowest {
			continue
		}
		if rule.GetDeny() {
			return false
		}
		if passed := rule.GetPassPrecedence(); passed != 0 {
			lowest = passed
			continue
		}
		http := rule.GetHttpRules()
		if http == nil || slices.ContainsFunc(http.HttpRules, func(one *npds.HttpNetworkPolicyRule) bool {
			return !slices.ContainsFunc(one.Headers, func(matcher *route.HeaderMatcher) bool { return !fits(matcher, asked) })
		}) {
			return true
		}
	}
	return false
}

// fits compares a header; Envoy joins the lines of a header by commas, and its expressions match the whole value.
func fits(matcher *route.HeaderMatcher, asked request) bool {
	value, isThere := headerOf(matcher.Name, asked)
	holds := false
	switch how := matcher.HeaderMatchSpecifier.(type) {
	case *route.HeaderMatcher_PresentMatch:
		holds = isThere == how.PresentMatch
	case *route.HeaderMatcher_StringMatch:
		if pattern := how.StringMatch.GetSafeRegex(); pattern != nil {
			holds = isThere && regexp.MustCompile("^(?:"+pattern.Regex+")$").MatchString(value)
		} else {
			holds = isThere && value == how.StringMatch.GetExact()
		}
	default:
		panic(fmt.Sprintf("unread matcher of %s: %T", matcher.Name, how))
	}
	return holds != matcher.InvertMatch
}

func headerOf(name string, asked request) (string, bool) {
	switch name {
	case ":path":
		return asked.Path, true
	case ":method":
		return asked.Method, true
	case ":authority":
		return asked.Host, true
	}
	lines, found := asked.Headers[strings.ToLower(name)]
	return strings.Join(lines, ","), found
}

// patterns returns every expression of the policies for Envoy, each once.
func (e *engine) patterns() ([]string, error) {
	seen := map[string]bool{}
	for _, one := range e.pods {
		if err := e.compute(one); err != nil {
			return nil, err
		}
		for _, ports := range [][]*npds.PortNetworkPolicy{one.network.GetIngressPerPortPolicies(), one.network.GetEgressPerPortPolicies()} {
			for _, port := range ports {
				for _, rule := range port.Rules {
					for _, http := range rule.GetHttpRules().GetHttpRules() {
						for _, header := range http.Headers {
							if pattern := header.GetStringMatch().GetSafeRegex(); pattern != nil {
								seen[pattern.Regex] = true
							}
						}
					}
				}
			}
		}
	}
	all := make([]string, 0, len(seen))
	for pattern := range seen {
		all = append(all, pattern)
	}
	slices.Sort(all)
	return all, nil
}
