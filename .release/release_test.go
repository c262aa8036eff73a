package main

import (
	"archive/tar"
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/santhosh-tekuri/jsonschema/v6"
	"gopkg.in/yaml.v3"
)

func TestLicenceIsKnownByItsWords(t *testing.T) {
	const (
		mit    = "Permission is hereby granted, free of charge, to any person ... The above copyright notice and\nthis permission notice shall be included"
		bsd    = "Redistribution and use in source and binary forms, with or without modification, are permitted"
		apache = "                                 Apache License\n                           Version 2.0, January 2004"
	)
	for _, tt := range []struct{ name, text, want string }{
		{"MIT", mit, "MIT"},
		{"BSD of two clauses", bsd, "BSD-2-Clause"},
		{"BSD of three clauses", bsd + " * Neither the name of Google Inc.", "BSD-3-Clause"},
		{"Apache", apache, "Apache-2.0"},
		{"two in one file", apache + "\n----\n" + mit, "Apache-2.0 AND MIT"},
		{"one that nobody has read", "All rights reserved.", ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if got := licenceOf(tt.text); got != tt.want {
				t.Errorf("got %q, want %q", got, tt.want)
			}
		})
	}
}

func TestModuleWithoutAKnownLicenceStopsTheRelease(t *testing.T) {
	dir := t.TempDir()
	m := module{path: "example.org/m"}
	if err := m.readLicence(dir); err == nil || !strings.Contains(err.Error(), "no licence") {
		t.Errorf("no file: %v", err)
	}
	if err := os.WriteFile(filepath.Join(dir, "LICENSE"), []byte("All rights reserved."), 0o644); err != nil {
		t.Fatal(err)
	}
	if err := m.readLicence(dir); err == nil || !strings.Contains(err.Error(), "none that is known") {
		t.Errorf("an unknown one: %v", err)
	}
}

func TestNotesAreASectionOfTheChangelog(t *testing.T) {
	const log = "# Changelog\n\n## Unreleased\n\n- new\n\n## 0.2.0\n\n- two\n- three\n\n## 0.1.0\n\n- one\n"
	for _, tt := range []struct{ heading, want string }{
		{"Unreleased", "- new"},
		{"0.2.0", "- two\n- three"},
		{"0.1.0", "- one"},
	} {
		if got, err := section(log, tt.heading); got != tt.want || err != nil {
			t.Errorf("%s: got %q, %v", tt.heading, got, err)
		}
	}
	if _, err := section(log, "0.3.0"); err == nil || err.Error() != `.github/CHANGELOG.md has no heading "## 0.3.0"` {
		t.Errorf("a version without notes: %v", err)
	}
}

func TestFolderWithOtherFilesIsNotEmptied(t *testing.T) {
	dir := t.TempDir()
	keep := filepath.Join(dir, "thesis.docx")
	if err := os.WriteFile(keep, nil, 0o644); err != nil {
		t.Fatal(err)
	}
	r := &release{out: dir}
	if err := r.empty(); err == nil {
		t.Error("it was emptied")
	}
	if err := os.WriteFile(filepath.Join(dir, sumsName), nil, 0o644); err != nil {
		t.Fatal(err)
	}
	if err := r.empty(); err != nil {
		t.Error(err)
	}
	if _, err := os.Stat(keep); !errors.Is(err, os.ErrNotExist) {
		t.Error("what an earlier release left is still there")
	}
}

func TestUnknownTargetIsRefused(t *testing.T) {
	if _, err := chosen("linux/amd64,plan9/386"); err == nil || !strings.Contains(err.Error(), `"plan9/386"`) {
		t.Errorf("got %v", err)
	}
	if all, err := chosen(""); err != nil || len(all) != 6 {
		t.Errorf("%v, %v", all, err)
	}
}

