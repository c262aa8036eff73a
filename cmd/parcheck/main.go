// Command parcheck scores agencies' workbooks against the targets of a public
// administration plan, and traces every figure to its cells and its clause.
package main

import (
	"os"
	"runtime/debug"

	"github.com/spf13/cobra"
)

func main() {
	if os.Getenv("GOGC") == "" {
		// A run is short and keeps the cards that it makes: collecting garbage half
		// as often takes an eighth less processor time for a tenth more memory.
		debug.SetGCPercent(200)
	}
	cobra.MousetrapHelpText = "" // who starts the program from Explorer gets more than a word of refusal
	ignoreClosedPipes()
	prepareConsole()
	os.Exit(execute(os.Args[1:], os.Stdin, os.Stdout, os.Stderr))
}
