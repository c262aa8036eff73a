package report

import (
	"bufio"
	"crypto/sha256"
	_ "embed" // the page, its style and its script
	"encoding/base64"
	"fmt"
	"html/template"
	"io"

	"github.com/parcheck/parcheck/pkg/diag"
	"github.com/parcheck/parcheck/pkg/fact"
	"github.com/parcheck/parcheck/pkg/lang"
	"github.com/parcheck/parcheck/pkg/number"
	"github.com/parcheck/parcheck/pkg/plan"
	"github.com/parcheck/parcheck/pkg/score"
	"github.com/parcheck/parcheck/pkg/term"
)

var (
	//go:embed html_page.tmpl
	htmlPage string
	//go:embed html_card.tmpl
	htmlCards string // of one unit
	//go:embed html_many.tmpl
	htmlMany string // of several units
	//go:embed html_style.css
	htmlStyle string
	//go:embed html_script.js
	htmlScript string
)

// HTML writes one page that stands alone: it loads nothing, and its
// Content-Security-Policy lets nothing load and nothing run but the page's own
// style and script, known by their hashes. The script sorts and filters; the
// page is whole without it. Several cards begin with a ranking.
func HTML(w io.Writer, doc *Document, opt Options) error {
	page, err := template.New("page").Funcs(htmlWords(opt.Lang)).Parse(htmlPage + htmlCards + htmlMany)
	if err != nil {
		return err
	}
	out := bufio.NewWriter(w)
	if err := page.Execute(out, newHTMLPage(doc, opt.Lang)); err != nil {
		return err
	}
	return out.Flush()
}

// policy is the page's Content-Security-Policy.
func policy() string {
	return fmt.Sprintf("default-src 'none'; style-src %s; script-src %s; base-uri 'none'; form-action 'none'",
		sourceHash(htmlStyle), sourceHash(htmlScript))
}

// sourceHash names inline content as a policy does (CSP level 3, hash-source).
func sourceHash(content string) string {
	sum := sha256.Sum256([]byte(content))
	return "'sha256-" + base64.StdEncoding.EncodeToString(sum[:]) + "'"
}