func TestDebIsThreeMembersOfRootsFiles(t *testing.T) {
	at := time.Date(2026, 1, 2, 3, 4, 5, 0, time.UTC)
	data, err := deb("0.1.0", "amd64", []file{{"usr/bin/parcheck", 0o755, []byte("odd")}}, at)
	if err != nil {
		t.Fatal(err)
	}
	rest, ok := bytes.CutPrefix(data, []byte("!<arch>\n"))
	if !ok {
		t.Fatal("no ar archive")
	}
	var got []string
	for len(rest) > 0 {
		head := string(rest[:60])
		var size int
		if _, err := fmt.Sscan(head[48:58], &size); err != nil {
			t.Fatal(err)
		}
		got = append(got, strings.TrimSpace(head[:16]))
		if body := rest[60 : 60+size]; strings.HasPrefix(head, "data") {
			got = append(got, list(t, unpack(t, body), at)...)
		}
		rest = rest[60+size+size%2:]
	}
	want := []string{"debian-binary", "control.tar.gz", "data.tar.gz", "./usr/ 755", "./usr/bin/ 755", "./usr/bin/parcheck 755 odd"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

func unpack(t *testing.T, data []byte) []byte {
	t.Helper()
	z, err := gzip.NewReader(bytes.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	plain, err := io.ReadAll(z)
	if err != nil {
		t.Fatal(err)
	}
	return plain
}

// list prints what is in a tar archive, all of it root's and of one time.
func list(t *testing.T, data []byte, at time.Time) []string {
	t.Helper()
	var out []string
	r := tar.NewReader(bytes.NewReader(data))
	for {
		h, err := r.Next()
		if errors.Is(err, io.EOF) {
			return out
		}
		if err != nil {
			t.Fatal(err)
		}
		body, err := io.ReadAll(r)
		if err != nil {
			t.Fatal(err)
		}
		if h.Uid != 0 || h.Gid != 0 || !h.ModTime.Equal(at) {
			t.Errorf("%s is of %d:%d, %v", h.Name, h.Uid, h.Gid, h.ModTime)
		}
		out = append(out, strings.TrimSpace(fmt.Sprintf("%s %o %s", h.Name, h.Mode, body)))
	}
}

// TestFilesOfARelease makes a release of programs that are none, twice, and looks
// at its sums, manifests and image.
func TestFilesOfARelease(t *testing.T) {
	var builds []program
	for _, on := range allTargets {
		builds = append(builds, program{target: on, data: []byte("the program for " + on.String())})
	}
	modules := []module{
		{path: "std", version: "1.26.11", licence: "BSD-3-Clause", text: "Copyright"},
		{path: "example.org/m", version: "v1.2.3", sum: "h1:x", licence: "Apache-2.0 AND MIT", text: "Copyright"},
	}
	var made []map[string]string
	for range 2 {
		dir := t.TempDir()
		r := &release{out: dir, source: &source{
			dir: "..", version: "0.1.0", revision: "0123456789abcdef0123456789abcdef01234567", time: time.Date(2026, 1, 2, 3, 4, 5, 0, time.UTC),
		}}
		if err := errors.Join(r.programs(builds, modules), r.container(builds, modules), r.bill(modules), r.sums(), r.manifests("https://example.org/files/")); err != nil {
			t.Fatal(err)
		}
		sums := holdsSums(t, dir)
		holdsManifests(t, dir, sums)
		holdsImage(t, read(t, dir, "parcheck_0.1.0_container.tar"))
		made = append(made, sums)
	}
	if diff := cmp.Diff(made[0], made[1]); diff != "" {
		t.Errorf("the second release is another one: %s", diff)
	}
	if len(made[0]) != 9 {
		t.Errorf("%d files: want licences, six programs, an image and a bill of materials", len(made[0]))
	}
}

// holdsSums compares the listed sums with the files, and returns them by name.
func holdsSums(t *testing.T, dir string) map[string]string {
	t.Helper()
	sums := map[string]string{}
	for line := range strings.Lines(string(read(t, dir, sumsName))) {
		sum, name, ok := strings.Cut(strings.TrimSpace(line), "  ")
		if got := fmt.Sprintf("%x", sha256.Sum256(read(t, dir, name))); !ok || got != sum {
			t.Errorf("%s has the sum %s, listed as %s", name, got, sum)
		}
		sums[name] = sum
	}
	return sums
}

// TestMadeRelease looks at a release that .ci/release has made: its sums, its
// bill of materials by CycloneDX's schema, its manifests and its image.
func TestMadeRelease(t *testing.T) {
	dir := os.Getenv("PARCHECK_RELEASE")
	if dir == "" {
		t.Skip("set PARCHECK_RELEASE to the folder of a release that was made with -url, and CYCLONEDX_SCHEMA to the schemas of CycloneDX")
	}
	sums := holdsSums(t, dir)
	t.Run("bill of materials", func(t *testing.T) { holdsSchema(t, read(t, dir, only(t, dir, "*_sbom.cdx.json"))) })
	t.Run("manifests", func(t *testing.T) { holdsManifests(t, dir, sums) })
	t.Run("image", func(t *testing.T) { holdsImage(t, read(t, dir, only(t, dir, "*_container.tar"))) })
}

func read(t *testing.T, dir, name string) []byte {
	t.Helper()
	data, err := os.ReadFile(filepath.Join(dir, name))
	if err != nil {
		t.Fatal(err)
	}
	return data
}

// only returns the name of the one file that a pattern matches.
func only(t *testing.T, dir, pattern string) string {
	t.Helper()
	found, err := filepath.Glob(filepath.Join(dir, pattern))
	if err != nil || len(found) != 1 {
		t.Fatalf("%s matches %q, %v: want one file", pattern, found, err)
	}
	return filepath.Base(found[0])
}

func holdsSchema(t *testing.T, bill []byte) {
	dir := os.Getenv("CYCLONEDX_SCHEMA")
	c := jsonschema.NewCompiler()
	for file, name := range map[string]string{"bom-1.6.schema.json": "bom-1.6.schema.json", "spdx.schema.json": "spdx.schema.json", "jsf-0.82.schemax.json": "jsf-0.82.schema.json"} {
		doc, err := jsonschema.UnmarshalJSON(bytes.NewReader(read(t, dir, file)))
		if err != nil {
			t.Fatal(err)
		}
		if err := c.AddResource("http://cyclonedx.org/schema/"+name, doc); err != nil {
			t.Fatal(err)
		}
	}
	schema, err := c.Compile("http://cyclonedx.org/schema/bom-1.6.schema.json")
	if err != nil {
		t.Fatal(err)
	}
	doc, err := jsonschema.UnmarshalJSON(bytes.NewReader(bill))
	if err != nil {
		t.Fatal(err)
	}
	if err := schema.Validate(doc); err != nil {
		t.Error(err)
	}
	for _, part := range []string{"pkg:golang/std@", "pkg:golang/github.com/xuri/excelize/v2@", "pkg:golang/golang.org/x/sys@"} {
		if !bytes.Contains(bill, []byte(`"purl": "`+part)) {
			t.Errorf("it lacks %s", part)
		}
	}
}

func holdsManifests(t *testing.T, dir string, sums map[string]string) {
	var winget struct {
		Installers []struct {
			URL string `yaml:"InstallerUrl"`
			Sum string `yaml:"InstallerSha256"`
		} `yaml:"Installers"`
	}
	if err := yaml.Unmarshal(read(t, dir, "manifests/parcheck.parcheck.installer.yaml"), &winget); err != nil {
		t.Fatal(err)
	}
	var scoop struct {
		Architecture map[string]struct{ URL, Hash string }
	}
	if err := json.Unmarshal(read(t, dir, "manifests/parcheck.json"), &scoop); err != nil {
		t.Fatal(err)
	}
	got := map[string]string{}
	for _, i := range winget.Installers {
		got["winget "+i.URL] = strings.ToLower(i.Sum)
	}
	for _, a := range scoop.Architecture {
		got["scoop "+a.URL] = a.Hash
	}
	want := map[string]string{}
	for name, sum := range sums {
		if strings.HasSuffix(name, ".exe") {
			want["winget https://example.org/files/"+name] = sum
			want["scoop https://example.org/files/"+name+"#/parcheck.exe"] = sum
		}
	}
	if diff := cmp.Diff(want, got); diff != "" || len(want) != 4 {
		t.Error(diff)
	}
	others, err := filepath.Glob(filepath.Join(dir, "manifests", "*.yaml"))
	if err != nil || len(others) != 4 {
		t.Fatalf("%q, %v", others, err)
	}
	for _, f := range others {
		var doc map[string]any
		if err := yaml.Unmarshal(read(t, "", f), &doc); err != nil || doc["ManifestVersion"] != wingetSchema {
			t.Errorf("%s: %v, %v", f, doc, err)
		}
	}
}

// holdsImage follows an image from its index to its layers, and looks at every sum.
func holdsImage(t *testing.T, data []byte) {
	blobs := map[string][]byte{}
	r := tar.NewReader(bytes.NewReader(data))
	for {
		h, err := r.Next()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			t.Fatal(err)
		}
		if blobs[h.Name], err = io.ReadAll(r); err != nil {
			t.Fatal(err)
		}
	}
	blob := func(d descriptor) []byte {
		b := blobs["blobs/sha256/"+strings.TrimPrefix(d.Digest, "sha256:")]
		if got := fmt.Sprintf("sha256:%x", sha256.Sum256(b)); got != d.Digest || len(b) != d.Size {
			t.Errorf("%s has the sum %s and %d bytes, want %d", d.Digest, got, len(b), d.Size)
		}
		return b
	}
	decode := func(b []byte, v any) {
		if err := json.Unmarshal(b, v); err != nil {
			t.Fatal(err)
		}
	}
	var top, index manifest
	decode(blobs["index.json"], &top)
	decode(blob(top.Manifests[0]), &index)
	var platforms []string
	for _, d := range index.Manifests {
		var m manifest
		var config image
		decode(blob(d), &m)
		decode(blob(*m.Config), &config)
		plain := unpack(t, blob(m.Layers[0]))
		if got := fmt.Sprintf("sha256:%x", sha256.Sum256(plain)); got != config.RootFS.DiffIDs[0] {
			t.Errorf("the layer has the sum %s, the image says %s", got, config.RootFS.DiffIDs[0])
		}
		platforms = append(platforms, d.Platform.OS+"/"+d.Platform.Architecture)
	}
	if diff := cmp.Diff([]string{"linux/amd64", "linux/arm64"}, platforms); diff != "" {
		t.Error(diff)
	}
}
