package workbook

import (
	"encoding/binary"
	"slices"
	"unicode/utf16"

	"github.com/parcheck/parcheck/pkg/lang"
)

// oleMagic begins a compound file ([MS-CFB] 2.2), the container of Excel
// 97-2003 workbooks and of .xlsx workbooks that are encrypted.
const oleMagic = "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"

const (
	oleEntrySize   = 128
	maxOLEEntries  = 4096    // of a directory, that are looked at
	maxOLETables   = 1 << 14 // sectors of the allocation table
	oleHeaderSlots = 109     // of these, those that the header lists
	oleMaxSector   = 0xfffffffa
)

// refuseOLE names a compound file by the streams that its directory lists.
func (c *content) refuseOLE() error {
	names, ok := c.oleNames()
	has := func(name string) bool { return slices.Contains(names, name) }
	switch {
	case has("EncryptedPackage") || has("EncryptionInfo"):
		return c.refuse(lang.T("the workbook is protected with a password", "sổ bảng tính được bảo vệ bằng mật khẩu"),
			lang.T("open it with the password and save it as .xlsx without one", "hãy mở bằng mật khẩu rồi lưu lại dạng .xlsx không đặt mật khẩu"))
	case has("Workbook") || has("Book"):
		return c.refuse(lang.T("this is an Excel 97-2003 workbook (.xls)", "đây là sổ bảng tính Excel 97-2003 (.xls)"), saveAsXLSX)
	case has("WordDocument"):
		return c.refuse(lang.T("this is a Word 97-2003 document (.doc)", "đây là văn bản Word 97-2003 (.doc)"), typeIntoSheet)
	case has("PowerPoint Document"):
		return c.refuse(lang.T("this is a PowerPoint 97-2003 presentation (.ppt)", "đây là bài trình chiếu PowerPoint 97-2003 (.ppt)"), typeIntoSheet)
	case has("__properties_version1.0"):
		return c.refuse(lang.T("this is an Outlook message (.msg)", "đây là thư Outlook (.msg)"),
			lang.T("save its attachments and give the workbooks among them", "hãy lưu các tệp đính kèm và dùng tệp bảng tính trong đó"))
	case !ok:
		return c.refuse(lang.T("this is an Office 97-2003 or password-protected file, and it is damaged",
			"đây là tệp Office 97-2003 hoặc tệp có mật khẩu, và đã bị hỏng"), askAgain)
	}
	return c.refuse(lang.T("this is an Office 97-2003 file that is no workbook", "đây là tệp Office 97-2003, không phải sổ bảng tính"), saveAsXLSX)
}

// ole is the part of a compound file that leads to its directory.
type ole struct {
	c          *content
	sectorSize int64
	tables     []uint32 // the sectors of the allocation table
}

// oleNames lists the streams and storages of a compound file; ok is whether
// the directory was read to its end.
func (c *content) oleNames() (names []string, ok bool) {
	var header [512]byte
	if n, _ := c.r.ReadAt(header[:], 0); n < len(header) {
		return nil, false
	}
	shift := binary.LittleEndian.Uint16(header[0x1e:])
	if shift != 9 && shift != 12 {
		return nil, false
	}
	o := &ole{c: c, sectorSize: 1 << shift}
	o.findTables(header[:])
	sector := binary.LittleEndian.Uint32(header[0x30:])
	for len(names) < maxOLEEntries {
		b, ok := o.sector(sector)
		if !ok {
			return names, false
		}
		for ; len(b) >= oleEntrySize; b = b[oleEntrySize:] {
			names = append(names, oleName(b))
		}
		next, ok := o.next(sector)
		if !ok || next > oleMaxSector {
			return names, ok
		}
		sector = next
	}
	return names, false
}

// findTables lists the sectors of the allocation table: those in the header
// and those in the chain of sectors that the header names.
func (o *ole) findTables(header []byte) {
	for i := range oleHeaderSlots {
		o.tables = append(o.tables, binary.LittleEndian.Uint32(header[0x4c+4*i:]))
	}
	next := binary.LittleEndian.Uint32(header[0x44:])
	for next <= oleMaxSector && len(o.tables) < maxOLETables {
		b, ok := o.sector(next)
		if !ok {
			return
		}
		for ; len(b) > 4; b = b[4:] {
			o.tables = append(o.tables, binary.LittleEndian.Uint32(b))
		}
		next = binary.LittleEndian.Uint32(b)
	}
}

// sector reads a sector; the last of a file may be cut.
func (o *ole) sector(n uint32) ([]byte, bool) {
	at := (int64(n) + 1) * o.sectorSize
	if n > oleMaxSector || at >= o.c.size {
		return nil, false
	}
	b := make([]byte, o.sectorSize)
	got, _ := o.c.r.ReadAt(b, at)
	return b, got > 0
}

// next returns the sector that follows another in its chain.
func (o *ole) next(n uint32) (uint32, bool) {
	perTable := uint32(o.sectorSize / 4)
	if int(n/perTable) >= len(o.tables) {
		return 0, false
	}
	b, ok := o.sector(o.tables[n/perTable])
	if !ok {
		return 0, false
	}
	return binary.LittleEndian.Uint32(b[4*(n%perTable):]), true
}

// oleName returns the name of a directory entry, "" for one that is not used.
func oleName(entry []byte) string {
	length := int(binary.LittleEndian.Uint16(entry[0x40:])) / 2
	if entry[0x42] == 0 || length < 1 || length > 32 {
		return ""
	}
	units := make([]uint16, length-1) // without the zero at the end
	for i := range units {
		units[i] = binary.LittleEndian.Uint16(entry[2*i:])
	}
	return string(utf16.Decode(units))
}
