// The module that pins what consul.sh builds: Consul 1.22.7 calls fields that the version of its own API module lacks.
module meshwright.dev/test/consul

go 1.25.9

require (
	github.com/hashicorp/consul v1.22.7
	github.com/hashicorp/consul/api v1.34.1
)

replace github.com/hashicorp/go-discover => ./go-discover
