package main

import "strings"

// defaultsTags reads the locale names in what macOS prints of a setting: a name,
// or a list such as
//
//	(
//	    "vi-VN",
//	    "en-US"
//	)
func defaultsTags(printed string) []string {
	return strings.FieldsFunc(printed, func(r rune) bool { return strings.ContainsRune("()\", \t\r\n", r) })
}
