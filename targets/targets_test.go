package targets_test

import (
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/parcheck/parcheck/pkg/lang"
	"github.com/parcheck/parcheck/pkg/plan"
	"github.com/parcheck/parcheck/pkg/score"
	"github.com/parcheck/parcheck/targets"
)

func TestNames(t *testing.T) {
	if diff := cmp.Diff([]string{"qd-766-2022", "quang-nam-2023"}, targets.Names()); diff != "" {
		t.Errorf("names (-want +got):\n%s", diff)
	}
	for _, id := range []string{"", "quang-nam", "quang-nam-2023.roster", "../targets/quang-nam-2023"} {
		if _, _, ok := targets.Plan(id); ok {
			t.Errorf("Plan(%q) is there", id)
		}
		if _, _, ok := targets.Roster(id); ok {
			t.Errorf("Roster(%q) is there", id)
		}
	}
}

// Every plan that comes with parcheck parses and lints without a finding, and
// so does its roster; the file's name is the plan's id.
func TestPlansAreSound(t *testing.T) {
	for _, id := range targets.Names() {
		p := parse(t, id)
		if p.ID != id {
			t.Errorf("%s.yaml holds the plan %q", id, p.ID)
		}
		for _, d := range plan.Lint(p) {
			t.Error(d.In(lang.EN))
		}
		file, data, ok := targets.Roster(id)
		if !ok {
			continue
		}
		r, found := plan.ParseRoster(file, data, p.LevelIDs())
		for _, d := range found {
			t.Error(d.In(lang.EN))
		}
		if r == nil {
			t.Fatalf("%s: no roster", file)
		}
		for _, target := range p.Targets {
			for _, unit := range target.Units {
				if !slices.ContainsFunc(r.Units, func(u plan.Unit) bool { return u.ID == unit }) {
					t.Errorf("target %s binds %q, which is not on the roster", target.ID, unit)
				}
			}
		}
	}
}

func parse(t *testing.T, id string) *plan.Plan {
	t.Helper()
	file, data, ok := targets.Plan(id)
	if !ok {
		t.Fatalf("no plan %q", id)
	}
	p, found := plan.ParseBeside(file, data, targets.Named)
	for _, d := range found {
		t.Error(d.In(lang.EN))
	}
	if p == nil || len(found) > 0 {
		t.Fatalf("%s does not parse", file)
	}
	return p
}

const decision = "testdata/quyet-dinh-3532-qd-ubnd-2022.txt"

// Each quote stands in the Decision, letter by letter after white-space
// folding, in the section that the clause names.
func TestQuotesAreTheDecisionsWords(t *testing.T) {
	text := sections(t)
	for _, target := range parse(t, "quang-nam-2023").Targets {
		sentences, ok := text[target.Clause]
		if !ok {
			t.Errorf("%s: the Decision has no section %q", target.ID, target.Clause)
			continue
		}
		if !slices.ContainsFunc(sentences, func(s string) bool { return strings.Contains(s, target.Quote) }) {
			t.Errorf("%s: not in section %s of the Decision: %q", target.ID, target.Clause, target.Quote)
		}
	}
}

// Every sentence of sections I.2 to IV is quoted by a target or set aside with
// a reason, and none is both.
func TestEverySentenceIsCoveredOrSetAside(t *testing.T) {
	p := parse(t, "quang-nam-2023")
	aside := setAside(t)
	text := sections(t)
	for clause, sentences := range text {
		for _, s := range sentences {
			quoted := slices.ContainsFunc(p.Targets, func(target plan.Target) bool {
				return target.Clause == clause && strings.Contains(s, target.Quote)
			})
			left := slices.ContainsFunc(aside[clause], func(words string) bool { return strings.HasPrefix(s, words) })
			switch {
			case quoted && left:
				t.Errorf("%s: set aside and quoted by a target: %q", clause, s)
			case !quoted && !left:
				t.Errorf("%s: neither quoted by a target nor set aside: %q", clause, s)
			}
		}
	}
	for clause, list := range aside {
		for _, words := range list {
			if !slices.ContainsFunc(text[clause], func(s string) bool { return strings.HasPrefix(s, words) }) {
				t.Errorf("%s: set aside, and not in the Decision: %q", clause, words)
			}
		}
	}
}

