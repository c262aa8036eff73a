package score

import "testing"

func TestSingular(t *testing.T) {
	for plural, want := range map[string]string{
		"dossiers":          "dossier",
		"agencies":          "agency",
		"procedures":        "procedure",
		"services":          "service",
		"percentage points": "percentage point",
		"boxes":             "box",
		"branches":          "branch",
		"addresses":         "address",
		"success":           "success",
		"million dong":      "million dong",
		"people":            "people",
		"":                  "",
	} {
		if got := singular(plural); got != want {
			t.Errorf("singular(%q) = %q, want %q", plural, got, want)
		}
	}
}
