package xlsx

import (
	"context"
	"io"
	"strings"

	"github.com/parcheck/parcheck/pkg/cell"
	"github.com/parcheck/parcheck/pkg/diag"
)

// Package is a zip file of XML parts, for the readers of other formats that
// are made so. Its directory and its parts are read as strictly, and bounded
// in the same way, as those of a workbook.
type Package struct{ file *File }

// OpenPackage reads the directory of a zip file of size bytes. The arguments
// are those of Open. An error is no *diag.Refusal yet: see Refuse.
func OpenPackage(name string, r io.ReaderAt, size int64, limits cell.Limits, progress func(int64)) (*Package, error) {
	f := &File{name: name, limits: limits, progress: progress}
	if most := limits.FileBytes; most > 0 && size > most {
		return nil, diag.TooMuch("the file has %d bytes; at most %d are read", "tệp có %d byte; chỉ đọc tối đa %d", size, most)
	}
	var err error
	if f.archive, err = openArchive(r, size); err != nil {
		return nil, err
	}
	return &Package{f}, nil
}

// Has reports whether there is a part of a name.
func (p *Package) Has(part string) bool { return p.file.archive.part(part) != nil }

// Size returns how many bytes a part has, inflated, as the directory says; 0
// when there is none.
func (p *Package) Size(part string) int64 {
	if q := p.file.archive.part(part); q != nil {
		return q.size
	}
	return 0
}

// Packed returns how many bytes a part takes in the file.
func (p *Package) Packed(part string) int64 {
	if q := p.file.archive.part(part); q != nil {
		return q.compressed
	}
	return 0
}

// CheckPassword fails when the zip file itself is encrypted.
func (p *Package) CheckPassword() error {
	for _, q := range p.file.archive.parts {
		if q.encrypted {
			return Password()
		}
	}
	return nil
}

// Warnings are oddities in how the file is packed.
func (p *Package) Warnings() diag.List {
	p.file.Warnings = nil
	p.file.noteArchive()
	return p.file.Warnings
}

// Text returns the whole content of a part of at most so many bytes.
func (p *Package) Text(ctx context.Context, part string, most int64) (string, error) {
	q, err := p.need(part)
	if err != nil {
		return "", err
	}
	if q.size > most {
		return "", diag.TooMuch("the part %q is longer than %d bytes", "thành phần %q dài hơn %d byte", part, most)
	}
	s, err := p.file.open(q)
	if err != nil {
		return "", err
	}
	defer s.close()
	var text strings.Builder
	for {
		b, err := s.next(ctx)
		if err != nil {
			return "", err
		}
		text.Write(b.data[headroom : headroom+b.n])
		end := b.err
		s.release(b)
		if end == io.EOF {
			return text.String(), nil
		} else if end != nil {
			return "", end
		}
	}
}

func (p *Package) need(name string) (*part, error) {
	q := p.file.archive.part(name)
	if q == nil {
		return nil, diag.Damaged("the part %q is not in the file", "tệp thiếu thành phần %q", name)
	}
	return q, nil
}

// XML starts to read a part as XML.
func (p *Package) XML(ctx context.Context, part string) (*XML, error) {
	q, err := p.need(part)
	if err != nil {
		return nil, err
	}
	x, err := p.file.openXML(ctx, q)
	if err != nil {
		return nil, err
	}
	return &XML{x}, nil
}

// XML reads one part, strictly: see xmlReader. What its methods return is valid
// until the next call of Next or Skip.
type XML struct{ x *xmlReader }

// Token is what Next met.
type Token uint8

// The tokens.
const (
	Failed Token = iota // Err says why
	Start
	End
	Chars
	EOF
)

// Next moves to the next token.
func (r *XML) Next() Token {
	switch r.x.next() {
	case tokenError:
	case tokenStart:
		return Start
	case tokenEnd:
		return End
	case tokenText:
		return Chars
	case tokenEOF:
		return EOF
	}
	return Failed
}

// Space is a namespace that readers tell apart.
type Space = space

// The namespaces of OpenDocument 1.3, part 3.
const (
	ODFOffice   = spaceODFOffice
	ODFTable    = spaceODFTable
	ODFText     = spaceODFText
	ODFStyle    = spaceODFStyle
	ODFNumber   = spaceODFNumber
	ODFFormat   = spaceODFFormat // properties as XSL-FO names them
	ODFSVG      = spaceODFSVG
	ODFManifest = spaceODFManifest
	ODFDrawing  = spaceODFDrawing
	CalcExt     = spaceCalcExt // LibreOffice's extensions
)

// Is reports whether the present element has a name in a namespace.
func (r *XML) Is(s Space, name string) bool { return r.x.ns == s && string(r.x.name) == name }

// Space returns the namespace of the present element.
func (r *XML) Space() Space { return r.x.ns }

// Name returns the local name of the present element.
func (r *XML) Name() []byte { return r.x.name }

// Get returns an attribute of the present element, unescaped.
func (r *XML) Get(s Space, name string) (value []byte, ok bool) { return r.x.getIn(s, name) }

// EachAttribute calls fn for the attributes of the present element that have a
// namespace which is told apart.
func (r *XML) EachAttribute(fn func(s Space, name, value []byte)) {
	for _, a := range r.x.attrs {
		for i, c := range a.name {
			if c == ':' {
				if s := r.x.lookup(a.name[:i]); s < spaceForeign && s != spaceNone {
					fn(s, a.name[i+1:], unescape(a.value))
				}
				break
			}
		}
	}
}

// AppendText appends the present text as its author meant it.
func (r *XML) AppendText(b []byte) []byte { return appendChars(b, r.x.text, r.x.cdata) }

// IsBlank reports whether the present text is white space only.
func (r *XML) IsBlank() bool { return blank(r.x.text) }

// Depth is the number of open elements.
func (r *XML) Depth() int { return r.x.depth() }

// Skip passes over what is left of the present element, its end included.
func (r *XML) Skip() bool { return r.x.skip() }

// Fail ends the reading with an error, unless it has ended with one.
func (r *XML) Fail(err error) { r.x.fail(err) }

// Err is what ended the reading early.
func (r *XML) Err() error { return r.x.err }

// Close ends the reading; r must not be used any more.
func (r *XML) Close() { r.x.close() }

// ValidNumber reports whether b is a decimal in the range of a double.
func ValidNumber(b []byte) bool { return validNumber(b) }

// Shorten cuts a value that a message quotes.
func Shorten(b []byte) string { return shorten(b) }

// In reads on in another context.
func (r *XML) In(ctx context.Context) { r.x.ctx = ctx }
