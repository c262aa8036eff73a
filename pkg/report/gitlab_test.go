package report

import (
	"encoding/json"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/parcheck/parcheck/pkg/lang"
)

func gitlabIssuesOf(t *testing.T, doc *Document, l lang.Lang) []gitlabIssue {
	t.Helper()
	var issues []gitlabIssue
	if err := json.Unmarshal(written(t, GitLab, doc, Options{Lang: l}), &issues); err != nil {
		t.Fatal(err)
	}
	return issues
}

func TestGitLabIssues(t *testing.T) {
	got := map[string]gitlabIssue{}
	prints := map[string]bool{}
	for _, i := range gitlabIssuesOf(t, many(), lang.EN) {
		if prints[i.Fingerprint] || i.Location.Lines.Begin < 1 || i.Location.Path == "" {
			t.Errorf("%s: fingerprint %q at %+v", i.CheckName, i.Fingerprint, i.Location)
		}
		prints[i.Fingerprint] = true
		i.Fingerprint = ""
		got[i.CheckName] = i
	}
	for _, want := range []gitlabIssue{
		{
			Description: "Department of Construction: Valid results digitised: missing: “Results digitised” is not in the workbook. → Fill in rows 2.3 and 2.4 of the annex.",
			CheckName:   "quang-nam-2023/digitised-results", Severity: "major", Location: gitlabLocation{agencyFile, gitlabLines{1}},
		},
		{
			Description: "Department of Construction: Disbursement of public investment: 'Giải ngân'!F40: missed: 87.5 VND million short: 48,912.5 of 50,000, needs 49,000. [waived until 2024-03-31 by Giám đốc Sở Nội vụ: đang chờ quyết toán công trình]",
			CheckName:   "quang-nam-2023/disbursement", Severity: "info", Location: gitlabLocation{agencyFile, gitlabLines{40}},
		},
		{
			Description: "Department of Construction: 'Phụ lục'!D17: the form says 2,012 dossiers resolved, the list has 2,000; 'Hồ sơ'!K14:K2013: the list",
			CheckName:   "sources-disagree", Severity: "minor", Location: gitlabLocation{agencyFile, gitlabLines{17}},
		},
		{
			Description: "this is an Excel 97-2003 workbook: save it as .xlsx",
			CheckName:   "unreadable", Severity: "major", Location: gitlabLocation{"submissions/so-y-te.xls", gitlabLines{1}},
		},
	} {
		if diff := cmp.Diff(want, got[want.CheckName]); diff != "" {
			t.Errorf("%s (-want +got):\n%s", want.CheckName, diff)
		}
	}
}

func TestGitLabOfNothing(t *testing.T) {
	if got := string(written(t, GitLab, &Document{}, Options{})); got != "[]\n" {
		t.Errorf("got %q: GitLab wants a list", got)
	}
}

func TestGitLabHostile(t *testing.T) {
	for _, doc := range []func() *Document{many, validated} {
		clean := gitlabIssuesOf(t, doc(), lang.VI)
		bad := gitlabIssuesOf(t, besieged(t, doc()), lang.VI)
		if len(clean) != len(bad) {
			t.Fatalf("%d entries, want %d", len(bad), len(clean))
		}
		for i := range bad {
			invisible(t, "a description", bad[i].Description)
			invisible(t, "a path", bad[i].Location.Path)
			if bad[i].Location.Lines != clean[i].Location.Lines || bad[i].Severity != clean[i].Severity {
				t.Errorf("another entry: %+v, want %+v", bad[i], clean[i])
			}
		}
	}
}
