package plan

import (
	"testing"

	"github.com/parcheck/parcheck/pkg/lang"
)

func TestFileNamesTellUnits(t *testing.T) {
	o := &Roster{Units: []Unit{
		{ID: "tinh", Name: lang.Same("UBND tỉnh Quảng Nam"), Aliases: []string{"Quảng Nam"}},
		{ID: "so-noi-vu", Name: lang.T("Department of Home Affairs", "Sở Nội vụ"), Group: "g", Aliases: []string{"SNV"}},
		{ID: "so-y-te", Name: lang.Same("Sở Y tế"), Group: "g"},
		{ID: "khdt", Name: lang.Same("Sở Kế hoạch và Đầu tư"), Group: "g"},
		{ID: "bhn", Name: lang.Same("UBND xã Bình Hải Nam"), Group: "g"},
		{ID: "binh-hai", Name: lang.Same("UBND xã Bình Hải"), Group: "g"},
		{ID: "p", Name: lang.Same("Phòng P"), Group: "g"},
	}}
	for file, want := range map[string]string{
		"so-noi-vu":           "so-noi-vu",
		"Sở Nội vụ":           "so-noi-vu",
		"BaoCao_SoNoiVu_2023": "so-noi-vu",
		"sonoivu":             "so-noi-vu",
		"SNV 2023":            "so-noi-vu",
		"Báo cáo Sở Y tế tỉnh Quảng Nam":  "so-y-te",
		"Quang Nam - So Y te":             "so-y-te",
		"quang-nam":                       "tinh",
		"So Ke hoach Dau tu (ban ky)":     "khdt",
		"xa-binh-hai":                     "binh-hai",
		"uy-ban-nhan-dan-xa-binh-hai-nam": "bhn",
		"Bao cao xa Binh Hai Nam":         "bhn",
		"p":                               "p",
		"bao cao p 2023":                  "",
		"UBND xã Bình Hải gửi Sở Nội vụ":      "binh-hai",
		"Department of Home Affairs (signed)": "so-noi-vu",
		"bao-cao":                             "",
		"so-noi-vung":                         "",
		"":                                    "",
	} {
		got := ""
		if u := o.NamedBy(file); u != nil {
			got = u.ID
		}
		if got != want {
			t.Errorf("%q names %q, want %q", file, got, want)
		}
	}
	if (*Roster)(nil).NamedBy("so-noi-vu") != nil {
		t.Error("no roster names a unit")
	}
}
