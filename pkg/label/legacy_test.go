package label

import (
	"strings"
	"testing"

	"golang.org/x/text/unicode/norm"

	"github.com/parcheck/parcheck/pkg/lang"
)

// write types a Unicode text in a legacy encoding: the reverse of convert.
func write(s string, in Encoding) string {
	if in == TCVN3 {
		letters := make(map[rune]rune)
		for old, letter := range tcvn3 {
			letters[letter] = old
		}
		return strings.Map(func(r rune) rune {
			if old, ok := letters[r]; ok {
				return old
			}
			return r
		}, s)
	}
	alone, marks := make(map[rune]rune), make(map[string]rune)
	for old, letter := range vniLetters {
		alone[letter] = old
	}
	for old, m := range vniMarks {
		marks[norm.NFC.String("o"+m)], marks[norm.NFC.String("a"+m)] = old, old
		marks[norm.NFC.String("e"+m)], marks[norm.NFC.String("u"+m)] = old, old
		marks[norm.NFC.String("y"+m)], marks[norm.NFC.String("ơ"+m)], marks[norm.NFC.String("ư"+m)] = old, old, old
	}
	var b strings.Builder
	for _, r := range s {
		if old, ok := alone[r]; ok {
			b.WriteRune(old)
			continue
		}
		old, ok := marks[string(r)]
		if !ok {
			b.WriteRune(r)
			continue
		}
		base := []rune(norm.NFD.String(string(r)))
		vowel := base[0]
		if len(base) > 1 && base[1] == '\u031b' { // the horn: ơ and ư are one character
			vowel = alone[[]rune(norm.NFC.String(string(base[:2])))[0]]
		}
		b.WriteRune(vowel)
		b.WriteRune(old)
	}
	return b.String()
}

// samples are headers and labels of the forms that offices fill in.
var samples = []string{
	"Tổng số", "Số liệu", "Số lượng hồ sơ", "Đơn vị báo cáo", "Kỳ báo cáo", "Chỉ tiêu thống kê",
	"Tỷ lệ hồ sơ giải quyết đúng hạn", "Tổng số thủ tục hành chính", "Ngày tiếp nhận", "Ngày hẹn trả kết quả",
	"Đã giải quyết trước hạn", "Trực tuyến một phần", "Lũy kế giải ngân", "Kế hoạch vốn năm 2023 (triệu đồng)",
	"Sở Nội vụ", "ủy ban nhân dân huyện Điện Bàn", "Người nộp hồ sơ", "Văn bản điện tử được ký số",
	"số phiếu rất hài lòng", "thanh toán trực tuyến trên Cổng Dịch vụ công quốc gia",
}

func TestLegacyRecognisesSamples(t *testing.T) {
	missed := 0
	for _, e := range []Encoding{TCVN3, VNI} {
		for _, s := range samples {
			typed := write(s, e)
			if back := convert(typed, e); back != s {
				t.Errorf("%q in %s is %q and comes back as %q", s, e, typed, back)
			}
			switch got := Legacy(typed); got {
			case e:
			case Unicode:
				missed++
				t.Logf("%q is not recognised as %s", typed, e)
			default:
				t.Errorf("%q is taken for %s, not %s", typed, got, e)
			}
		}
		if joined := write(strings.Join(samples, " "), e); Legacy(joined) != e {
			t.Errorf("all samples together are not recognised as %s", e)
		}
	}
	if missed > 0 {
		t.Errorf("%d of %d samples are not recognised", missed, 2*len(samples))
	}
}

func TestLegacy(t *testing.T) {
	for _, c := range []struct {
		s    string
		want Encoding
	}{
		{"Tæng sè", TCVN3},
		{"Tû lÖ hå s¬ gi¶i quyÕt ®óng h¹n", TCVN3},
		{"Sè l\u00ad\u00eeng", TCVN3},
		{"S\u00ad\u00ad", Unicode},
		{"§¬n vÞ b¸o c¸o: UBND huyÖn", TCVN3},
		{"Sè hå s¬ trªn file Excel cña b¸o c¸o", TCVN3},
		{"Toång soá", VNI},
		{"Tyû leä hoà sô giaûi quyeát ñuùng haïn", VNI},
		{"Ñôn vò baùo caùo: UBND huyeän", VNI},
		{"TOÅNG SOÁ THUÛ TUÏC", VNI},

		// A title in Unicode above a table that is not, and the other way round.
		{"Báo cáo tổng hợp: Tæng sè hå s¬ gi¶i quyÕt ®óng h¹n, sè hå s¬ qu¸ h¹n", TCVN3},
		{"Tổng số hồ sơ, số hồ sơ đúng hạn, quá hạn, trực tuyến, tiếp nhận: Tæng sè", Unicode},
		{"Hồ sơ của ông Loïc, Françoise Noël và Zoë gửi trực tuyến đến Sở Tư pháp", Unicode},

		// Unicode Vietnamese, also where it holds Latin-1 letters only.
		{"", Unicode},
		{"STT", Unicode},
		{"Tổng số", Unicode},
		{"Công dân", Unicode},
		{"Thông tin và công tác", Unicode},
		{"Không", Unicode},
		{"Ghi chó", Unicode}, // may be TCVN3 for "Ghi chú", and is "dog" as it stands
		{"Có / Không", Unicode},
		{"Ðà Nẵng", Unicode},
		{"Ông Trân, bà Hoàn, cô Mân", Unicode},
		{"Công ty Nestlé Vietnam", Unicode},
		{"nhà ông Côn, kênh Tân Hòa", Unicode},
		{"Hoà Bình, Thanh Hoá, hoà giải", Unicode},
		{norm.NFD.String("Tổng số công dân"), Unicode},

		// English and French, signs and quotation marks.
		{"Total number of dossiers", Unicode},
		{"naïve café, résumé, façade, Zoë", Unicode},
		{"Microsoft® Windows© 2023 – 50 µm · 20 °C ± ½", Unicode},
		{"« Bonjour »", Unicode},
		{"§ 5, ¶ 3, £10, ¥20, ¬a", Unicode},
		{"né", Unicode},
		{"plus tôt", Unicode},
		{"L'été où l'hôtel était fermé à cause de la forêt brûlée", Unicode},
		{"Où êtes-vous né ? À Nîmes, près du pôle social, dès l'âge de sept ans.", Unicode},
		{"Les élèves français reçoivent déjà leur diplôme à l'école supérieure.", Unicode},
		{"El Niño, São Paulo, Düsseldorf, Malmö, Århus", Unicode},
		{"m² ×10³", Unicode},
		{"1×2", Unicode},
		{"\u00ad", Unicode},
	} {
		if got := Legacy(c.s); got != c.want {
			t.Errorf("Legacy(%q) = %s, want %s", c.s, got, c.want)
		}
	}
}

