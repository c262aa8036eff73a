package main

// ignoreClosedPipes does nothing: WebAssembly has no signals.
func ignoreClosedPipes() {}
