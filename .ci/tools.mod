// The linter that .ci/run builds apart: its own go.mod names a golang.org/x/tools that newer Go does not compile.
module github.com/parcheck/parcheck

go 1.26.0

tool github.com/nishanths/exhaustive/cmd/exhaustive

require (
	github.com/nishanths/exhaustive v0.12.0 // indirect
	golang.org/x/mod v0.41.0 // indirect
	golang.org/x/sync v0.23.0 // indirect
	golang.org/x/tools v0.51.0 // indirect
)