func TestConvert(t *testing.T) {
	for _, c := range []struct {
		s    string
		from Encoding
		want string
	}{
		{"Tæng sè", TCVN3, "Tổng số"},
		{"®\u00ad\u00eec", TCVN3, "được"},
		{"¡¢§£¤¥¦", TCVN3, "ĂÂĐÊÔƠƯ"},
		{"Céng hoµ x· héi chñ nghÜa ViÖt Nam", TCVN3, "Cộng hoà xã hội chủ nghĩa Việt Nam"},
		{"Coäng hoøa xaõ hoäi chuû nghóa Vieät Nam", VNI, "Cộng hòa xã hội chủ nghĩa Việt Nam"},
		{"ñöôïc, ÑÖÔÏC", VNI, "được, ĐƯỢC"},
		{"Nguyeãn Thò Myõ Lyù, kyø, tyû, tî", VNI, "Nguyễn Thị Mỹ Lý, kỳ, tỷ, tỵ"},
		{"aø aù aû aõ aï aê aè aé aú aü aë aâ aà aá aå aã aä", VNI, "à á ả ã ạ ă ằ ắ ẳ ẵ ặ â ầ ấ ẩ ẫ ậ"},
		{"été", VNI, "été"},
		{"plain", VNI, "plain"},
		{"Tổng số", Unicode, "Tổng số"},
	} {
		if got := convert(c.s, c.from); got != c.want {
			t.Errorf("convert(%q, %s) = %q, want %q", c.s, c.from, got, c.want)
		}
	}
}

// Every syllable can be written in both encodings and read back.
func TestConvertReadsEverySyllable(t *testing.T) {
	tones := []string{"", "\u0300", "\u0301", "\u0303", "\u0309", "\u0323"}
	for rhyme := range rhymes {
		runes := []rune(rhyme)
		for _, mark := range tones {
			for i, r := range runes {
				if !strings.ContainsRune("aăâeêioôơuưy", r) {
					continue
				}
				s := norm.NFC.String(string(runes[:i+1]) + mark + string(runes[i+1:]))
				for _, e := range []Encoding{TCVN3, VNI} {
					if got := convert(write(s, e), e); got != s {
						t.Errorf("%q in %s is %q and comes back as %q", s, e, write(s, e), got)
					}
				}
			}
		}
	}
}

func TestIsSyllable(t *testing.T) {
	for _, s := range []string{"tổng", "số", "được", "nghiêng", "quyết", "quý", "quốc", "giấy", "gì", "giết", "khuỷu", "Ủy",
		"ƯƠNG", "thủ", "tục", "ÐƠN", "hoà", "hòa", "yêu", "oanh", "a", "xuyên", "ngoằn"} {
		if !isSyllable(s) {
			t.Errorf("isSyllable(%q) = false", s)
		}
	}
	for _, s := range []string{"", "file", "plus", "tôt", "tảp", "été", "đđ", "ng", "tổngs", "tố́", "w", "ztổ", "số2"} {
		if isSyllable(s) {
			t.Errorf("isSyllable(%q) = true", s)
		}
	}
}

func TestRemedy(t *testing.T) {
	got := TCVN3.Remedy()
	if want := "chữ gõ bằng bảng mã TCVN3 (ABC), không phải Unicode: sao chép các ô, chuyển mã bằng UniKey Toolkit " +
		"(Ctrl+Shift+F6: clipboard, nguồn TCVN3 (ABC), đích Unicode dựng sẵn), dán lại và chọn phông Unicode như Times New Roman"; got.In(lang.VI) != want {
		t.Errorf("in Vietnamese: %s", got.In(lang.VI))
	}
	if want := "text typed in the font encoding VNI Windows, not in Unicode: copy the cells, convert them with UniKey Toolkit " +
		"(Ctrl+Shift+F6: clipboard, from VNI Windows to Unicode), paste them back and choose a Unicode font such as Times New Roman"; VNI.Remedy().In(lang.EN) != want {
		t.Errorf("in English: %s", VNI.Remedy().In(lang.EN))
	}
}
