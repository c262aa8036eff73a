package form

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"fmt"
	"io"
	"path"
	"strings"

	"github.com/xuri/excelize/v2"

	"github.com/parcheck/parcheck/pkg/diag"
	"github.com/parcheck/parcheck/pkg/lang"
)

// spoilt names a sheet of the copy on which notes were added at the cost of
// others: excelize expects the parts of notes under its own names, and loses or
// mixes those that other programs call otherwise. "" means that all notes are
// there, the old ones as they were and the new ones.
func (c *copier) spoilt(data []byte) (string, error) {
	was, err := notesOf(c.Data)
	if err != nil {
		return "", err
	}
	is, err := notesOf(data)
	if err != nil {
		return "", err
	}
	last, whole := "", is.shared <= was.shared
	for _, s := range c.original.sheets {
		old, made := was.text[s.name], is.text[s.name]
		want := len(old)
		if m := c.marks[s.name]; m != nil && !c.silent[s.name] {
			last = s.name
			for _, k := range m.marks {
				if _, ok := old[k.cell()]; !ok && made[k.cell()] == "" {
					return s.name, nil
				}
			}
			want = len(made) // each of the new ones has been looked at
		}
		for at, text := range old {
			if made[at] != text {
				whole = false
			}
		}
		whole = whole && len(made) == want
	}
	switch {
	case whole:
		return "", nil
	case last == "":
		return "", lang.Errorf(
			"the copy would not hold the notes of the submission: save the file anew in a spreadsheet program, and try again",
			"bản sao sẽ không giữ được các ghi chú của tệp gốc: hãy lưu lại tệp bằng phần mềm bảng tính rồi chạy lại")
	}
	return last, nil
}

// notes are the notes of a workbook.
type notes struct {
	text   map[string]map[string]string // by sheet and cell
	shared int                          // parts of notes that two sheets share: a sign of damage
}

func notesOf(data []byte) (out notes, err error) {
	defer func() {
		if p := recover(); p != nil {
			err = lang.Errorf("the notes of the file cannot be read: %v", "không đọc được ghi chú của tệp: %v", p)
		}
	}()
	f, err := excelize.OpenReader(bytes.NewReader(data), excelize.Options{UnzipSizeLimit: 2 * maxInflated, UnzipXMLSizeLimit: 2 * maxInflated})
	if err != nil {
		return out, err
	}
	defer f.Close()
	out.text = map[string]map[string]string{}
	for _, sheet := range f.GetSheetList() {
		list, err := f.GetComments(sheet)
		if err != nil {
			return out, lang.Errorf("the notes of the sheet %s cannot be read: %v", "không đọc được ghi chú của trang tính %s: %v", diag.QuoteSheet(sheet), err)
		}
		out.text[sheet] = map[string]string{}
		for _, n := range list {
			text := n.Text
			for _, run := range n.Paragraph {
				text += run.Text
			}
			out.text[sheet][n.Cell] = text
		}
	}
	out.shared, err = sharedNotes(data)
	return out, err
}

// sharedNotes counts the parts of notes and their shapes that more than one
// sheet refers to.
func sharedNotes(data []byte) (int, error) {
	zr, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		return 0, err
	}
	users := map[string]int{}
	for _, f := range zr.File {
		if !strings.Contains(f.Name, "/_rels/") || path.Ext(f.Name) != ".rels" {
			continue
		}
		r, err := f.Open()
		if err != nil {
			return 0, err
		}
		var rels struct {
			Relationship []struct {
				Type   string `xml:",attr"`
				Target string `xml:",attr"`
			}
		}
		err = xml.NewDecoder(io.LimitReader(r, maxStructured)).Decode(&rels)
		r.Close()
		if err != nil && err != io.EOF {
			return 0, fmt.Errorf("%s: %w", f.Name, err)
		}
		seen := map[string]bool{}
		for _, rel := range rels.Relationship {
			if kind := path.Base(rel.Type); kind == "comments" || kind == "vmlDrawing" {
				target := path.Base(rel.Target)
				if !seen[target] {
					users[target]++
				}
				seen[target] = true
			}
		}
	}
	shared := 0
	for _, n := range users {
		if n > 1 {
			shared++
		}
	}
	return shared, nil
}
