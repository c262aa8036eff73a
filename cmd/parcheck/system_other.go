//go:build !windows

package main

import (
	"errors"
	"os"
)

// startedByExplorer reports whether the program has a window of its own, which
// only Windows gives.
func startedByExplorer() bool { return false }

// openFile is for runs from Explorer, of which there are none.
func openFile(string) error { return errors.ErrUnsupported }

func prepareConsole() {}

// understandsColours reports whether a terminal takes escape sequences: all do.
func understandsColours(*os.File) bool { return true }

// pattern is a file pattern as it stands: names tell upper from lower case.
func pattern(p string) string { return p }
