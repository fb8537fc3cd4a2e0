package report_test

import (
	"bytes"
	"encoding/json"
	"flag"
	"io"
	"math/rand/v2"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"

	"github.com/flagdebt/flagdebt/analyzer"
	"github.com/flagdebt/flagdebt/registry"
	"github.com/flagdebt/flagdebt/report"
)

var update = flag.Bool("update", false, "rewrite the wanted output in testdata/report")

// TestGolden prints each story testdata/report/X.in.json in every form that is
// wanted of it: X.txt, X.json, X.list.txt and X.list.json.
func TestGolden(t *testing.T) {
	for _, path := range stories(t) {
		name := strings.TrimSuffix(filepath.Base(path), ".in.json")
		t.Run(name, func(t *testing.T) {
			in, opt := readStory(t, path)
			stem := strings.TrimSuffix(path, ".in.json")
			if in.Findings != nil || in.Sites == nil {
				golden(t, stem+".txt", func(w io.Writer) error { return report.Text(w, in, opt) })
				golden(t, stem+".json", func(w io.Writer) error { return report.JSON(w, in) })
			}
			if in.Sites != nil {
				golden(t, stem+".list.txt", func(w io.Writer) error { return report.List(w, in, opt) })
				golden(t, stem+".list.json", func(w io.Writer) error { return report.ListJSON(w, in) })
			}
		})
	}
}

// escapes matches the colours that Text itself writes.
var escapes = regexp.MustCompile("\x1b\\[[0-9]+m")

// TestEveryStory checks what holds of every text, whatever it tells of.
func TestEveryStory(t *testing.T) {
	for _, path := range stories(t) {
		in, opt := readStory(t, path)
		opt.Color = false
		plain := render(t, func(w io.Writer) error { return report.Text(w, in, opt) }) +
			render(t, func(w io.Writer) error { return report.List(w, in, opt) })
		for line := range strings.Lines(plain) {
			line = strings.TrimSuffix(line, "\n")
			if strings.HasSuffix(line, " ") {
				t.Errorf("%s: spaces at the end of %q", path, line)
			}
			if strings.ContainsFunc(line, func(r rune) bool { return r < ' ' || r == 0x7f || 0x80 <= r && r < 0xa0 || r == 0x202e }) {
				t.Errorf("%s: a terminal would obey %q", path, line)
			}
		}
		opt.Color = true
		colored := render(t, func(w io.Writer) error { return report.Text(w, in, opt) }) +
			render(t, func(w io.Writer) error { return report.List(w, in, opt) })
		if diff := cmp.Diff(plain, escapes.ReplaceAllString(colored, "")); diff != "" {
			t.Errorf("%s: colours change the text (-plain +colored):\n%s", path, diff)
		}
	}
}

// TestOrder checks that the order of the input shows nowhere.
func TestOrder(t *testing.T) {
	for _, path := range stories(t) {
		in, opt := readStory(t, path)
		all := func(w io.Writer) error {
			for _, write := range []func() error{
				func() error { return report.Text(w, in, opt) },
				func() error { return report.JSON(w, in) },
				func() error { return report.List(w, in, opt) },
				func() error { return report.ListJSON(w, in) },
			} {
				if err := write(); err != nil {
					return err
				}
			}
			return nil
		}
		want := render(t, all)
		random := rand.New(rand.NewPCG(1, 2))
		for range 20 {
			shuffle(random, in.Findings)
			shuffle(random, in.Sites)
			shuffle(random, in.Problems)
			if diff := cmp.Diff(want, render(t, all)); diff != "" {
				t.Fatalf("%s: another order of the input gives (-want +got):\n%s", path, diff)
			}
		}
	}
}

// TestNarrow checks that no width makes Text fail, or lose a word.
func TestNarrow(t *testing.T) {
	for _, path := range stories(t) {
		in, opt := readStory(t, path)
		opt.Color, opt.Width = false, 0
		want := strings.Fields(render(t, func(w io.Writer) error { return report.Text(w, in, opt) }))
		for opt.Width = 1; opt.Width < 200; opt.Width++ {
			got := render(t, func(w io.Writer) error { return report.Text(w, in, opt) })
			if diff := cmp.Diff(want, strings.Fields(got)); diff != "" {
				t.Fatalf("%s at width %d: other words (-want +got):\n%s", path, opt.Width, diff)
			}
			if strings.Contains(got, " \n") {
				t.Fatalf("%s at width %d: spaces at the end of a line:\n%s", path, opt.Width, got)
			}
			for line := range strings.Lines(got) {
				words := strings.TrimSpace(line)
				if strings.HasPrefix(line, " ") && utf8.RuneCountInString(line) > opt.Width+1 &&
					strings.Contains(words, " ") && !strings.Contains(words, "  ") {
					t.Fatalf("%s at width %d: too long: %q", path, opt.Width, line)
				}
			}
		}
	}
}

