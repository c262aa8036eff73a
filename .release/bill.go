package main

import (
	"encoding/json"
	"fmt"
	"time"
)

// The bill of materials, in the JSON of CycloneDX 1.6: what the programs are
// made of, by Go's own record of it, which each of them holds.
type bill struct {
	Format      string          `json:"bomFormat"`
	SpecVersion string          `json:"specVersion"`
	Serial      string          `json:"serialNumber"`
	Version     int             `json:"version"`
	Metadata    billMetadata    `json:"metadata"`
	Components  []billComponent `json:"components"`
	Depends     []billDepends   `json:"dependencies"`
}

type billMetadata struct {
	Timestamp time.Time     `json:"timestamp"`
	Component billComponent `json:"component"`
}

type billComponent struct {
	Ref        string         `json:"bom-ref"`
	Type       string         `json:"type"`
	Name       string         `json:"name"`
	Version    string         `json:"version"`
	Licences   []billLicence  `json:"licenses"`
	URL        string         `json:"purl"`
	Properties []billProperty `json:"properties,omitempty"`
}

type billLicence struct {
	Expression string `json:"expression"`
}

type billProperty struct {
	Name  string `json:"name"`
	Value string `json:"value"`
}

type billDepends struct {
	Ref  string   `json:"ref"`
	Uses []string `json:"dependsOn"`
}

// bill writes it. Its serial number is made of the commit: the same release has
// the same.
func (r *release) bill(modules []module) error {
	own := component("application", module{path: "github.com/parcheck/parcheck", version: "v" + r.version, licence: "Apache-2.0"})
	own.Properties = []billProperty{{"vcs.revision", r.revision}}
	b := bill{
		Format: "CycloneDX", SpecVersion: "1.6", Version: 1, Serial: serial(r.revision),
		Metadata: billMetadata{Timestamp: r.time, Component: own},
	}
	uses := billDepends{Ref: own.Ref}
	for _, m := range modules {
		c := component("library", m)
		b.Components = append(b.Components, c)
		uses.Uses = append(uses.Uses, c.Ref)
	}
	b.Depends = []billDepends{uses}
	data, err := json.MarshalIndent(b, "", "  ")
	if err != nil {
		return err
	}
	return r.write(r.name("sbom.cdx.json"), append(data, '\n'))
}

func component(kind string, m module) billComponent {
	url := "pkg:golang/" + m.path + "@" + m.version
	c := billComponent{Ref: url, Type: kind, Name: m.path, Version: m.version, Licences: []billLicence{{m.licence}}, URL: url}
	if m.sum != "" {
		c.Properties = []billProperty{{"go.sum", m.sum}}
	}
	return c
}

// serial is a UUID of version 8, whose digits are free, from a commit's.
func serial(revision string) string {
	return fmt.Sprintf("urn:uuid:%s-%s-8%s-8%s-%s", revision[:8], revision[8:12], revision[12:15], revision[15:18], revision[18:30])
}
