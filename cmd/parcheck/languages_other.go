//go:build !windows && !darwin

package main

// systemLanguages returns nothing: here the environment is the system's setting.
func systemLanguages() []string { return nil }
