// Package discover stands in for the search for servers at cloud providers, whose clients are most of the build: an agent
// of a test is alone. It has the names that Consul uses.
package discover

import (
	"fmt"
	"log"
)

// Provider finds servers.
type Provider interface {
	Addrs(args map[string]string, l *log.Logger) ([]string, error)
	Help() string
}

// Providers has no provider.
var Providers = map[string]Provider{}

// Discover finds no servers.
type Discover struct{}

// Option is a setting of Discover.
type Option func(*Discover) error

// New returns a Discover.
func New(...Option) (*Discover, error) { return &Discover{}, nil }

// WithUserAgent has no effect.
func WithUserAgent(string) Option { return nil }

// WithProviders has no effect.
func WithProviders(map[string]Provider) Option { return nil }

// Names returns no names.
func (*Discover) Names() []string { return nil }

// Addrs returns an error.
func (*Discover) Addrs(cfg string, _ *log.Logger) ([]string, error) {
	return nil, fmt.Errorf("this build finds no servers by %q", cfg)
}
