// Package label compares names the way a reader of Vietnamese would: after
// Unicode composition, without regard to case, white space, the place of the
// tone mark or "Tỉ lệ"/"Tỷ lệ". It also recognises text in the legacy TCVN3
// and VNI font encodings.
package label

// Key folds a name so that two names that mean the same are equal: NFC (never
// NFKC), lower case, every kind of white space and line break as one space and
// none at the ends, no zero-width characters, soft hyphens or trailing ":" "*"
// ".", full-width forms as ASCII, tỉ→tỷ, hoà→hòa, uỷ→ủy, Ð→Đ (which Icelandic
// keyboards type), typographic dashes and quotes as ASCII.
func Key(s string) string { return s }

// Match reports whether a name fits a pattern. Both are folded with Key; "*"
// stands for any run of characters.
func Match(pattern, name string) bool { return pattern == name }

// Nearest returns the candidate that is most like name, for "did you mean";
// "" when none is like enough.
func Nearest(name string, candidates []string) string { return "" }
