package main

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
)

// manifests writes what the package managers of Windows want to know, where the
// address of the files is known: winget's three files and scoop's one.
func (r *release) manifests(url string) error {
	if url == "" {
		return nil
	}
	dir := filepath.Join(r.out, "manifests")
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return err
	}
	files, err := r.winget(url)
	if err != nil {
		return err
	}
	if files["parcheck.json"], err = r.scoop(url); err != nil {
		return err
	}
	for name, text := range files {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o644); err != nil {
			return err
		}
	}
	return nil
}

// windowsNames is what winget and scoop call the processors.
var windowsNames = []struct{ arch, winget, scoop string }{
	{"amd64", "x64", "64bit"},
	{"arm64", "arm64", "arm64"},
}

const wingetSchema = "1.10.0"

func (r *release) winget(url string) (map[string]string, error) {
	head := func(kind string) string {
		return fmt.Sprintf("# yaml-language-server: $schema=https://aka.ms/winget-manifest.%s.%s.schema.json\nPackageIdentifier: parcheck.parcheck\nPackageVersion: %s\n",
			kind, wingetSchema, r.version)
	}
	foot := func(kind string) string {
		return fmt.Sprintf("ManifestType: %s\nManifestVersion: %s\n", kind, wingetSchema)
	}
	var installers strings.Builder
	for _, w := range windowsNames {
		address, sum, err := r.download(url, w.arch)
		if err != nil {
			return nil, err
		}
		fmt.Fprintf(&installers, "  - Architecture: %s\n    InstallerUrl: %s\n    InstallerSha256: %s\n", w.winget, address, strings.ToUpper(sum))
	}
	return map[string]string{
		"parcheck.parcheck.yaml": head("version") + "DefaultLocale: en-US\n" + foot("version"),
		"parcheck.parcheck.installer.yaml": head("installer") +
			"MinimumOSVersion: 10.0.0.0\nInstallerType: portable\nCommands:\n  - parcheck\nReleaseDate: \"" + r.time.Format("2006-01-02") + "\"\nInstallers:\n" + installers.String() + foot("installer"),
		"parcheck.parcheck.locale.en-US.yaml": head("defaultLocale") +
			"PackageLocale: en-US\nPublisher: parcheck\nPackageName: parcheck\nLicense: Apache-2.0\n" +
			"ShortDescription: Scores agencies' workbooks against the targets of a public administration plan\n" + foot("defaultLocale"),
		"parcheck.parcheck.locale.vi-VN.yaml": head("locale") +
			"PackageLocale: vi-VN\nPublisher: parcheck\nPackageName: parcheck\nLicense: Apache-2.0\n" +
			"ShortDescription: Chấm điểm tệp số liệu của cơ quan, đơn vị theo chỉ tiêu của kế hoạch cải cách hành chính\n" + foot("locale"),
	}, nil
}

func (r *release) scoop(url string) (string, error) {
	type download struct {
		URL  string `json:"url"`
		Hash string `json:"hash"`
	}
	m := struct {
		Version      string              `json:"version"`
		Description  string              `json:"description"`
		Homepage     string              `json:"homepage"`
		License      string              `json:"license"`
		Architecture map[string]download `json:"architecture"`
		Bin          string              `json:"bin"`
	}{
		r.version, "Scores agencies' workbooks against the targets of a public administration plan",
		"https://github.com/parcheck/parcheck", "Apache-2.0", map[string]download{}, "parcheck.exe",
	}
	for _, w := range windowsNames {
		address, sum, err := r.download(url, w.arch)
		if err != nil {
			return "", err
		}
		m.Architecture[w.scoop] = download{address + "#/parcheck.exe", sum}
	}
	data, err := json.MarshalIndent(m, "", "    ")
	return string(data) + "\n", err
}

// download returns the address and the sum of the program for Windows.
func (r *release) download(url, arch string) (address, sum string, err error) {
	name := r.name("windows_" + arch + ".exe")
	sum, err = r.sum(name)
	return strings.TrimSuffix(url, "/") + "/" + name, sum, err
}
