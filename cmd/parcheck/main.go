// Command parcheck scores agencies' workbooks against the targets of a public
// administration plan, and traces every figure to its cells and its clause.
package main

import "os"

func main() { os.Exit(execute(os.Args[1:], os.Stdin, os.Stdout, os.Stderr)) }
