package summary

import (
	"fmt"

	"github.com/xuri/excelize/v2"

	"github.com/parcheck/parcheck/pkg/diag"
)

// chart is what a native chart shows.
type chart struct {
	kind       excelize.ChartType
	title      string
	categories string // a range, with its sheet
	series     []series
	row, col   int // upper left cell
	width      int // pixels
	height     int
	percent    bool // values are shares
	labels     bool // values stand at their bars
	legend     bool
	stacked    bool
	whole      bool // the axis goes to 100 %, and the values are counts
	labelFrom  int  // values below it have no label: their bars are too short
}

type series struct {
	name, values string // a cell and a range, with their sheet
	color        string
	ink          string // of the labels
	dash         bool
}

func (s *sheet) chart(c chart) {
	if s.sw == nil {
		return
	}
	x := &excelize.Chart{
		Type:       c.kind,
		Dimension:  excelize.ChartDimension{Width: uint(c.width), Height: uint(c.height)},
		Title:      excelize.ChartTitle{Paragraph: []excelize.RichTextRun{{Text: c.title, Font: &excelize.Font{Bold: true, Size: 11, Color: navy, Family: "Calibri"}}}},
		Legend:     excelize.ChartLegend{Position: "none"},
		PlotArea:   excelize.ChartPlotArea{ShowVal: c.labels},
		VaryColors: new(false),
		Border:     excelize.LineOptions{Width: 0.75, Fill: solid(hairline)},
		Format:     excelize.GraphicOptions{OffsetX: 4, OffsetY: 4, AltText: c.title},
	}
	if c.legend {
		x.Legend = excelize.ChartLegend{Position: "bottom", Font: &excelize.Font{Size: 9, Color: ink}}
	}
	font := excelize.Font{Size: 9, Color: ink, Family: "Calibri"}
	x.XAxis.Font, x.YAxis.Font = font, font
	x.YAxis.MajorGridLines = true
	number := "#,##0"
	if c.percent || c.whole {
		number = "0%"
		x.YAxis.Maximum, x.YAxis.MajorUnit = new(1.0), 0.2
	}
	if c.labelFrom > 0 {
		x.PlotArea.NumFmt = excelize.ChartNumFmt{CustomNumFmt: fmt.Sprintf(`[<%d]"";#,##0`, c.labelFrom)}
	}
	if c.percent {
		x.PlotArea.NumFmt = excelize.ChartNumFmt{CustomNumFmt: "0.0%"}
		x.YAxis.Minimum = new(0.0)
		if c.kind == excelize.Bar {
			x.YAxis.Maximum = new(1.1) // room for the label of a full bar
		}
	}
	x.YAxis.NumFmt = excelize.ChartNumFmt{CustomNumFmt: number}
	gap := uint(45)
	switch c.kind {
	case excelize.Bar, excelize.BarStacked, excelize.BarPercentStacked:
		x.XAxis.ReverseOrder = true // the first row on top
		x.YAxis.TickLabelPosition = excelize.ChartTickLabelHigh
	case excelize.Line:
		x.ShowBlanksAs = "gap"
	}
	x.GapWidth = &gap
	for _, one := range c.series {
		x.Series = append(x.Series, one.excel(c))
	}
	s.book.fail(s.book.f.AddChart(s.name, diag.A1(c.row, c.col), x))
}

func (one series) excel(c chart) excelize.ChartSeries {
	label := one.ink
	if label == "" {
		label = ink
	}
	out := excelize.ChartSeries{
		Name: one.name, Categories: c.categories, Values: one.values,
		Fill:      solid(one.color),
		DataLabel: excelize.ChartDataLabel{Font: excelize.Font{Size: 8, Color: label, Family: "Calibri"}},
	}
	switch {
	case c.kind == excelize.Line:
		out.Line = excelize.LineOptions{Width: 2.25, Fill: solid(one.color)}
		if one.dash {
			out.Line.Dash = excelize.LineDashSysDash
		}
		out.Marker = excelize.ChartMarker{Symbol: "circle", Size: 6, Fill: solid(one.color)}
		out.DataLabelPosition = excelize.ChartDataLabelsPositionAbove
	case c.stacked:
		out.DataLabelPosition = excelize.ChartDataLabelsPositionCenter
	default:
		out.DataLabelPosition = excelize.ChartDataLabelsPositionOutsideEnd
	}
	return out
}

func solid(color string) excelize.Fill {
	return excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{color}}
}
