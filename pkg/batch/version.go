package batch

// Version is a constant and no build stamp: reports print it, and the same
// inputs give the same bytes.
const Version = "0.1.0"

// Program names the program and its version in reports.
const Program = "parcheck " + Version
