package xlsx

import (
	"bytes"
	"slices"

	"github.com/parcheck/parcheck/pkg/diag"
)

// A part may hold elements that SpreadsheetML does not define: extensions
// (extLst), elements of other namespaces, and content in several versions for
// programs that understand different things (mc:AlternateContent, ECMA-376
// part 3). None of them may make a row, a cell, a value or an index disappear:
// what stands in them is read, holds nothing of that kind, or is refused.

// data are the elements that a reading of a workbook is made of.
var data = map[string]bool{
	"sheets": true, "sheet": true, "workbookPr": true, "calcPr": true, "Relationship": true,
	"numFmts": true, "numFmt": true, "fonts": true, "font": true, "cellXfs": true, "xf": true,
	"name": true, "strike": true,
	"si": true, "t": true, "r": true, "rPr": true, "rFont": true, "vertAlign": true,
	"cols": true, "col": true, "mergeCells": true, "mergeCell": true,
	"sheetData": true, "row": true, "c": true, "v": true, "f": true, "is": true,
}

// isData reports whether the present element is one of data.
func (x *xmlReader) isData() bool {
	return (x.ns == spaceMain || x.ns == spacePackage) && data[string(x.name)]
}

// pass skips the present element, which is not one of those that are read
// here. It fails where the element has the name of one of them in another
// namespace, or where one of them stands in it.
func (x *xmlReader) pass(read ...string) bool {
	if x.ns != spaceMain && x.ns != spacePackage && slices.Contains(read, string(x.name)) {
		x.fail(diag.Wrong("the part %q holds a <%s> that is not written as spreadsheet programs write it",
			"thành phần %q có phần tử <%s> không ghi theo cách của phần mềm bảng tính", x.src.part.name, string(x.name)))
		return false
	}
	outer := string(x.name)
	for depth := len(x.marks); ; {
		switch x.next() {
		case tokenError:
			return false
		case tokenEnd:
			if len(x.marks) < depth {
				return true
			}
		case tokenStart:
			if (x.ns == spaceMain || x.ns == spacePackage) && slices.Contains(read, string(x.name)) {
				x.fail(diag.Wrong("the part %q holds <%s> inside <%s>, where it would be lost",
					"thành phần %q có <%s> nằm trong <%s>, nội dung đó sẽ bị bỏ qua", x.src.part.name, string(x.name), shorten([]byte(outer))))
				return false
			}
		}
	}
}

// eachOf calls visit for each child of the present element that has one of the
// names, and passes over the others; visit need not leave the child.
func (x *xmlReader) eachOf(names []string, visit func(*xmlReader)) bool {
	for {
		switch x.next() {
		case tokenError:
			return false
		case tokenEnd:
			return true
		case tokenStart:
			if x.ns != spaceMain || !slices.Contains(names, string(x.name)) {
				if !x.pass(names...) {
					return false
				}
				continue
			}
			depth := x.depth()
			visit(x)
			if x.err != nil || x.depth() >= depth && !x.skip() {
				return false
			}
		}
	}
}

// next moves to the next token. What it returns is valid until the next call.
// Of content in several versions it gives those elements that are for this
// reader, as if they stood there alone.
func (x *xmlReader) next() token {
	for {
		t := x.token()
		switch {
		case t != tokenStart && t != tokenEnd:
			return t
		case x.ns == spaceCompatibility:
			if !x.version(t) {
				return tokenError
			}
		case len(x.versions) > 0 && t == tokenStart && x.isData():
			x.file.noteVersions(x.src.part.name)
			return t
		default:
			return t
		}
	}
}

// version reads the tags of mc:AlternateContent and what is in it: it enters the
// first mc:Choice that requires nothing but what this reader knows, or
// mc:Fallback, and leaves all other versions out.
func (x *xmlReader) version(t token) bool {
	if t == tokenEnd {
		n := len(x.versions)
		if n == 0 || x.versions[n-1] != x.depth()+1 {
			x.malformed("</%s> that closes no version", "</%s> không đóng phiên bản nào", string(x.name))
			return false
		}
		x.versions = x.versions[:n-1]
		return x.otherVersions(nil)
	}
	if string(x.name) != "AlternateContent" {
		x.fail(diag.Wrong("the part %q holds <%s> where no versions of a content stand", "thành phần %q có <%s> không thuộc nhóm nội dung nhiều phiên bản",
			x.src.part.name, shorten(x.name)))
		return false
	}
	lost := ""
	return x.otherVersions(&lost)
}

// otherVersions reads what is left of mc:AlternateContent. Unless lost is nil it
// enters the version that is for this reader, and fails where there is none and
// data stood in the others.
func (x *xmlReader) otherVersions(lost *string) bool {
	for {
		switch x.token() {
		case tokenError:
			return false
		case tokenText:
			if !blank(x.text) {
				return x.stray()
			}
		case tokenEnd:
			if lost != nil && *lost != "" {
				x.fail(diag.Wrong("the part %q holds <%s> in a version that only some programs read (mc:AlternateContent), and in no other",
					"thành phần %q có <%s> trong phiên bản chỉ dành cho một số phần mềm (mc:AlternateContent), không có phiên bản chung", x.src.part.name, *lost))
				return false
			}
			return true
		case tokenStart:
			if lost != nil && x.ns == spaceCompatibility && (string(x.name) == "Fallback" || string(x.name) == "Choice" && x.understands()) {
				x.versions = append(x.versions, x.depth())
				return true
			}
			for depth := len(x.marks); len(x.marks) >= depth; {
				switch x.token() {
				case tokenError:
					return false
				case tokenStart:
					if lost != nil && *lost == "" && x.isData() {
						*lost = string(x.name)
					}
				}
			}
		}
	}
}

// understands reports whether a version requires nothing but namespaces that
// this reader knows.
func (x *xmlReader) understands() bool {
	required, _ := x.get("Requires")
	n := 0
	for prefix := range bytes.FieldsSeq(required) {
		if s := x.lookup(prefix); s != spaceMain && s != spaceOffice {
			return false
		}
		n++
	}
	return n > 0
}

// noteVersions warns, once, that content stands in the file in several versions.
func (f *File) noteVersions(part string) {
	f.oddly(oddVersions, diag.InFile(f.name),
		"the part %q is written in several versions for different programs (mc:AlternateContent), which may show different figures; the version for all programs is read: open the file in a spreadsheet program, check it, and save it again",
		"thành phần %q được ghi thành nhiều phiên bản cho các phần mềm khác nhau (mc:AlternateContent), số liệu hiển thị có thể khác nhau; đã đọc phiên bản chung: hãy mở tệp bằng phần mềm bảng tính, kiểm tra rồi lưu lại", part)
}
