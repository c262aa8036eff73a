package main

import (
	"archive/tar"
	"bytes"
	"compress/gzip"
	"errors"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"time"
)

// file is one in an archive.
type file struct {
	name string
	mode fs.FileMode
	data []byte
}

// tarOf writes files, and the folders that they lie in, as the root user's, with
// one time for all. Names begin with prefix.
func tarOf(prefix string, files []file, at time.Time) ([]byte, error) {
	var b bytes.Buffer
	w := tar.NewWriter(&b)
	made := map[string]bool{}
	var folder func(name string) error
	folder = func(name string) error {
		if name == "." || made[name] {
			return nil
		}
		made[name] = true
		return errors.Join(folder(path.Dir(name)), w.WriteHeader(&tar.Header{
			Typeflag: tar.TypeDir, Name: prefix + name + "/", Mode: 0o755, ModTime: at, Uname: "root", Gname: "root", Format: tar.FormatGNU,
		}))
	}
	for _, f := range files {
		if err := folder(path.Dir(f.name)); err != nil {
			return nil, err
		}
		err := w.WriteHeader(&tar.Header{
			Typeflag: tar.TypeReg, Name: prefix + f.name, Mode: int64(f.mode), Size: int64(len(f.data)), ModTime: at, Uname: "root", Gname: "root", Format: tar.FormatGNU,
		})
		if err != nil {
			return nil, err
		}
		if _, err := w.Write(f.data); err != nil {
			return nil, err
		}
	}
	err := w.Close()
	return b.Bytes(), err
}

// compress packs data, without a name or a time.
func compress(data []byte) ([]byte, error) {
	var b bytes.Buffer
	w, err := gzip.NewWriterLevel(&b, gzip.BestCompression)
	if err != nil {
		return nil, err
	}
	_, err = w.Write(data)
	err = errors.Join(err, w.Close())
	return b.Bytes(), err
}

// programs writes what people download: an .exe that runs as it is for Windows,
// an archive for the others, which keeps it executable.
func (r *release) programs(builds []program, modules []module) error {
	licences, err := r.licences(modules)
	if err != nil {
		return err
	}
	if err := r.write(r.name("licences.txt"), licences); err != nil {
		return err
	}
	readme, err := os.ReadFile(filepath.Join(r.dir, "cmd", "parcheck", "README.vi.md"))
	if err != nil {
		return err
	}
	for _, p := range builds {
		name := r.name(p.os + "_" + p.arch)
		if p.os == "windows" {
			if err := r.write(name+".exe", p.data); err != nil {
				return err
			}
			continue
		}
		data, err := tarOf("", []file{
			{"parcheck", 0o755, p.data}, {"licences.txt", 0o644, licences}, {"README.vi.md", 0o644, readme},
		}, r.time)
		if err != nil {
			return err
		}
		if data, err = compress(data); err != nil {
			return err
		}
		if err := r.write(name+".tar.gz", data); err != nil {
			return err
		}
	}
	return nil
}
