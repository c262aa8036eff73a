// Command parcheck scores agencies' workbooks against the targets of a public
// administration plan, and traces every figure to its cells and its clause.
package main

import (
	"os"
	"os/signal"
	"runtime/debug"
	"syscall"
)

func main() {
	if os.Getenv("GOGC") == "" {
		// A run is short and keeps the cards that it makes: collecting garbage half
		// as often takes an eighth less processor time for a tenth more memory.
		debug.SetGCPercent(200)
	}
	signal.Ignore(syscall.SIGPIPE) // a reader that has seen enough ends no run before its reports are written and its exit code is known
	os.Exit(execute(os.Args[1:], os.Stdin, os.Stdout, os.Stderr))
}
