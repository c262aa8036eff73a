package main

import (
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
)

// module is a part of the programs that somebody else wrote.
type module struct {
	path, version string
	sum           string // of go.sum
	licence       string // its SPDX identifier
	text          string // of the licence
}

// modules lists what is linked into any of the programs, Go's own library first,
// each with its licence.
func (s *source) modules(programs []program) ([]module, error) {
	found := map[string]module{}
	for _, p := range programs {
		for _, d := range p.info.Deps {
			if d.Replace != nil {
				return nil, fmt.Errorf("%s is replaced: no release has such a part", d.Path)
			}
			found[d.Path] = module{path: d.Path, version: d.Version, sum: d.Sum}
		}
	}
	root, err := output(s.dir, "go", "env", "GOROOT")
	if err != nil {
		return nil, err
	}
	std := module{path: "std", version: strings.TrimPrefix(s.toolchain, "go")}
	if err := std.readLicence(root); err != nil {
		return nil, err
	}
	list := []module{}
	for _, m := range found {
		dir, err := s.moduleDir(m)
		if err != nil {
			return nil, err
		}
		if err := m.readLicence(dir); err != nil {
			return nil, err
		}
		list = append(list, m)
	}
	slices.SortFunc(list, func(a, b module) int { return cmp.Compare(a.path, b.path) })
	return append([]module{std}, list...), nil
}

func (s *source) moduleDir(m module) (string, error) {
	text, err := output(s.dir, "go", "mod", "download", "-json", m.path+"@"+m.version)
	if err != nil {
		return "", err
	}
	var found struct{ Dir string }
	err = json.NewDecoder(strings.NewReader(text)).Decode(&found)
	if err != nil && !errors.Is(err, io.EOF) {
		return "", err
	}
	return found.Dir, nil
}

// readLicence reads the licence of a module's folder, and the notices that go
// with it. One that is not known by its words stops the release: a person reads
// it first.
func (m *module) readLicence(dir string) error {
	entries, err := os.ReadDir(dir)
	if err != nil {
		return err
	}
	var texts []string
	for _, e := range entries {
		name := strings.ToUpper(strings.TrimSuffix(e.Name(), filepath.Ext(e.Name())))
		if !slices.Contains([]string{"LICENSE", "LICENCE", "COPYING", "UNLICENSE", "NOTICE"}, name) {
			continue
		}
		text, err := os.ReadFile(filepath.Join(dir, e.Name()))
		if err != nil {
			return err
		}
		texts = append(texts, strings.TrimSpace(strings.ReplaceAll(string(text), "\r\n", "\n")))
		if name == "NOTICE" {
			continue
		}
		if m.licence = licenceOf(string(text)); m.licence == "" {
			return fmt.Errorf("%s: the licence in %s is none that is known: read it, and add it to licenceOf", m.path, e.Name())
		}
	}
	if m.licence == "" {
		return fmt.Errorf("%s: no licence in %s", m.path, dir)
	}
	m.text = strings.Join(texts, "\n\n")
	return nil
}

var blanks = regexp.MustCompile(`\s+`)

// licenceOf tells licences by sentences that only they have: "MIT", or "Apache-2.0
// AND MIT" where parts of a module have another, as an SPDX expression.
func licenceOf(text string) string {
	text = blanks.ReplaceAllString(text, " ")
	has := func(words string) bool { return strings.Contains(text, words) }
	bsd := has("Redistribution and use in source and binary forms")
	three := bsd && (has("Neither the name") || has("names of its contributors may"))
	var found []string
	for _, l := range []struct {
		id  string
		has bool
	}{
		{"Apache-2.0", has("Apache License Version 2.0") || has("Licensed under the Apache License, Version 2.0")},
		{"BSD-2-Clause", bsd && !three},
		{"BSD-3-Clause", three},
		{"ISC", has("Permission to use, copy, modify, and/or distribute this software for any purpose")},
		{"MIT", has("Permission is hereby granted, free of charge") && has("The above copyright notice and this permission notice")},
		{"Unlicense", has("free and unencumbered software released into the public domain")},
	} {
		if l.has {
			found = append(found, l.id)
		}
	}
	return strings.Join(found, " AND ")
}

// licences is the text that goes with the program: its own licence and those
// of its parts, which ask for it.
func (s *source) licences(modules []module) ([]byte, error) {
	own, err := os.ReadFile(filepath.Join(s.dir, "LICENSE"))
	if err != nil {
		return nil, err
	}
	var b strings.Builder
	section := func(title, text string) {
		fmt.Fprintf(&b, "%s\n%s\n\n%s\n\n\n", title, strings.Repeat("=", len(title)), strings.TrimSpace(text))
	}
	section("parcheck", string(own))
	for _, m := range modules {
		section(fmt.Sprintf("%s %s (%s)", m.path, m.version, m.licence), m.text)
	}
	return []byte(strings.TrimRight(b.String(), "\n") + "\n"), nil
}
