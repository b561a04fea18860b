//go:build tools

// Package commands names the command that kapp.sh builds, so that go.mod pins it.
package commands

import _ "carvel.dev/kapp/cmd/kapp"
