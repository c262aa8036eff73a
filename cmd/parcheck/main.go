// Command parcheck scores agencies' workbooks against the targets of a public
// administration plan, and traces every figure to its cells and its clause.
package main

import (
	"os"
	"runtime/debug"

	"github.com/spf13/cobra"
)

func main() {
	collectGarbageAt(200)
	cobra.MousetrapHelpText = "" // who starts the program from Explorer gets more than a word of refusal
	ignoreClosedPipes()
	prepareConsole()
	os.Exit(execute(os.Args[1:], os.Stdin, os.Stdout, os.Stderr))
}

// collectGarbageAt sets by how many percent memory grows before garbage is
// collected, where the user does not. A run over files is short and keeps the cards
// that it makes: 200 take an eighth less processor time than 100 for a tenth more
// memory.
func collectGarbageAt(percent int) {
	if os.Getenv("GOGC") == "" {
		debug.SetGCPercent(percent)
	}
}
