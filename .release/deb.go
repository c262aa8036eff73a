package main

import (
	"bytes"
	"crypto/md5"
	"errors"
	"fmt"
	"strings"
	"time"
)

// debs writes a Debian package for each Linux: an ar archive of three members
// (deb(5)), of which two are archives of files.
func (r *release) debs(builds []program, modules []module) error {
	licences, err := r.licences(modules)
	if err != nil {
		return err
	}
	completion, err := output(r.dir, "go", "run", "./cmd/parcheck", "completion", "bash")
	if err != nil {
		return err
	}
	for _, p := range builds {
		if p.os != "linux" {
			continue
		}
		files := []file{
			{"usr/bin/parcheck", 0o755, p.data},
			{"usr/share/bash-completion/completions/parcheck", 0o644, []byte(completion + "\n")},
			{"usr/share/doc/parcheck/copyright", 0o644, licences},
		}
		data, err := deb(r.debVersion(), p.arch, files, r.time)
		if err != nil {
			return err
		}
		if err := r.write(fmt.Sprintf("parcheck_%s_%s.deb", r.debVersion(), p.arch), data); err != nil {
			return err
		}
	}
	return nil
}

// debVersion is the version as Debian orders it: what comes before a release
// sorts before it.
func (r *release) debVersion() string { return strings.Replace(r.version, "-", "~", 1) }

func deb(version, arch string, files []file, at time.Time) ([]byte, error) {
	size := 0
	var sums strings.Builder
	for _, f := range files {
		size += (len(f.data) + 1023) / 1024
		fmt.Fprintf(&sums, "%x  %s\n", md5.Sum(f.data), f.name)
	}
	control := fmt.Sprintf(`Package: parcheck
Version: %s
Architecture: %s
Maintainer: The authors of parcheck
Installed-Size: %d
Section: utils
Priority: optional
Description: score agencies' workbooks against the targets of a plan
 parcheck reads the workbooks that agencies send in, scores them against the
 targets of a public administration plan, and traces every figure to its cells
 and its clause.
`, version, arch, size)
	var b bytes.Buffer
	b.WriteString("!<arch>\n")
	for _, member := range []struct {
		name  string
		files []file
	}{
		{"debian-binary", nil},
		{"control.tar.gz", []file{{"control", 0o644, []byte(control)}, {"md5sums", 0o644, []byte(sums.String())}}},
		{"data.tar.gz", files},
	} {
		data := []byte("2.0\n")
		if member.files != nil {
			packed, err := tarOf("./", member.files, at)
			if err != nil {
				return nil, err
			}
			if data, err = compress(packed); err != nil {
				return nil, err
			}
		}
		if len(data) > 9_999_999_999 {
			return nil, errors.New("too much for an ar archive")
		}
		fmt.Fprintf(&b, "%-16s%-12d%-6d%-6d%-8o%-10d`\n", member.name, at.Unix(), 0, 0, 0o100644, len(data))
		b.Write(data)
		if len(data)%2 == 1 {
			b.WriteByte('\n')
		}
	}
	return b.Bytes(), nil
}
