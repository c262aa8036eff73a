// Command build makes the page: one .html that holds the whole program.
//
//	go run ./cmd/parcheck-web/build -o parcheck.html
//
// The same sources and toolchain give the same bytes, in whatever folder.
package main

import (
	"flag"
	"fmt"
	"os"
)

func main() {
	out := flag.String("o", "parcheck.html", "the page to write")
	program := flag.String("program", "", "also write the program alone, as WebAssembly, to this file")
	flag.Parse()
	if err := run(*out, *program); err != nil {
		fmt.Fprintln(os.Stderr, "build:", err)
		os.Exit(1)
	}
}

func run(out, program string) error {
	wasm, goroot, err := compile()
	if err != nil {
		return err
	}
	if program != "" {
		if err := os.WriteFile(program, wasm, 0o644); err != nil {
			return err
		}
	}
	page, err := assemble(wasm, goroot)
	if err != nil {
		return err
	}
	if err := os.WriteFile(out, page, 0o644); err != nil {
		return err
	}
	fmt.Printf("%s: %d bytes, of a program of %d\n", out, len(page), len(wasm))
	return nil
}