// stories returns the inputs below testdata/report.
func stories(t *testing.T) []string {
	t.Helper()
	paths, err := filepath.Glob(filepath.Join("..", "testdata", "report", "*.in.json"))
	if err != nil || len(paths) == 0 {
		t.Fatalf("no stories below testdata/report: %v", err)
	}
	return paths
}

// render returns what write puts out.
func render(t *testing.T, write func(io.Writer) error) string {
	t.Helper()
	var b bytes.Buffer
	if err := write(&b); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// golden compares what write puts out with the file at path, or writes it there.
func golden(t *testing.T, path string, write func(io.Writer) error) {
	t.Helper()
	got := render(t, write)
	if *update {
		if err := os.WriteFile(path, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatalf("%v\nTo write it: go test ./report -update", err)
	}
	if diff := cmp.Diff(string(want), got); diff != "" {
		t.Errorf("%s (-want +got):\n%s", path, diff)
	}
}

func shuffle[T any](random *rand.Rand, list []T) {
	random.Shuffle(len(list), func(i, j int) { list[i], list[j] = list[j], list[i] })
}

// story is the form of an input. Keys of the types that it is made of are those
// types' field names, in any case.
type story struct {
	Mentions          []analyzer.Mention
	Today, Next, Base string
	Packages, Width   int
	Color             bool
	Flags             []struct {
		ID                                                    registry.ID
		Kind, Owner, Expires, Version, Winner, Settled, Early string
		Permanent, CodeDefault                                bool
		Origin                                                registry.Position
	}
	Findings []struct {
		analyzer.Finding
		Site site
	}
	Sites    []site
	Problems []analyzer.Problem
}

// site is a Site whose default is given as text.
type site struct {
	analyzer.Site
	Default *string
}

// site returns the Site that s describes.
func (s site) site() analyzer.Site {
	if s.Default != nil {
		s.Site.Default = registry.NewValue(*s.Default)
	}
	return s.Site
}

// readStory reads an input and the options that it asks for.
func readStory(t *testing.T, path string) (report.Input, report.TextOptions) {
	t.Helper()
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	var s story
	d := json.NewDecoder(bytes.NewReader(data))
	d.DisallowUnknownFields()
	if err := d.Decode(&s); err != nil {
		t.Fatalf("%s: %v", path, err)
	}
	in := report.Input{Mentions: s.Mentions, Problems: s.Problems, Today: date(t, s.Today), Packages: s.Packages, Next: s.Next}
	var set registry.Set
	for _, f := range s.Flags {
		flag := registry.Flag{
			ID: f.ID, Kind: f.Kind, Owner: f.Owner, Permanent: f.Permanent,
			Settled: f.Settled, TooEarly: f.Early, Origin: f.Origin,
			Winner: registry.Winner{CodeDefault: f.CodeDefault},
		}
		flag.Expires.Date = date(t, f.Expires)
		if f.Version != "" {
			if flag.Expires.Version, err = registry.ParseVersion(f.Version); err != nil {
				t.Fatal(err)
			}
		}
		if f.Winner != "" {
			flag.Winner.Value = registry.NewValue(f.Winner)
		}
		set.Flags = append(set.Flags, flag)
	}
	in.Registry = registry.Merge(set)
	for _, f := range s.Findings {
		if f.Site.Role != "" {
			s := f.Site.site()
			s.Flag, s.Pos = f.Flag, f.Pos
			f.Finding.Site = &s
		}
		in.Findings = append(in.Findings, f.Finding)
	}
	if s.Sites != nil {
		in.Sites = []analyzer.Site{}
	}
	for _, s := range s.Sites {
		in.Sites = append(in.Sites, s.site())
	}
	return in, report.TextOptions{Color: s.Color, Width: s.Width, Base: s.Base}
}

// date returns the day that text names, and no day for "".
func date(t *testing.T, text string) registry.Date {
	t.Helper()
	if text == "" {
		return registry.Date{}
	}
	d, err := registry.ParseDate(text)
	if err != nil {
		t.Fatal(err)
	}
	return d
}
