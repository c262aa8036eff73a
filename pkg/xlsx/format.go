package xlsx

import (
	"bytes"
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
func parseFormat(code []byte) cell.Format {
	letters := formatLetters(code)
	percent := bytes.IndexByte(letters, '%') >= 0
	text := bytes.TrimSpace(letters)
	if len(text) == 0 || bytes.Contains(letters, []byte("general")) {
		f := generalFormat()
		f.Percent = percent
		return f
	}
	if string(text) == "@" {
		return cell.Format{Text: true}
	}
	for i, c := range letters {
		scientific := c == 'e' && i+1 < len(letters) && (letters[i+1] == '+' || letters[i+1] == '-')
		if !scientific && strings.IndexByte("ymdhsbge", c) >= 0 {
			return cell.Format{Date: true}
		}
	}
	f := cell.Format{Percent: percent}
	if _, decimals, ok := bytes.Cut(letters, []byte(".")); ok {
		for f.Decimals < 30 && int(f.Decimals) < len(decimals) && strings.IndexByte("0#?", decimals[f.Decimals]) >= 0 {
			f.Decimals++
		}
	}
	return f
}

// formatLetters leaves of a code's first section what is no literal: not
// "quoted", not \x, not the padding _x and *x, not [Red], [$-42A] or [>100];
// elapsed time as [h] stays. Capitals become small letters.
func formatLetters(code []byte) []byte {
	out := make([]byte, 0, len(code))
	for i := 0; i < len(code); i++ {
		switch c := code[i]; c {
		case ';':
			return out
		case '\\', '_', '*':
			i++
		case '"':
			end := bytes.IndexByte(code[i+1:], '"')
			if end < 0 {
				return out
			}
			i += end + 1
		case '[':
			end := bytes.IndexByte(code[i:], ']')
			if end < 0 {
				return out
			}
			inside := code[i+1 : i+end]
			for _, unit := range []string{"hH", "mM", "sS"} {
				if len(bytes.Trim(inside, unit)) == 0 && len(inside) > 0 {
					out = append(out, unit[0])
				}
			}
			i += end
		default:
			if c >= 'A' && c <= 'Z' {
				c += 'a' - 'A'
			}
			out = append(out, c)
		}
	}
	return out
}
