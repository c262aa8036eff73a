package main

import (
	"runtime/debug"
	"testing"
)

func TestVersionSaysWhereTheProgramComesFrom(t *testing.T) {
	for _, tt := range []struct {
		name, version, revision, modified, want string
	}{
		{"of a release", "v0.1.0", "1f2e3d4c5b6a7988", "false", "v0.1.0, 1f2e3d4c5b6a, "},
		{"of a commit without a tag", "v0.1.1-0.20260102030405-1f2e3d4c5b6a", "1f2e3d4c5b6a7988", "false", "1f2e3d4c5b6a, "},
		{"of a repository without tags", "v0.0.0-20260102030405-1f2e3d4c5b6a", "1f2e3d4c5b6a7988", "false", "1f2e3d4c5b6a, "},
		{"changed since the commit", "v0.0.0-20260102030405-1f2e3d4c5b6a+dirty", "1f2e3d4c5b6a7988", "true", "1f2e3d4c5b6a, changed, "},
		{"changed since the release", "v0.1.0+dirty", "1f2e3d4c5b6a7988", "true", "v0.1.0, 1f2e3d4c5b6a, changed, "},
		{"by go install of a tag", "v0.1.0", "", "", "v0.1.0, "},
		{"of a release candidate", "v0.2.0-rc.1", "1f2e3d4c5b6a7988", "false", "v0.2.0-rc.1, 1f2e3d4c5b6a, "},
		{"without Git", "(devel)", "", "", ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			info := &debug.BuildInfo{Main: debug.Module{Version: tt.version}}
			if tt.revision != "" {
				info.Settings = []debug.BuildSetting{{Key: "vcs.revision", Value: tt.revision}, {Key: "vcs.modified", Value: tt.modified}}
			}
			if got := originOf(info); got != tt.want {
				t.Errorf("got %q, want %q", got, tt.want)
			}
		})
	}
}
