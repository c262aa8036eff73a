package main

import "os/exec"

// systemLanguages returns the first language of the settings of macOS, and that
// of their dates and numbers. Terminals set LANG by them, so that nothing is
// asked there; ssh, cron and other programs do not.
func systemLanguages() []string {
	var tags []string
	for _, key := range []string{"AppleLanguages", "AppleLocale"} {
		out, err := exec.Command("/usr/bin/defaults", "read", "-g", key).Output()
		if found := defaultsTags(string(out)); err == nil && len(found) > 0 {
			tags = append(tags, found[0])
		}
	}
	return tags
}
