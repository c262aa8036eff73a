package xlsx

import (
	"bytes"
	"context"
	"net/url"
	"path"
	"strings"

	"github.com/parcheck/parcheck/pkg/diag"
)

// relation is one line of a .rels part: what another part or file is to this
// one.
type relation struct {
	kind     string // the last word of its type: "worksheet", "sharedStrings"
	target   string // name of a part, or an address when external
	external bool
}

// relations reads the relationships of a part by their ids (ECMA-376 part 2,
// 9.3). A part without relationships has none.
func (f *File) relations(ctx context.Context, source string) (map[string]relation, error) {
	dir, base := path.Split(source)
	p := f.archive.part(dir + "_rels/" + base + ".rels")
	if p == nil {
		return nil, nil
	}
	relations := map[string]relation{}
	err := f.children(ctx, p, spacePackage, "Relationships", func(x *xmlReader) bool {
		if x.ns != spacePackage || string(x.name) != "Relationship" {
			return x.pass("Relationship")
		}
		id, _ := x.get("Id")
		kind, _ := x.get("Type")
		target, _ := x.get("Target")
		mode, _ := x.get("TargetMode")
		r := relation{string(kind[bytes.LastIndexByte(kind, '/')+1:]), string(target), string(mode) == "External"}
		if !r.external {
			r.target = resolve(dir, r.target)
		}
		if _, twice := relations[string(id)]; twice {
			x.fail(diag.Wrong("the part %q gives the id %q twice", "thành phần %q dùng mã %q hai lần", p.name, shorten(id)))
			return false
		}
		if len(relations) == maxParts {
			x.fail(diag.TooMuch("the part %q lists more than %d relationships", "thành phần %q có hơn %d mối liên hệ", p.name, maxParts))
			return false
		}
		relations[string(id)] = r
		return x.skip()
	})
	return relations, err
}

// resolve makes the name of a part from a target as it stands in a .rels part
// of the folder dir.
func resolve(dir, target string) string {
	if u, err := url.PathUnescape(target); err == nil {
		target = u
	}
	target = strings.ReplaceAll(target, `\`, "/")
	if !strings.HasPrefix(target, "/") {
		target = dir + target
	}
	return strings.TrimPrefix(path.Clean("/"+target), "/")
}

// children reads a part whose root element must be name, and calls visit at
// the start of each child of the root; visit leaves the child.
func (f *File) children(ctx context.Context, p *part, ns space, name string, visit func(*xmlReader) bool) error {
	if p.size > maxIndexPart {
		return diag.TooMuch("the part %q is longer than %d bytes", "thành phần %q dài hơn %d byte", p.name, maxIndexPart)
	}
	x, err := f.openXML(ctx, p)
	if err != nil {
		return err
	}
	defer x.close()
	if !x.root(ns, name) {
		return x.err
	}
	for {
		switch x.next() {
		case tokenError:
			return x.err
		case tokenStart:
			if !visit(x) {
				return x.err
			}
		case tokenEnd:
			x.finish()
			return x.err
		}
	}
}

// root reads up to the root element, which must be name.
func (x *xmlReader) root(ns space, name string) bool {
	if x.next() != tokenStart {
		return false
	}
	switch {
	case string(x.name) != name:
		x.fail(diag.Wrong("the part %q should hold <%s> and holds <%s>", "thành phần %q phải chứa <%s> nhưng lại chứa <%s>",
			x.src.part.name, name, shorten(x.name)))
		return false
	case x.ns != ns:
		x.fail(diag.Wrong("the part %q holds a <%s> of the namespace %q, which is that of no spreadsheet program",
			"thành phần %q có <%s> thuộc không gian tên %q, không phải của phần mềm bảng tính nào", x.src.part.name, name, shorten(x.namespace())))
		return false
	}
	return true
}

// namespace returns the name of the namespace of the present element, as its own
// tag declares it.
func (x *xmlReader) namespace() []byte {
	raw := x.open[x.marks[len(x.marks)-1]:]
	declares := []byte("xmlns")
	if prefix, _, ok := bytes.Cut(raw, []byte(":")); ok {
		declares = append([]byte("xmlns:"), prefix...)
	}
	for _, a := range x.attrs {
		if bytes.Equal(a.name, declares) {
			return unescape(a.value)
		}
	}
	return nil
}

// The content types of the main part of a workbook that is read.
var workbookTypes = map[string]string{
	"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml":    "xlsx",
	"application/vnd.openxmlformats-officedocument.spreadsheetml.template.main+xml": "xlsx",
	"application/vnd.ms-excel.sheet.macroenabled.main+xml":                          "xlsm",
	"application/vnd.ms-excel.template.macroenabled.main+xml":                       "xlsm",
	"application/vnd.ms-excel.addin.macroenabled.main+xml":                          "xlsm",
}

// kind finds by the content types which kind of workbook the file is.
func (f *File) kind(ctx context.Context) (string, error) {
	p := f.archive.part("[Content_Types].xml")
	if p == nil {
		return "", ErrNotWorkbook
	}
	kind := ""
	err := f.children(ctx, p, spaceTypes, "Types", func(x *xmlReader) bool {
		t, _ := x.get("ContentType")
		if k := workbookTypes[strings.ToLower(string(t))]; k != "" && x.ns == spaceTypes {
			kind = k
		}
		return x.skip()
	})
	if err == nil && kind == "" {
		err = ErrNotWorkbook
	}
	return kind, err
}
