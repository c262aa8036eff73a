package label

import (
	"fmt"
	"testing"
)

func TestUnitsOfMoneyAsPeopleWriteThem(t *testing.T) {
	for text, want := range map[string]string{
		"đồng": "[0]", "Đồng": "[0]", "đ": "[0]", "VNĐ": "[0]", "VND": "[0]", "đồng Việt Nam": "[0]", "Việt Nam đồng": "[0]", "VN đồng": "[0]",
		"nghìn đồng": "[3]", "ngàn đồng": "[3]", "Nghìn đ": "[3]", "1.000 đồng": "[3]", "1.000đ": "[3]", "1000 đồng": "[3]", "1,000 VNĐ": "[3]",
		"1 000 đồng": "[3]", "x 1.000 đồng": "[3]", "nghìn đồng (1.000 đồng)": "[3]", "K VNĐ": "[3]", "nghin dong": "[3]",
		"triệu đồng": "[6]", "million VND": "[6]", "Unit: billions of VND": "[9]", "Units: thousand dong": "[3]", "Triệu VNĐ": "[6]", "Tr.đ": "[6]", "tr. đ": "[6]", "trđ": "[6]", "Trđ.": "[6]", "tr.đồng": "[6]", "trđồng": "[6]", "Tr VNĐ": "[6]",
		"1.000.000 đồng": "[6]", "1 triệu đồng": "[6]", "01 triệu đồng": "[6]", "Triệu": "[6]", "trieu dong": "[6]", "Trđ VN": "[6]",
		"TRIỆU ĐỒNG": "[6]", "Triệu  đồng": "[6]", "triệu đồng VN": "[6]",
		"tỷ đồng": "[9]", "tỉ đồng": "[9]", "Tỷ VND": "[9]", "tỷ": "[9]", "ty dong": "[9]", "1.000.000.000 đồng": "[9]", "tỷđ": "[9]",
		"trăm triệu đồng": "[8]", "chục triệu đồng": "[7]", "nghìn tỷ đồng": "[12]", "1.000 tỷ đồng": "[12]",
		"%, triệu đồng": "[6]", "triệu đồng, %": "[6]", "Triệu đồng; hồ sơ": "[6]", "triệu đồng/người": "[6]", "Triệu đồng/dự án": "[6]",
		"hồ sơ/triệu đồng": "[]", "ĐVT: triệu đồng": "[6]", "Đơn vị tính (triệu đồng)": "[6]", "Đơn vị tính triệu đồng": "[6]", "tính bằng triệu đồng": "[6]",
		"(Đơn vị: tr.đ)": "[6]", "triệu đồng, tỷ đồng": "[6 9]", "Triệu đồng hoặc tỷ đồng": "[6 9]", "triệu đồng (tr.đ)": "[6]",
		"triệu USD": "[] foreign", "USD": "[] foreign", "nghìn đô la Mỹ": "[] foreign", "triệu đồng, USD": "[6] foreign", "€": "[]",
		"hợp đồng": "[]", "hội đồng": "[]", "Hội đồng nhân dân": "[]", "đồng bằng": "[]", "triệu người": "[]", "hồ sơ": "[]", "%": "[]", "": "[]",
		"tđ": "[]", "nđ": "[]", "2.023 đồng": "[]", "12 tháng": "[]", "d": "[]", "tỷ tỷ đồng": "[]", "Sở Tài chính": "[]", "xã Tr": "[]", "con": "[]",
		"100": "[]", "1": "[]", "0 đồng": "[]", "ha": "[]", "Nghìn con": "[]", "người, %": "[]",
	} {
		powers, foreign := Money(text)
		got := fmt.Sprint(powers)
		if foreign {
			got += " foreign"
		}
		if got != want {
			t.Errorf("%q: %s, want %s", text, got, want)
		}
	}
}

func TestCutMoney(t *testing.T) {
	for name, want := range map[string]string{
		"Kế hoạch\n(tỷ đồng)": "kế hoạch", "Giải ngân (triệu đồng)": "giải ngân", "Giải ngân (ĐVT: tr.đ)": "giải ngân", "Kế hoạch, triệu đồng": "kế hoạch",
		"Kế hoạch - triệu đồng": "kế hoạch", "Kế hoạch\nTriệu đồng": "kế hoạch", "Kế hoạch [tỷ đồng]": "kế hoạch", "Kế hoạch vốn 1.000 đồng": "kế hoạch vốn",
		"Kế hoạch năm 2023 (triệu đồng)": "kế hoạch năm 2023", "Kế hoạch (triệu đồng, %)": "kế hoạch", "Kế hoạch trđ": "kế hoạch", "Kế hoạch (nghìn USD)": "kế hoạch",
		"Số hợp đồng": "", "Hội đồng": "", "Kế hoạch": "", "Tỷ lệ (%)": "", "Hợp đồng (bản)": "", "triệu đồng": "", "(triệu đồng)": "", "Vốn (tỷ lệ)": "",
		"Số tiền đã chi, nghìn đồng": "số tiền đã chi", "Kế hoạch (theo hợp đồng)": "", "": "",
	} {
		if got, ok := CutMoney(Key(name)); got != want || ok != (want != "") {
			t.Errorf("%q: %q, %t", name, got, ok)
		}
	}
}

func FuzzMoney(f *testing.F) {
	for _, s := range []string{"ĐVT: triệu đồng", "1.000 đ", "tr.đ/người", "x", "(", "1.000", "k (1 tỷ)"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		powers, foreign := Money(s)
		for _, p := range powers {
			if p < 0 {
				t.Fatalf("%q: %d", s, p)
			}
		}
		if IsMoney(s) && len(powers) == 0 && !foreign {
			t.Fatalf("%q is money and names none", s)
		}
		if name, ok := CutMoney(Key(s)); ok && (name == "" || len(name) >= len(Key(s))) {
			t.Fatalf("%q is cut to %q", s, name)
		}
	})
}