var (
	part    = regexp.MustCompile(`^(I|II|III|IV)\. `)
	section = regexp.MustCompile(`^(\d)\. `)

	// a dash or a plus sign; section III has one sentence, behind its heading
	sentenceBegin = regexp.MustCompile(`^[-+] |^CỤ THỂ `)
)

// sections splits Article 1 of the Decision from I.2 on into its sentences,
// those that begin with a dash or a plus sign, by clause. White space is folded.
func sections(t *testing.T) map[string][]string {
	t.Helper()
	data, err := os.ReadFile(decision)
	if err != nil {
		t.Fatal(err)
	}
	_, body, ok := strings.Cut(string(data), "I. MỤC TIÊU,")
	if !ok {
		t.Fatal("the Decision has no section I")
	}
	body, _, _ = strings.Cut(body, "Điều 2.")

	out := map[string][]string{}
	clause, roman := "", "I"
	var sentence *string
	for line := range strings.Lines(body) {
		line = strings.Join(strings.Fields(line), " ")
		if m := part.FindStringSubmatch(line); m != nil {
			clause, roman, sentence = m[1], m[1], nil
		} else if m := section.FindStringSubmatch(line); m != nil {
			clause, sentence = roman+"."+m[1], nil
		}
		if begin := sentenceBegin.FindStringIndex(line); begin != nil {
			out[clause] = append(out[clause], line[begin[1]:])
			sentence = &out[clause][len(out[clause])-1]
		} else if sentence != nil {
			*sentence += " " + line
		}
	}
	delete(out, "I.1") // the general objectives promise nothing that can be checked
	return out
}

// setAside reads the sentences that no target is made of, by clause.
func setAside(t *testing.T) map[string][]string {
	t.Helper()
	data, err := os.ReadFile("testdata/set-aside.txt")
	if err != nil {
		t.Fatal(err)
	}
	out := map[string][]string{}
	for line := range strings.Lines(string(data)) {
		line = strings.TrimSpace(line)
		if line == "" || strings.HasPrefix(line, "#") {
			continue
		}
		fields := strings.Split(line, " | ")
		if len(fields) != 3 {
			t.Fatalf("set-aside.txt: %q: want clause | first words | reason", line)
		}
		out[fields[0]] = append(out[fields[0]], fields[1])
	}
	return out
}

