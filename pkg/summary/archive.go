package summary

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
	"golang.org/x/sync/errgroup"
)

// archive is a zip writer that holds the parts back until all are there: it
// then packs them, several at a time, and writes them in an order of its own.
// excelize hands the streamed sheets over in the order of a map.
type archive struct {
	w     io.Writer
	parts []*part
}

type part struct {
	name   string
	raw    bytes.Buffer
	packed bytes.Buffer
}

func newArchive(w io.Writer) excelize.ZipWriter { return &archive{w: w} }

// Create starts a part.
func (a *archive) Create(name string) (io.Writer, error) {
	p := &part{name: name}
	a.parts = append(a.parts, p)
	return &p.raw, nil
}

// AddFS is not needed, and refuses.
func (a *archive) AddFS(fs.FS) error { return errors.ErrUnsupported }

// Close packs and writes the parts.
func (a *archive) Close() error {
	for _, p := range a.parts {
		if p.name == contentTypes {
			if err := p.settle(); err != nil {
				return err
			}
		}
	}
	slices.SortFunc(a.parts, func(p, q *part) int {
		return cmp.Or(cmp.Compare(place(p.name), place(q.name)), strings.Compare(p.name, q.name))
	})
	var g errgroup.Group
	g.SetLimit(4)
	for _, p := range a.parts {
		g.Go(p.pack)
	}
	if err := g.Wait(); err != nil {
		return err
	}
	const version = 20 // of the zip format: deflated parts
	zw := zip.NewWriter(a.w)
	for _, p := range a.parts {
		w, err := zw.CreateRaw(&zip.FileHeader{
			Name: p.name, Method: zip.Deflate, CreatorVersion: version, ReaderVersion: version, CRC32: crc32.ChecksumIEEE(p.raw.Bytes()),
			CompressedSize64: uint64(p.packed.Len()), UncompressedSize64: uint64(p.raw.Len()),
		})
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

// settle takes the kinds of pictures, which excelize lists in the order of a
// map, out of the list of kinds: there are none in the workbook.
func (p *part) settle() error {
	var t types
	if err := xml.Unmarshal(p.raw.Bytes(), &t); err != nil {
		return err
	}
	t.Defaults = slices.DeleteFunc(t.Defaults, func(d partType) bool { return d.Extension != "rels" && d.Extension != "xml" })
	p.raw.Reset()
	p.raw.WriteString(xml.Header)
	return xml.NewEncoder(&p.raw).Encode(t)
}

func (p *part) pack() error {
	w, err := flate.NewWriter(&p.packed, flate.DefaultCompression)
	if err != nil {
		return err
	}
	if _, err := w.Write(p.raw.Bytes()); err != nil {
		return err
	}
	return w.Close()
}
