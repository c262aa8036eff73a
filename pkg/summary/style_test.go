package summary

import (
	"math"
	"strconv"
	"testing"
)

// contrast is the contrast of two colours (WCAG 2.2).
func contrast(a, b string) float64 {
	light := func(color string) float64 {
		n, _ := strconv.ParseUint(color, 16, 32)
		sum := 0.0
		for i, weight := range []float64{0.2126, 0.7152, 0.0722} {
			c := float64(n>>(16-8*i)&0xFF) / 255
			if c <= 0.04045 {
				c /= 12.92
			} else {
				c = math.Pow((c+0.055)/1.055, 2.4)
			}
			sum += weight * c
		}
		return sum
	}
	x, y := light(a), light(b)
	return (max(x, y) + 0.05) / (min(x, y) + 0.05)
}

// TestContrast holds letters against WCAG 2.2 AA (4.5 to 1), and the bars of
// charts against what it wants of graphics (3 to 1).
func TestContrast(t *testing.T) {
	for name, pair := range map[string][2]string{
		"tile": {tileLabel.Color, tileLabel.Fill}, "link": {linkStyle.Color, grey}, "head": {head.Color, head.Fill}, "subtitle": {subtitle.Color, white},
		"key": {key.Color, white}, "repeated": {paleInk, white}, "met": {navy, paleBlue}, "missed": {darkRust, amber},
		"invalid": {brown, yellow}, "missing": {"404040", grey}, "input": {input, white},
	} {
		if got := contrast(pair[0], pair[1]); got < 4.5 {
			t.Errorf("%s: %s on %s has a contrast of %.2f", name, pair[0], pair[1], got)
		}
	}
	for _, c := range outcomeColors {
		if fill, label := contrast(c.fill, white), contrast(c.ink, c.fill); fill < 3 || label < 4.5 {
			t.Errorf("bars of %s: %.2f on white, labels %.2f", c.fill, fill, label)
		}
	}
}
