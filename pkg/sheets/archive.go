package sheets

import (
	"archive/zip"
	"bytes"
	"cmp"
	"encoding/xml"
	"errors"
	"hash/crc32"
	"io"
	"io/fs"
	"slices"
	"strings"

	"github.com/klauspost/compress/flate"
	"github.com/xuri/excelize/v2"
)

// archive is a zip writer that keeps the packed parts until all have arrived
// and then writes them in a fixed order: excelize delivers streamed sheets in map
// order.
type archive struct {
	w      io.Writer
	mend   Mend
	parts  []*part
	packer *flate.Writer // of the last part
}

// Mend changes what excelize wrote, part by part. It may change the data that
// it is given. A large worksheet comes in several pieces, each of whole rows.
type Mend func(name string, data []byte) []byte

// Archive makes zip files of the parts that excelize writes, the same for the
// same parts.
func Archive(m Mend) func(io.Writer) excelize.ZipWriter {
	return func(w io.Writer) excelize.ZipWriter { return &archive{w: w, mend: m} }
}

type part struct {
	zip.FileHeader
	mend   Mend
	held   []byte // not packed yet
	packed bytes.Buffer
	packer *flate.Writer
}

// Create starts a part and ends the previous one.
func (a *archive) Create(name string) (io.Writer, error) {
	if err := a.end(); err != nil {
		return nil, err
	}
	const version = 20 // of the zip format: deflated parts
	p := &part{FileHeader: zip.FileHeader{Name: name, Method: zip.Deflate, CreatorVersion: version, ReaderVersion: version}, mend: a.mend}
	a.parts = append(a.parts, p)
	if a.packer == nil {
		var err error
		if a.packer, err = flate.NewWriter(&p.packed, flate.DefaultCompression); err != nil {
			return nil, err
		}
	}
	a.packer.Reset(&p.packed)
	p.packer = a.packer
	return p, nil
}

// piece is the most bytes that are buffered of a part that has rows.
const piece = 1 << 20

// Write packs more of a part, or keeps it until there is more.
func (p *part) Write(b []byte) (int, error) {
	p.held = append(p.held, b...)
	if len(p.held) < piece || !strings.HasPrefix(p.Name, worksheets) {
		return len(b), nil
	}
	end := []byte("</row>")
	rows := bytes.LastIndex(p.held, end)
	if rows < 0 {
		return len(b), nil
	}
	rows += len(end)
	rest := bytes.Clone(p.held[rows:])
	err := p.pack(p.held[:rows])
	p.held = append(p.held[:0], rest...)
	return len(b), err
}

func (p *part) pack(b []byte) error {
	b = p.mend(p.Name, b)
	p.CRC32 = crc32.Update(p.CRC32, crc32.IEEETable, b)
	p.UncompressedSize64 += uint64(len(b))
	_, err := p.packer.Write(b)
	return err
}

// end packs what is left of the last part.
func (a *archive) end() error {
	if len(a.parts) == 0 {
		return nil
	}
	p := a.parts[len(a.parts)-1]
	if err := p.pack(p.held); err != nil {
		return err
	}
	p.held = nil
	return a.packer.Close()
}

// AddFS is not needed, and refuses.
func (a *archive) AddFS(fs.FS) error { return errors.ErrUnsupported }

// Close writes the parts.
func (a *archive) Close() error {
	if err := a.end(); err != nil {
		return err
	}
	slices.SortFunc(a.parts, func(p, q *part) int {
		return cmp.Or(cmp.Compare(place(p.Name), place(q.Name)), strings.Compare(p.Name, q.Name))
	})
	zw := zip.NewWriter(a.w)
	for _, p := range a.parts {
		p.CompressedSize64 = uint64(p.packed.Len())
		w, err := zw.CreateRaw(&p.FileHeader)
		if err != nil {
			return err
		}
		if _, err := w.Write(p.packed.Bytes()); err != nil {
			return err
		}
	}
	return zw.Close()
}

// place moves the parts that streaming readers need first to the front.
func place(name string) int {
	return slices.IndexFunc([]string{contentTypes, "_rels/", "docProps/", ""}, func(prefix string) bool {
		return strings.HasPrefix(name, prefix)
	})
}

const (
	contentTypes = "[Content_Types].xml"
	worksheets   = "xl/worksheets/sheet"
)

// settle mends the parts of a workbook of our own.
func (b *Book) settle(name string, data []byte) []byte {
	switch {
	case name == "docProps/core.xml":
		return b.core
	case name == contentTypes:
		return settleTypes(data)
	case strings.HasPrefix(name, worksheets):
		// A formula that results in an empty text has a stored result too:
		// without one it counts as not calculated. And exceljs knows a drawing
		// by the usual prefix only.
		data = bytes.ReplaceAll(data, []byte("</f></c>"), []byte("</f><v></v></c>"))
		return bytes.ReplaceAll(data, []byte(`<drawing xmlns:relationships="`+relations+`" relationships:id=`), []byte("<drawing r:id="))
	}
	return data
}

const relations = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"

// types is the list of the parts' kinds.
type types struct {
	XMLName   xml.Name   `xml:"http://schemas.openxmlformats.org/package/2006/content-types Types"`
	Defaults  []partType `xml:"Default"`
	Overrides []partType `xml:"Override"`
}

type partType struct {
	Extension string `xml:",attr,omitempty"`
	PartName  string `xml:",attr,omitempty"`
	Type      string `xml:"ContentType,attr"`
}

// settleTypes takes the kinds of pictures out of the list: excelize lists them
// in the order of a map, and the workbook has none.
func settleTypes(data []byte) []byte {
	var t types
	if err := xml.Unmarshal(data, &t); err != nil {
		return data
	}
	t.Defaults = slices.DeleteFunc(t.Defaults, func(d partType) bool { return d.Extension != "rels" && d.Extension != "xml" })
	out, err := xml.Marshal(t)
	if err != nil {
		return data
	}
	return append([]byte(xml.Header), out...)
}
