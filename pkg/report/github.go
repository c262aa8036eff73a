package report

import (
	"bufio"
	"bytes"
	"fmt"
	"io"
	"strings"

	"github.com/parcheck/parcheck/pkg/diag"
	"github.com/parcheck/parcheck/pkg/lang"
)

// maxAnnotations is how many annotations of one level GitHub shows of a step;
// it drops the others without a word.
const maxAnnotations = 10

// maxSummary bounds a job summary, in bytes. GitHub refuses those over 1 MiB;
// the rest is for what else the step has to say.
const maxSummary = 1<<20 - 1<<16

// GitHub writes workflow annotations: targets that fail and diagnostics, at
// their rows and columns, worst first. Of each level GitHub shows ten; a line
// that is no annotation tells how many more there are.
func GitHub(w io.Writer, doc *Document, opt Options) error {
	out := bufio.NewWriter(w) // keeps the first error until it is flushed
	list := findings(doc)
	for _, s := range []diag.Severity{diag.Error, diag.Warning, diag.Note} {
		more := int64(0)
		shown := 0
		for i := range list {
			switch f := &list[i]; {
			case f.weight() != s:
			case shown == maxAnnotations:
				more++
			default:
				shown++
				annotate(out, s, f, &opt)
			}
		}
		if more > 0 {
			fmt.Fprintf(out, "+%s\n", moreFindings(more, s).In(opt.Lang))
		}
	}
	return out.Flush()
}

// moreFindings tells how many findings of a level have no annotation.
func moreFindings(n int64, s diag.Severity) lang.Text {
	word := severityWord(s)
	if n == 1 {
		word = s.Title()
	}
	return lang.F("%s more %s", "%s %s nữa", count(n), word)
}

// annotate writes `::error file=...,line=...,col=...,title=...::message`.
func annotate(w io.Writer, s diag.Severity, f *finding, opt *Options) {
	line, col := lineOf(f.pos)
	fmt.Fprintf(w, "::%s file=%s,line=%d", githubLevel(s), githubProperty.Replace(plainPath(opt.inRepository(f.pos.File))), line)
	if col > 0 {
		fmt.Fprintf(w, ",col=%d", col)
	}
	title := f.target
	if title.IsZero() {
		title = lang.Same(f.rule)
	}
	title = lang.Join(nonEmpty(f.unit, title), ": ")
	fmt.Fprintf(w, ",title=%s::%s\n", githubProperty.Replace(plain(title.In(opt.Lang))), githubData.Replace(plain(f.told().In(opt.Lang))))
}

// A runner undoes these escapes, and no others.
var (
	githubData     = strings.NewReplacer("%", "%25", "\r", "%0D", "\n", "%0A")
	githubProperty = strings.NewReplacer("%", "%25", "\r", "%0D", "\n", "%0A", ":", "%3A", ",", "%2C")
)

func githubLevel(s diag.Severity) string {
	switch s {
	case diag.Warning:
		return "warning"
	case diag.Note:
		return "notice"
	case diag.Error:
	}
	return "error"
}

// GitHubSummary writes the whole of a document as Markdown for the file that
// GITHUB_STEP_SUMMARY names. Where that is more than GitHub takes, whole
// sections at the end are left out, and said so.
func GitHubSummary(w io.Writer, doc *Document, opt Options) error {
	opt.Verbose = false
	var b bytes.Buffer
	if err := Markdown(&b, doc, opt); err != nil {
		return err
	}
	text := b.Bytes()
	if len(text) > maxSummary {
		// No text of a workbook begins a line with "#": Markdown escapes it.
		end := max(0, bytes.LastIndex(text[:maxSummary], []byte("\n#")))
		text = fmt.Appendf(text[:end], "\n\n%s\n", md(wordCut.In(opt.Lang)))
	}
	_, err := w.Write(text)
	return err
}

var wordCut = lang.T("The rest is left out: it is more than a job summary may hold. --report markdown=PATH writes all of it.",
	"Phần còn lại bị lược bớt vì vượt quá dung lượng của bản tóm tắt. Dùng --report markdown=PATH để ghi đầy đủ.")
