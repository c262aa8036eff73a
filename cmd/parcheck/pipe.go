//go:build !js

package main

import (
	"os/signal"
	"syscall"
)

// ignoreClosedPipes lets a run go on when a reader has seen enough: its reports
// are written and its exit code is known.
func ignoreClosedPipes() { signal.Ignore(syscall.SIGPIPE) }
