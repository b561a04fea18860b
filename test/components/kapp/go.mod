module kapp

go 1.23.3

require carvel.dev/kapp v0.64.0
