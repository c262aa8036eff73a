package label

import "testing"

func TestNotesDoNotCount(t *testing.T) {
	for s, want := range map[string]string{
		"Số hồ sơ¹":              "số hồ sơ",
		"Số hồ sơ ⁽¹⁾":           "số hồ sơ",
		"Số hồ sơ (¹²)":          "số hồ sơ",
		"Số hồ sơ¹,² quá hạn":    "số hồ sơ quá hạn",
		"Số hồ sơ¹ ²":            "số hồ sơ",
		"Diện tích (m²)":         "diện tích (m2)",
		"Nước (nghìn m³)¹":       "nước (nghìn m3)",
		"KM²":                    "km2",
		"Phát thải CO₂":          "phát thải co2",
		"10³ đồng":               "10³ đồng",
		"Quý 1²":                 "quý 1²",
		"⁽¹⁾":                    "(1)",
		"Số hồ sơ ( ¹ )":         "số hồ sơ ( )",
		"Tỷ lệ ¹ đúng hạn":       "tỷ lệ đúng hạn",
		"team²":                  "team",
		"không có dấu chú thích": "không có dấu chú thích",
	} {
		if got := Key(s); got != want {
			t.Errorf("Key(%q) = %q, want %q", s, got, want)
		}
		if got := Key(Key(s)); got != Key(s) {
			t.Errorf("Key(Key(%q)) = %q", s, got)
		}
	}
}
