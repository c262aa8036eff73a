package sheets

import (
	"cmp"
	"fmt"

	"github.com/xuri/excelize/v2"

	"github.com/parcheck/parcheck/pkg/diag"
)

// ChartKind is the form of a chart.
type ChartKind uint8

// The kinds of charts.
const (
	Columns ChartKind = iota
	Bars
	StackedBars
	PercentBars // stacked, all of one length
	Lines
)

var chartTypes = [...]excelize.ChartType{Columns: excelize.Col, Bars: excelize.Bar, StackedBars: excelize.BarStacked,
	PercentBars: excelize.BarPercentStacked, Lines: excelize.Line}

func (k ChartKind) bars() bool    { return k == Bars || k == StackedBars || k == PercentBars }
func (k ChartKind) stacked() bool { return k == StackedBars || k == PercentBars }

// Chart is what a native chart shows.
type Chart struct {
	Kind          ChartKind
	Title         string
	Categories    string // a range, with its sheet
	Series        []Series
	Row, Col      int  // upper left cell
	Width, Height int  // in pixels
	Percent       bool // values are shares
	Labels        bool // values stand at their bars
	Legend        bool
	LabelFrom     int // values below it have no label: their bars are too short
}

// Series is one row of values of a chart.
type Series struct {
	Name, Values string // a cell and a range, with their sheet
	Color        string
	Ink          string // of the labels
	Dash         bool
}

// rowPixels is the row height that excelize assumes when it places a chart.
// Spreadsheet programs draw the same number of rows, slightly higher.
const rowPixels = 18

// Rows returns the number of rows that the chart and the space below it take.
func (c *Chart) Rows() int { return c.Height/rowPixels + 2 }

// Chart draws a chart over the cells of the sheet.
func (s *Sheet) Chart(c Chart) {
	if s.out == nil {
		return
	}
	th := &s.book.theme
	x := &excelize.Chart{
		Type:       chartTypes[c.Kind],
		Dimension:  excelize.ChartDimension{Width: uint(c.Width), Height: uint(c.Height)},
		Title:      excelize.ChartTitle{Paragraph: []excelize.RichTextRun{{Text: c.Title, Font: &excelize.Font{Bold: true, Size: 11, Color: th.Title, Family: th.Font}}}},
		Legend:     excelize.ChartLegend{Position: "none"},
		PlotArea:   excelize.ChartPlotArea{ShowVal: c.Labels},
		VaryColors: new(false),
		Border:     excelize.LineOptions{Width: 0.75, Fill: solid(th.Line)},
		Format:     excelize.GraphicOptions{OffsetX: 4, OffsetY: 4, AltText: c.Title},
	}
	if c.Legend {
		x.Legend = excelize.ChartLegend{Position: "bottom", Font: &excelize.Font{Size: 9, Color: th.Ink}}
	}
	font := excelize.Font{Size: 9, Color: th.Ink, Family: th.Font}
	x.XAxis.Font, x.YAxis.Font = font, font
	x.YAxis.MajorGridLines = true
	number := "#,##0"
	if c.Percent || c.Kind == PercentBars {
		number = "0%"
		x.YAxis.Maximum, x.YAxis.MajorUnit = new(1.0), 0.2
	}
	if c.LabelFrom > 0 {
		x.PlotArea.NumFmt = excelize.ChartNumFmt{CustomNumFmt: fmt.Sprintf(`[<%d]"";#,##0`, c.LabelFrom)}
	}
	if c.Percent {
		x.PlotArea.NumFmt = excelize.ChartNumFmt{CustomNumFmt: "0.0%"}
		x.YAxis.Minimum = new(0.0)
		if c.Kind == Bars {
			x.YAxis.Maximum = new(1.1) // room for the label of a full bar
		}
	}
	x.YAxis.NumFmt = excelize.ChartNumFmt{CustomNumFmt: number}
	switch {
	case c.Kind.bars():
		x.XAxis.ReverseOrder = true // the first row on top
		x.YAxis.TickLabelPosition = excelize.ChartTickLabelHigh
	case c.Kind == Lines:
		x.ShowBlanksAs = "gap"
	}
	x.GapWidth = new(uint(45))
	for _, one := range c.Series {
		x.Series = append(x.Series, one.excel(&c, th))
	}
	s.book.Fail(s.book.f.AddChart(s.Name, diag.A1(c.Row, c.Col), x))
}

func (one Series) excel(c *Chart, th *Theme) excelize.ChartSeries {
	out := excelize.ChartSeries{
		Name: one.Name, Categories: c.Categories, Values: one.Values,
		Fill:      solid(one.Color),
		DataLabel: excelize.ChartDataLabel{Font: excelize.Font{Size: 8, Color: cmp.Or(one.Ink, th.Ink), Family: th.Font}},
	}
	switch {
	case c.Kind == Lines:
		out.Line = excelize.LineOptions{Width: 2.25, Fill: solid(one.Color)}
		if one.Dash {
			out.Line.Dash = excelize.LineDashSysDash
		}
		out.Marker = excelize.ChartMarker{Symbol: "circle", Size: 6, Fill: solid(one.Color)}
		out.DataLabelPosition = excelize.ChartDataLabelsPositionAbove
	case c.Kind.stacked():
		out.DataLabelPosition = excelize.ChartDataLabelsPositionCenter
	default:
		out.DataLabelPosition = excelize.ChartDataLabelsPositionOutsideEnd
	}
	return out
}