// htmlTexts are the words of the page, by the names that the template uses.
var htmlTexts = map[string]lang.Text{
	"adopted":         term.AdoptedReading,
	"area":            term.Area,
	"all-targets":     lang.T("all targets and evidence", "mọi chỉ tiêu và căn cứ số liệu"),
	"appendix":        lang.T("appendix: the cells behind the figures", "phụ lục: các ô làm căn cứ của số liệu"),
	"areas":           lang.T("score by area", "điểm số theo lĩnh vực"),
	"before":          lang.T("before", "kỳ trước"),
	"beyond":          lang.T("Missed targets alone do not reach this; the most is:", "Chỉ riêng các chỉ tiêu không đạt thì chưa tới mức này; cao nhất là:"),
	"by":              lang.T("by", "theo"),
	"change":          lang.T("change", "thay đổi"),
	"checks":          lang.T("findings by what is wanted", "phát hiện theo yêu cầu"),
	"contents":        lang.T("contents", "mục lục"),
	"after":           lang.T("score then", "điểm số khi đó"),
	"aspirational":    term.Aspirational,
	"back":            lang.T("to the ranking", "về bảng xếp hạng"),
	"clause":          term.Clause,
	"coverage":        term.Coverage,
	"coverage-means":  lang.T("The share of those points whose targets could be judged; the rest is missing or invalid.", "Tỷ trọng số điểm của các chỉ tiêu đánh giá được; phần còn lại thiếu số liệu hoặc số liệu không dùng được."),
	"credit":          lang.T("points are earned", "cách tính điểm"),
	"earned":          lang.T("earned", "đạt được"),
	"every":           term.All,
	"evidence":        term.Evidence,
	"exactness":       term.Figures,
	"exactness-means": lang.T("Every figure was read from the cells named beside it and compared exactly; what is printed is rounded only where that contradicts no verdict.", "Mỗi số liệu được đọc từ các ô ghi bên cạnh và so sánh chính xác; số in ra chỉ làm tròn khi không trái với kết luận."),
	"databases":       wordDatabases,
	"figures":         term.Figures,
	"file":            term.File,
	"made-of":         term.MadeOf,
	"filter":          lang.T("filter targets", "lọc chỉ tiêu"),
	"faults":          lang.T("data to mend", "dữ liệu cần bổ sung, sửa"),
	"find":            lang.T("find a unit, target or cell", "tìm đơn vị, chỉ tiêu hoặc ô"),
	"findings":        term.InFile,
	"findings-found":  term.Findings,
	"gain":            term.Points,
	"gap":             term.Gap,
	"gap-means":       lang.T("How far the value is from the goal, in the units that are counted: so many dossiers, so many places.", "Khoảng cách đến mục tiêu, tính bằng đơn vị đếm: bao nhiêu hồ sơ, bao nhiêu bậc."),
	"goal":            term.Goal,
	"headline":        lang.T("score and coverage", "điểm số và độ phủ"),
	"heat":            lang.T("targets by units", "chỉ tiêu theo đơn vị"),
	"histogram":       lang.T("how many units have which score", "số đơn vị theo mức điểm số"),
	"how":             term.HowRead,
	"inputs":          lang.T("inputs", "dữ liệu đầu vào"),
	"invalid":         score.Invalid.Title(),
	"level":           term.Level,
	"met":             score.Met.Title(),
	"method":          lang.T("How to read this page", "Cách đọc báo cáo"),
	"missed":          score.Missed.Title(),
	"missing":         score.Missing.Title(),
	"na":              score.NotApplicable.Title(),
	"grade":           term.Grade,
	"no":              term.Ordinal,
	"notes":           term.Knowing,
	"other-reading":   term.OtherReading,
	"other-steps":     lang.T("other targets, and what it takes to reach a score", "các chỉ tiêu khác và cách đạt điểm số mong muốn"),
	"outcome":         term.Outcome,
	"period":          term.Period,
	"place":           term.Place,
	"plan":            term.Plan,
	"points":          term.Points,
	"rank":            term.Rank,
	"ranking":         term.Ranking,
	"readings":        term.Disagreeing,
	"about-files":     term.OnFiles,
	"result":          lang.T("what it takes and gives", "cần gì, được gì"),
	"score":           term.Score,
	"score-means":     lang.T("Points earned of the points that the applicable targets can earn.", "Số điểm đạt được trên số điểm tối đa của các chỉ tiêu áp dụng."),
	"severity":        term.Severity,
	"skip":            lang.T("Skip to the report", "Tới nội dung báo cáo"),
	"target":          term.Target,
	"targets":         term.Targets,
	"there":           lang.T("The score is there already.", "Điểm số đã đạt mức này."),
	"ties":            lang.T("units with equal scores share a rank", "đơn vị bằng điểm xếp cùng hạng"),
	"two-readings":    lang.T("readings disagree", "có cách hiểu khác"),
	"unfold":          lang.T("open all evidence", "mở mọi căn cứ"),
	"unit":            term.Unit,
	"units":           lang.T("units", "đơn vị"),
	"value":           term.Value,
	"value-goal":      lang.T("value and goal", "kết quả và mục tiêu"),
	"waived":          term.Waived,
	"wanted":          term.Wanted,
	"ways":            lang.T("what it takes to reach a score", "cách đạt điểm số mong muốn"),
	"which":           lang.T("targets, by number", "chỉ tiêu số"),
	"whole":           lang.T("show the unit", "xem đơn vị"),
	"withheld":        term.Withheld,
	"wins":            lang.T("nearest wins", "chỉ tiêu dễ đạt nhất"),
	"wish":            lang.T("wished score", "điểm số mong muốn"),
	"wins-means":      lang.T("Each row adds to those above it: its target met with all points, all other figures as they are.", "Mỗi dòng cộng dồn các dòng trên: chỉ tiêu đạt và được đủ điểm, các số liệu khác giữ nguyên."),
}

