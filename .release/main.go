// Command release makes all files of a release from one commit:
//
//	go run ./.release -out dist              # of the commit that is checked out
//	go run ./.release -out dist -ref v0.2.0  # of a tag
//
// What is not committed is in none of them. The same commit gives the same bytes
// in any folder, on any day: the toolchain is that of go.mod, times are those of
// the commit, and SHA256SUMS tells whether two people made the same.
package main

import (
	"crypto/sha256"
	"errors"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
)

func main() {
	out := flag.String("out", "dist", "the `FOLDER` for the files, which is emptied")
	ref := flag.String("ref", "HEAD", "the `COMMIT` or tag to release")
	url := flag.String("url", "", "the `ADDRESS` of the folder where the files will be: with it, manifests for winget and scoop are made")
	only := flag.String("only", "", "build for these systems alone, such as `linux/amd64,windows/amd64`: for tests")
	flag.Parse()
	if err := makeRelease(*out, *ref, *url, *only); err != nil {
		fmt.Fprintln(os.Stderr, "release:", err)
		os.Exit(1)
	}
}

func makeRelease(out, ref, url, only string) error {
	work, err := os.MkdirTemp("", "release")
	if err != nil {
		return err
	}
	defer os.RemoveAll(work)
	src, err := checkout(filepath.Join(work, "src"), ref)
	if err != nil {
		return err
	}
	if runtime.Version() != src.toolchain {
		return fmt.Errorf("this is %s, and the release is made with that of go.mod: GOTOOLCHAIN=%s go run ./.release", runtime.Version(), src.toolchain)
	}
	targets, err := chosen(only)
	if err != nil {
		return err
	}
	r := &release{source: src, out: out}
	if err := r.empty(); err != nil {
		return err
	}
	builds, err := src.build(filepath.Join(work, "bin"), targets)
	if err != nil {
		return err
	}
	modules, err := src.modules(builds)
	if err != nil {
		return err
	}
	return errors.Join(
		r.programs(builds, modules),
		r.page(filepath.Join(work, "page.html"), modules),
		r.debs(builds, modules),
		r.container(builds, modules),
		r.bill(modules),
		r.notes(),
		r.sums(),
		r.manifests(url),
	)
}

// release is the folder that files are written to.
type release struct {
	*source
	out   string
	files []string
}

// empty makes the folder, and takes out what an earlier run left there. A folder
// that holds anything but a release is kept as it is.
func (r *release) empty() error {
	entries, err := os.ReadDir(r.out)
	if errors.Is(err, os.ErrNotExist) {
		return os.MkdirAll(r.out, 0o755)
	}
	if err != nil {
		return err
	}
	if len(entries) > 0 && !slices.ContainsFunc(entries, func(e os.DirEntry) bool { return e.Name() == sumsName }) {
		return fmt.Errorf("%s is no folder of a release: it lacks %s", r.out, sumsName)
	}
	for _, e := range entries {
		if err := os.RemoveAll(filepath.Join(r.out, e.Name())); err != nil {
			return err
		}
	}
	return nil
}

// write adds a file to the release.
func (r *release) write(name string, data []byte) error {
	r.files = append(r.files, name)
	return os.WriteFile(filepath.Join(r.out, name), data, 0o644)
}

// name is that of a file of this release: "parcheck_0.1.0_linux_amd64.tar.gz".
func (r *release) name(rest string) string { return "parcheck_" + r.version + "_" + rest }

const sumsName = "SHA256SUMS"

// sums writes the checksums of all files, as sha256sum --check reads them.
func (r *release) sums() error {
	slices.Sort(r.files)
	var b strings.Builder
	for _, name := range r.files {
		sum, err := r.sum(name)
		if err != nil {
			return err
		}
		fmt.Fprintf(&b, "%s  %s\n", sum, name)
	}
	return os.WriteFile(filepath.Join(r.out, sumsName), []byte(b.String()), 0o644)
}

func (r *release) sum(name string) (string, error) {
	data, err := os.ReadFile(filepath.Join(r.out, name))
	return fmt.Sprintf("%x", sha256.Sum256(data)), err
}
