package xls

import (
	"bytes"
	"slices"
	"unicode/utf16"
	"unicode/utf8"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/japanese"
	"golang.org/x/text/encoding/korean"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/traditionalchinese"
	"golang.org/x/text/unicode/norm"

	"github.com/parcheck/parcheck/pkg/cell"
	"github.com/parcheck/parcheck/pkg/diag"
)

// codePages are the encodings of text in workbooks of Excel 5.0 and 95, by the
// number that the record CODEPAGE has for them.
var codePages = map[int]encoding.Encoding{
	437: charmap.CodePage437, 850: charmap.CodePage850, 852: charmap.CodePage852, 855: charmap.CodePage855,
	858: charmap.CodePage858, 860: charmap.CodePage860, 862: charmap.CodePage862, 863: charmap.CodePage863,
	865: charmap.CodePage865, 866: charmap.CodePage866, 874: charmap.Windows874,
	932: japanese.ShiftJIS, 936: simplifiedchinese.GBK, 949: korean.EUCKR, 950: traditionalchinese.Big5,
	1250: charmap.Windows1250, 1251: charmap.Windows1251, 1252: charmap.Windows1252, 1253: charmap.Windows1253,
	1254: charmap.Windows1254, 1255: charmap.Windows1255, 1256: charmap.Windows1256, 1257: charmap.Windows1257,
	vietnamese: charmap.Windows1258, 10000: charmap.Macintosh, 10007: charmap.MacintoshCyrillic,
	0x8000: charmap.Macintosh, western: charmap.Windows1252,
}

const (
	vietnamese = 1258
	western    = 0x8001 // how Excel 5.0 calls 1252
	unnamed    = 0      // no code page is named
)

// charsets are the code pages of fonts that say which letters they have; the
// others leave it to the workbook.
var charsets = map[byte]int{77: 10000, 128: 932, 129: 949, 134: 936, 136: 950, 161: 1253, 162: 1254, 163: vietnamese,
	177: 1255, 178: 1256, 186: 1257, 204: 1251, 222: 874, 238: 1250}

// appendPage decodes text of Excel 5.0 or 95. Bytes that the code page does
// not know, or a code page that is not known, make it fail: text is not
// guessed.
func appendPage(dst, text []byte, page int) ([]byte, error) {
	if isASCII(text) {
		return append(dst, text...), nil
	}
	enc, ok := codePages[page]
	switch {
	case page == unnamed:
		return dst, diag.Wrong("the text has letters beyond ASCII, and the file does not say which (no code page)",
			"chữ có ký tự ngoài ASCII mà tệp không ghi bảng mã (code page)")
	case !ok:
		return dst, diag.Wrong("the text is in code page %d, which is not read", "chữ ở bảng mã (code page) %d, parcheck không đọc được", page)
	}
	decoded, err := enc.NewDecoder().Bytes(text)
	if err != nil || bytes.ContainsRune(decoded, utf8.RuneError) {
		return dst, diag.Wrong("the text holds bytes that its code page %d does not have", "chữ có byte không thuộc bảng mã (code page) %d", page)
	}
	if page == vietnamese { // which has tone marks as characters of their own
		return norm.NFC.Append(dst, decoded...), nil
	}
	return append(dst, decoded...), nil
}

func isASCII(text []byte) bool {
	return !slices.ContainsFunc(text, func(b byte) bool { return b >= utf8.RuneSelf })
}

// page returns the code page of a font's text. In legacy fonts each byte
// stands for itself, as it does where such text is stored as Unicode.
func (f *File) page(ft *font) int {
	if ft.code != cell.UnicodeFont {
		return western
	}
	if page, ok := charsets[ft.charset]; ok {
		return page
	}
	return f.codePage
}

// text appends n characters of a text whose options stand before them: bit 0
// says that a character has two bytes. A CONTINUE record in the middle begins
// with options of its own ([MS-XLS] 2.5.293).
func (s *segments) text(dst []byte, n int, wide bool) ([]byte, error) {
	start, high := len(dst), rune(0)
	for n > 0 {
		if len(s.data) == 0 {
			if err := s.more(); err != nil {
				return dst, err
			}
			options, err := s.byte()
			if err != nil {
				return dst, err
			}
			wide = options&1 != 0
			continue
		}
		if !wide {
			part := s.data[:min(n, len(s.data))]
			if high != 0 {
				dst, high = utf8.AppendRune(dst, utf8.RuneError), 0
			}
			for _, b := range part {
				dst = utf8.AppendRune(dst, rune(b))
			}
			s.data, n = s.data[len(part):], n-len(part)
		} else {
			if len(s.data) < 2 {
				return dst, errCutText(s.place)
			}
			for ; n > 0 && len(s.data) >= 2; n-- {
				r := rune(s.data[0]) | rune(s.data[1])<<8
				s.data = s.data[2:]
				dst, high = appendUnit(dst, r, high)
			}
		}
		if len(dst)-start > maxText {
			return dst, errLongText()
		}
	}
	if high != 0 {
		dst = utf8.AppendRune(dst, utf8.RuneError)
	}
	return dst, nil
}

// appendUnit appends a UTF-16 unit; high is the first half of a pair that
// waits for the second.
func appendUnit(dst []byte, r, high rune) ([]byte, rune) {
	if high != 0 {
		if pair := utf16.DecodeRune(high, r); pair != utf8.RuneError {
			return utf8.AppendRune(dst, pair), 0
		}
		dst = utf8.AppendRune(dst, utf8.RuneError)
	}
	if r >= 0xd800 && r < 0xdc00 {
		return dst, r
	}
	return utf8.AppendRune(dst, r), 0 // a second half alone becomes U+FFFD
}

func errLongText() error {
	return diag.TooMuch("a text of more than %d bytes; a cell holds at most 32,767 characters",
		"một đoạn chữ dài hơn %d byte; một ô chứa tối đa 32.767 ký tự", maxText)
}

// shortText reads a text whose length stands before it in size bytes, as the
// names of sheets and fonts and the codes of formats are kept.
func (f *File) shortText(s *segments, size, page int) (string, error) {
	n, err := s.uint(size)
	if err != nil {
		return "", err
	}
	text, err := f.chars(nil, s, int(n), page)
	return string(text), err
}

// chars reads n characters with their options, or in Excel 5.0 and 95 n bytes.
func (f *File) chars(dst []byte, s *segments, n, page int) ([]byte, error) {
	if f.biff8 {
		options, err := s.byte()
		if err != nil {
			return dst, err
		}
		return s.text(dst, n, options&1 != 0)
	}
	text := f.bytes[:0]
	for len(text) < n {
		if len(s.data) == 0 {
			if err := s.more(); err != nil {
				return dst, err
			}
			continue
		}
		part := s.data[:min(n-len(text), len(s.data))]
		text, s.data = append(text, part...), s.data[len(part):]
	}
	f.bytes = text
	return appendPage(dst, text, page)
}
