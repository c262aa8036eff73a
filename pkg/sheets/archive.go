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

// archive is a zip writer that holds the packed parts back until all are
// there, and writes them in an order of its own: excelize hands the streamed
// sheets over in the order of a map.
type archive struct {
	w      io.Writer
	parts  []*part
	packer *flate.Writer // of the last part
}

type part struct {
	zip.FileHeader
	packed bytes.Buffer
	packer *flate.Writer
}

func newArchive(w io.Writer) excelize.ZipWriter { return &archive{w: w} }

// Create starts a part, and ends the one before.
func (a *archive) Create(name string) (io.Writer, error) {
	if err := a.end(); err != nil {
		return nil, err
	}
	const version = 20 // of the zip format: deflated parts
	p := &part{FileHeader: zip.FileHeader{Name: name, Method: zip.Deflate, CreatorVersion: version, ReaderVersion: version}}
	a.parts = append(a.parts, p)
	if a.packer == nil {
		var err error
		if a.packer, err = flate.NewWriter(&p.packed, flate.DefaultCompression); err != nil {
			return nil, err
		}
	}
	a.packer.Reset(&p.packed)
	p.packer = a.packer
	if name == contentTypes {
		return &settler{part: p}, nil
	}
	return p, nil
}

// Write packs more of a part.
func (p *part) Write(b []byte) (int, error) {
	p.CRC32 = crc32.Update(p.CRC32, crc32.IEEETable, b)
	p.UncompressedSize64 += uint64(len(b))
	return p.packer.Write(b)
}

// end packs what is left of the last part.
func (a *archive) end() error {
	if len(a.parts) == 0 {
		return nil
	}
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

// place puts the parts first that readers of streams want first.
func place(name string) int {
	return slices.IndexFunc([]string{contentTypes, "_rels/", "docProps/", ""}, func(prefix string) bool {
		return strings.HasPrefix(name, prefix)
	})
}

const contentTypes = "[Content_Types].xml"

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

// settler writes the list of kinds, which comes in one piece, without those of
// pictures: excelize lists them in the order of a map, and there are none in
// the workbook.
type settler struct{ *part }

func (s *settler) Write(b []byte) (int, error) {
	var t types
	if err := xml.Unmarshal(b, &t); err != nil {
		return 0, err
	}
	t.Defaults = slices.DeleteFunc(t.Defaults, func(d partType) bool { return d.Extension != "rels" && d.Extension != "xml" })
	if _, err := io.WriteString(s.part, xml.Header); err != nil {
		return 0, err
	}
	return len(b), xml.NewEncoder(s.part).Encode(t)
}