// The targets by clause, and which of them are aspirational, tracked only, or
// judged by a choice: a target that is dropped or changes its nature by mistake
// shows here.
func TestTargetsOfTheDecision(t *testing.T) {
	want := map[string][]string{
		"I.2": {
			"guidance-revised-in-time",
			"online-partial-dossiers", "digitised-dossiers", "digitised-results",
			"satisfaction-procedures", "satisfaction-land", "satisfaction-construction", "satisfaction-investment",
			"satisfaction-health", "satisfaction-education",
			"electronic-documents", "portal-integration", "online-payment-procedures", "online-payment-transactions",
			"results-synchronised", "electronic-authentication", "unified-identity",
			"rank-par-index", "rank-sipas", "rank-papi", "rank-dti", "rank-pci",
		},
		"II.1": {"legal-drafting-procedure", "law-enforcement-findings", "legal-staff-training"},
		"II.2": {
			"forms-cut", "one-stop-digitisation", "no-resubmission", "certified-electronic-copies", "electronic-results",
			"delegation", "procedures-anywhere", "internal-processes",
		},
		"II.3": {"one-task-one-agency", "public-units-reorganised", "paperless-meetings"},
		"II.4": {"position-rotation", "staff-arrangement", "conduct-code", "staff-evaluation", "reform-training"},
		"II.5": {
			"public-service-list", "cost-norms", "service-quality", "investment-spending-up", "recurrent-spending-down",
			"public-investment-disbursement", "audit-findings-settled", "financial-autonomy",
		},
		"II.6": {
			"data-centre", "wan-to-communes", "shared-e-archive", "central-signing", "citizen-apps", "dti-software",
			"operations-centre", "data-warehouse", "planning-gis", "sector-systems", "services-standardised",
			"citizen-data", "originals-down", "sector-databases", "paperless-agencies", "it-training",
		},
		"II.7": {
			"reform-inspections", "assigned-tasks", "staff-feedback", "local-index-published", "reform-staff-training",
			"supervised-topics", "division-leaders", "business-dialogues",
		},
		"IV.1": {"annex-tasks", "agency-plan", "reform-budget"},
		"IV.2": {"quarterly-reports"},
	}
	aspirational := []string{
		"satisfaction-health", "satisfaction-education",
		"rank-par-index", "rank-sipas", "rank-papi", "rank-dti", "rank-pci",
		"public-investment-disbursement", "paperless-agencies",
	}
	tracked := []string{
		"forms-cut", "certified-electronic-copies", "electronic-results", "delegation", "procedures-anywhere",
		"paperless-meetings", "financial-autonomy", "assigned-tasks",
	}
	got := map[string][]string{}
	var gotAspirational, gotTracked []string
	for _, target := range parse(t, "quang-nam-2023").Targets {
		got[target.Clause] = append(got[target.Clause], target.ID)
		if target.Commitment == plan.Aspirational {
			gotAspirational = append(gotAspirational, target.ID)
		}
		if target.Points.IsZero() {
			gotTracked = append(gotTracked, target.ID)
		}
		for _, text := range []lang.Text{target.Title, target.Remedy} {
			if text.Written(lang.VI) == "" || text.Written(lang.EN) == "" {
				t.Errorf("%s: a title or remedy is missing in one language", target.ID)
			}
		}
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("targets by clause (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff(aspirational, gotAspirational); diff != "" {
		t.Errorf("aspirational targets (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff(tracked, gotTracked); diff != "" {
		t.Errorf("tracked targets (-want +got):\n%s", diff)
	}
}

// The goals of the numeric promises, as the Decision writes them.
func TestGoalsOfTheDecision(t *testing.T) {
	want := map[string]string{
		"online-partial-dossiers":        "13/20",
		"digitised-dossiers":             "3/5",
		"digitised-results":              "3/5",
		"satisfaction-procedures":        "9/10",
		"satisfaction-land":              "17/20",
		"satisfaction-construction":      "17/20",
		"satisfaction-investment":        "17/20",
		"satisfaction-health":            "17/20",
		"satisfaction-education":         "17/20",
		"electronic-documents":           "1",
		"portal-integration":             "9/10",
		"online-payment-procedures":      "3/5",
		"online-payment-transactions":    "3/10",
		"results-synchronised":           "1",
		"rank-par-index":                 "20",
		"rank-sipas":                     "20",
		"rank-papi":                      "20",
		"rank-dti":                       "20",
		"rank-pci":                       "6",
		"public-investment-disbursement": "49/50",
		"paperless-agencies":             "1",
		"business-dialogues":             "2",
		"quarterly-reports":              "4",
	}
	p := parse(t, "quang-nam-2023")
	for id, bound := range want {
		target := p.FindTarget(id)
		if target == nil || len(target.Goal.Bounds) != 1 {
			t.Errorf("%s: no target with one bound", id)
			continue
		}
		cmpWant := plan.AtLeast
		if strings.HasPrefix(id, "rank-") {
			cmpWant = plan.AtMost
		}
		if target.Goal.Cmp != cmpWant {
			t.Errorf("%s: compares by %v", id, target.Goal.Cmp)
		}
		if x, _, err := p.Evaluate(target.Goal.Bounds[0]); err != nil || x.String() != bound {
			t.Errorf("%s: goal %v (%v), want %s", id, x, err, bound)
		}
	}
}

// Each plan decides the cases of its file of tests as they say.
func TestCasesOfThePlans(t *testing.T) {
	for _, id := range targets.Names() {
		t.Run(id, func(t *testing.T) { cases(t, id) })
	}
}

func cases(t *testing.T, id string) {
	p := parse(t, id)
	file := "testdata/" + id + ".tests.yaml"
	data, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	suite, found := plan.ParseTests(file, data, p, nil)
	for _, d := range found {
		t.Error(d.In(lang.EN))
	}
	for _, c := range suite.Tests {
		t.Run(c.Name, func(t *testing.T) {
			for _, failure := range score.Try(p, &c) {
				t.Error(failure.Written(lang.EN))
			}
		})
	}
}