// htmlWords are the functions of the template: how things are shown in a
// language. Every text goes through plain, then html/template escapes it.
//
// The template reads fields and calls these functions, never methods: the page
// of cmd/parcheck-web is built without what calls methods by their names, for
// which a linker keeps every exported method.
func htmlWords(l lang.Lang) template.FuncMap {
	in := func(x lang.Text) string { return plain(x.In(l)) }
	titled := func(x lang.Text) string { return lang.Sentence(in(x)) }
	word := func(name string) (string, error) {
		x, ok := htmlTexts[name]
		if !ok {
			return "", fmt.Errorf("the page has no word %q", name)
		}
		return in(x), nil
	}
	whole := func(n int) string { return in(count(int64(n))) }
	return template.FuncMap{
		"lang":     l.String,
		"in":       in,
		"titled":   titled,
		"plain":    func(s any) string { return plain(fmt.Sprint(s)) },
		"word":     word,
		"title":    func(name string) (string, error) { s, err := word(name); return lang.Sentence(s), err },
		"count":    whole,
		"mark":     mark,
		"met":      func(r *score.Result) bool { return r.Outcome == score.Met },
		"failing":  func(r *score.Result) bool { return r.Outcome.Failing() },
		"closed":   (*score.Result).Closed,
		"outcome":  score.Outcome.Title,
		"aspired":  aspired,
		"figure":   figure,
		"answered": func(q fact.Query) lang.Text { return answered(&q) },
		"stateOf":  func(q fact.Query) lang.Text { return stateOf(&q) },
		"asked":    func(q fact.Query) []statement { return statements(&q) },
		"hashed":   statement.hashed,
		"lines":    lines,
		"points":   pointsOf,
		"judgedAs": judgedAs,
		"gradeOf":  gradeOf,
		"madeOf":   madeOf,
		"adjusted": pointsNote,
		"unit":     unitName,
		"period":   plan.Period.Days,
		"severity": diag.Severity.Title,
		"dash": func(f *score.Figure) string {
			if s := in(figure(f)); s != "" {
				return s
			}
			return "–"
		},
		"even": func(decimals int, f *score.Figure) string {
			if s := in(figure(f)); s != "" {
				return padPercent(s, decimals, l)
			}
			return "–"
		},
		"document":   func(p score.PlanRef) lang.Text { return document(p) },
		"periodLine": periodLine,
		"tallies":    tallies,
		"applicable": score.Tally.Applicable,
		"ledgerLine": (*score.Ledger).Line,
		"placeLine":  placeLine,
		"spreadLine": spreadLine,
		"percent":    wholePercent,
		"decimals":   scoreDecimals,
		"rank":       func(s htmlStanding) lang.Text { return s.Place() },
		"grade":      func(s htmlStanding) lang.Text { return s.Grade() },

		"leagueDecimals": leagueDecimals,
		"indented":       func(a score.Area) lang.Text { return indented(&a) },
		"remarks":        remarks,
		"counts":         countsOf,
		"meter":          meterOf,
		"bar":            barOf,
		"findings":       findingsOf,
		"units": func(cards []htmlCard) string {
			return in(number.Count(int64(len(cards)), "unit", "units", "đơn vị"))
		},
		"columns": func(units []htmlStanding) int { return len(units) + 1 },
		"andMore": func(n int) lang.Text { return lang.F("and %d more", "và %d đơn vị nữa", n) },
		"before":  beforeLine,
		"first":   func(c htmlCard) htmlCard { c.Steps = c.Steps[:min(len(c.Steps), firstSteps)]; return c },
		"rest":    func(c htmlCard) htmlCard { c.Steps = c.Steps[firstSteps:]; return c },
		"targets": func(list []*score.Result) string {
			return in(number.Count(int64(len(list)), "target", "targets", "chỉ tiêu"))
		},
		"areaMet": func(a htmlArea) string {
			return in(lang.F("%s of %s met", "đạt %s/%s", count(int64(a.Tally.Met)), count(int64(a.Tally.Applicable()))))
		},
	}
}
