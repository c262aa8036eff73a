package xlsx

import (
	"strings"

	"github.com/parcheck/parcheck/pkg/cell"
)

// generalFormat shows digits as they are.
func generalFormat() cell.Format { return cell.Format{General: true, Decimals: -1} }

// builtinFormat is a number format that files refer to without defining it
// (ECMA-376 part 1, 18.8.30), dates of the East Asian and Thai versions
// included. An id that nobody defines is shown as General is.
func builtinFormat(id int) cell.Format {
	switch {
	case id >= 14 && id <= 22, id >= 27 && id <= 36, id >= 45 && id <= 47, id >= 50 && id <= 58, id >= 71 && id <= 81:
		return cell.Format{Date: true}
	case id == 9 || id == 67:
		return cell.Format{Percent: true}
	case id == 10 || id == 68:
		return cell.Format{Percent: true, Decimals: 2}
	case id == 49:
		return cell.Format{Text: true}
	case id == 2, id == 4, id == 7, id == 8, id == 11, id == 39, id == 40, id == 43, id == 44, id == 60, id == 62:
		return cell.Format{Decimals: 2}
	case id == 48:
		return cell.Format{Decimals: 1}
	case id == 1, id == 3, id == 5, id == 6, id == 12, id == 13, id == 37, id == 38, id == 41, id == 42, id == 59, id == 61, id == 69, id == 70:
		return cell.Format{}
	}
	return generalFormat()
}

// parseFormat reads what a format code says about the value: the first
// section, for positive numbers, without literal text, colours and conditions
// (ECMA-376 part 1, 18.8.31).
func parseFormat(code string) cell.Format {
	letters := formatLetters(code)
	lower := strings.ToLower(letters)
	switch {
	case strings.TrimSpace(letters) == "" || strings.Contains(lower, "general"):
		f := generalFormat()
		f.Percent = strings.Contains(letters, "%")
		return f
	case strings.ContainsAny(strings.NewReplacer("e+", "", "e-", "").Replace(lower), "ymdhsbge"):
		return cell.Format{Date: true}
	case strings.TrimSpace(letters) == "@":
		return cell.Format{Text: true}
	}
	f := cell.Format{Percent: strings.Contains(letters, "%")}
	if _, decimals, ok := strings.Cut(letters, "."); ok {
		for f.Decimals < 30 && int(f.Decimals) < len(decimals) && strings.IndexByte("0#?", decimals[f.Decimals]) >= 0 {
			f.Decimals++
		}
	}
	return f
}

// formatLetters leaves of a code's first section what is no literal: not
// "quoted", not \x, not the padding _x and *x, not [Red], [$-42A] or [>100];
// elapsed time as [h] stays.
func formatLetters(code string) string {
	var out strings.Builder
	for i := 0; i < len(code); i++ {
		switch c := code[i]; c {
		case ';':
			return out.String()
		case '\\', '_', '*':
			i++
		case '"':
			end := strings.IndexByte(code[i+1:], '"')
			if end < 0 {
				return out.String()
			}
			i += end + 1
		case '[':
			end := strings.IndexByte(code[i:], ']')
			if end < 0 {
				return out.String()
			}
			if inside := strings.ToLower(code[i+1 : i+end]); inside != "" && strings.Trim(inside, inside[:1]) == "" && strings.Contains("hms", inside[:1]) {
				out.WriteString(inside)
			}
			i += end
		default:
			out.WriteByte(c)
		}
	}
	return out.String()
}
