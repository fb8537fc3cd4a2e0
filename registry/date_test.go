package registry

import (
	"testing"
	"time"
)

func TestParseDateSaysHowToWriteADay(t *testing.T) {
	for in, want := range map[string]string{
		"2026-01-31":                "",
		"2026-1-5":                  `"2026-1-5" is no date: write 2026-01-05`,
		"2026-02-30":                `"2026-02-30" is no date: there is no such day`,
		"2026-01-31T23:30:00-02:00": `"2026-01-31T23:30:00-02:00" is no date: write the day alone, in UTC, as 2026-02-01`,
		"31.01.2026":                `"31.01.2026" is no date: write year, month and day as in 2026-01-31`,
		"":                          `"" is no date: write year, month and day as in 2026-01-31`,
	} {
		d, err := ParseDate(in)
		switch {
		case want == "" && (err != nil || d.String() != in):
			t.Errorf("%s: got %v, %v", in, d, err)
		case want != "" && (err == nil || err.Error() != want):
			t.Errorf("%s: got %v, want %s", in, err, want)
		}
	}
}

func TestDatesAreDaysInUTC(t *testing.T) {
	zone := time.FixedZone("west", -5*3600)
	d := DateOf(time.Date(2026, 12, 31, 22, 0, 0, 0, zone))
	if d.String() != "2027-01-01" {
		t.Errorf("got %s", d)
	}
	if got := d.AddDays(-1); got != date(t, "2026-12-31") || !got.Before(d) || !d.After(got) || d.Sub(got) != 1 {
		t.Errorf("the day before is %s", got)
	}
	if got := date(t, "2028-03-01").Sub(date(t, "2027-03-01")); got != 366 {
		t.Errorf("a leap year has %d days", got)
	}
	if zero := (Date{}); !zero.IsZero() || zero.String() != "" || !zero.Before(d) {
		t.Error("the zero date is unknown, and before all others")
	}
}

func TestVersionsCompareByMeaning(t *testing.T) {
	ordered := []string{"v0.9", "0.130.0", "v1.39.0-alpha.1", "1.39", "v1.40.0", "2"}
	for i := range ordered[1:] {
		if a, b := version(t, ordered[i]), version(t, ordered[i+1]); a.Compare(b) != -1 || b.Compare(a) != 1 {
			t.Errorf("%s and %s are out of order", a, b)
		}
	}
	if version(t, "1.39").Compare(version(t, "v1.39.0")) != 0 {
		t.Error("1.39 is v1.39.0")
	}
	for _, bad := range []string{"", "latest", "1.2.3.4", "v1.x", "01.2"} {
		if _, err := ParseVersion(bad); err == nil {
			t.Errorf("%q is a version", bad)
		}
	}
}

func TestValuesReadWell(t *testing.T) {
	for in, want := range map[string]string{
		"true": "true", "blue": "blue", "": `""`, "a b": `"a b"`, "tab\t": `"tab\t"`, `{"a":1}`: `"{\"a\":1}"`, "größe": "größe",
	} {
		if got := NewValue(in).String(); got != want {
			t.Errorf("%q: got %s, want %s", in, got, want)
		}
	}
	if got := (Value{}).String(); got != "unknown" {
		t.Errorf("the zero value is %s", got)
	}
}

func TestFlagsExpireTheDayAfter(t *testing.T) {
	tests := []struct {
		name           string
		expires        Expiry
		permanent      bool
		today, version string
		want           bool
	}{
		{name: "before the day", expires: Expiry{Date: date(t, "2026-06-30")}, today: "2026-06-29"},
		{name: "on the day", expires: Expiry{Date: date(t, "2026-06-30")}, today: "2026-06-30"},
		{name: "the day after", expires: Expiry{Date: date(t, "2026-06-30")}, today: "2026-07-01", want: true},
		{name: "permanent", expires: Expiry{Date: date(t, "2026-06-30")}, today: "2026-07-01", permanent: true},
		{name: "before the version", expires: Expiry{Version: version(t, "1.40")}, today: "2026-07-01", version: "v1.39.5"},
		{name: "at the version", expires: Expiry{Version: version(t, "1.40")}, today: "2026-07-01", version: "v1.40.0", want: true},
		{name: "version of the repository unknown", expires: Expiry{Version: version(t, "1.40")}, today: "2026-07-01"},
		{name: "no expiry", today: "2026-07-01", version: "v1.40.0"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			var v Version
			if test.version != "" {
				v = version(t, test.version)
			}
			f := Flag{Expires: test.expires, Permanent: test.permanent}
			if got := f.Expired(date(t, test.today), v); got != test.want {
				t.Errorf("got %t", got)
			}
		})
	}
}

func TestAgeIsUnknownWithoutADay(t *testing.T) {
	if _, ok := (Flag{}).Age(date(t, "2026-01-10")); ok {
		t.Error("a flag without a day has an age")
	}
	if days, ok := (Flag{Created: date(t, "2026-01-01")}).Age(date(t, "2026-01-10")); days != 9 || !ok {
		t.Errorf("got %d, %t", days, ok)
	}
}

// date parses a day that is well written.
func date(t *testing.T, s string) Date {
	t.Helper()
	d, err := ParseDate(s)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

// version parses a version that is well written.
func version(t *testing.T, s string) Version {
	t.Helper()
	v, err := ParseVersion(s)
	if err != nil {
		t.Fatal(err)
	}
	return v
}
