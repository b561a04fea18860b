//go:build tools

// Package commands names the commands that kubernetes.sh builds, so that go.mod pins them.
package commands

import _ "k8s.io/kubernetes/cmd/kube-apiserver"
