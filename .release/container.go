package main

import (
	"bytes"
	"crypto/sha256"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"time"
)

// descriptor is how parts of an image refer to each other (OCI image format 1.0).
type descriptor struct {
	MediaType   string            `json:"mediaType"`
	Digest      string            `json:"digest"`
	Size        int               `json:"size"`
	Platform    *platform         `json:"platform,omitempty"`
	Annotations map[string]string `json:"annotations,omitempty"`
}

type platform struct {
	Architecture string `json:"architecture"`
	OS           string `json:"os"`
}

type image struct {
	platform
	Created time.Time      `json:"created"`
	Config  map[string]any `json:"config"`
	RootFS  rootFS         `json:"rootfs"`
}

type rootFS struct {
	Type    string   `json:"type"`
	DiffIDs []string `json:"diff_ids"`
}

type manifest struct {
	SchemaVersion int               `json:"schemaVersion"`
	MediaType     string            `json:"mediaType"`
	Config        *descriptor       `json:"config,omitempty"`
	Layers        []descriptor      `json:"layers,omitempty"`
	Manifests     []descriptor      `json:"manifests,omitempty"`
	Annotations   map[string]string `json:"annotations,omitempty"`
}

const (
	indexType    = "application/vnd.oci.image.index.v1+json"
	manifestType = "application/vnd.oci.image.manifest.v1+json"
	configType   = "application/vnd.oci.image.config.v1+json"
	layerType    = "application/vnd.oci.image.layer.v1.tar+gzip"
)

// layout is an image in a folder: parts, which are named by their sums.
type layout struct {
	files []file
	err   error
}

func (l *layout) add(mediaType string, data []byte) descriptor {
	sum := fmt.Sprintf("%x", sha256.Sum256(data))
	name := "blobs/sha256/" + sum
	if !slices.ContainsFunc(l.files, func(f file) bool { return f.name == name }) {
		l.files = append(l.files, file{name, 0o644, data})
	}
	return descriptor{MediaType: mediaType, Digest: "sha256:" + sum, Size: len(data)}
}

func (l *layout) addJSON(mediaType string, v any) descriptor {
	data, err := json.Marshal(v)
	if err != nil {
		l.err = err
	}
	return l.add(mediaType, data)
}

// container writes an image that holds the program and its licences, for every
// Linux that is built: podman load and skopeo copy read it.
func (r *release) container(builds []program, modules []module) error {
	licences, err := r.licences(modules)
	if err != nil {
		return err
	}
	notes := map[string]string{"org.opencontainers.image.revision": r.revision, "org.opencontainers.image.version": r.version, "org.opencontainers.image.licenses": "Apache-2.0"}
	l := &layout{}
	index := manifest{SchemaVersion: 2, MediaType: indexType, Annotations: notes}
	for _, p := range builds {
		if p.os != "linux" {
			continue
		}
		plain, err := tarOf("", []file{{"parcheck", 0o755, p.data}, {"licences.txt", 0o644, licences}}, r.time)
		if err != nil {
			return err
		}
		packed, err := compress(plain)
		if err != nil {
			return err
		}
		on := platform{p.arch, p.os}
		config := l.addJSON(configType, image{
			platform: on, Created: r.time,
			Config: map[string]any{"Entrypoint": []string{"/parcheck"}, "WorkingDir": "/work", "User": "65532:65532", "Labels": notes},
			RootFS: rootFS{"layers", []string{fmt.Sprintf("sha256:%x", sha256.Sum256(plain))}},
		})
		d := l.addJSON(manifestType, manifest{SchemaVersion: 2, MediaType: manifestType, Config: &config, Layers: []descriptor{l.add(layerType, packed)}})
		d.Platform = &on
		index.Manifests = append(index.Manifests, d)
	}
	if len(index.Manifests) == 0 {
		return nil
	}
	top := l.addJSON(indexType, index)
	top.Annotations = map[string]string{"org.opencontainers.image.ref.name": "parcheck:" + r.version} // what podman load calls it
	last, err := json.Marshal(manifest{SchemaVersion: 2, MediaType: indexType, Manifests: []descriptor{top}})
	if err != nil || l.err != nil {
		return fmt.Errorf("container: %w", errors.Join(err, l.err))
	}
	l.files = append(l.files, file{"index.json", 0o644, last}, file{"oci-layout", 0o644, []byte(`{"imageLayoutVersion":"1.0.0"}`)})
	slices.SortFunc(l.files, func(a, b file) int { return bytes.Compare([]byte(a.name), []byte(b.name)) })
	data, err := tarOf("", l.files, r.time)
	if err != nil {
		return err
	}
	return r.write(r.name("container.tar"), data)
}
