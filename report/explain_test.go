package report_test

import (
	"io"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/flagdebt/flagdebt/analyzer"
	"github.com/flagdebt/flagdebt/registry"
	"github.com/flagdebt/flagdebt/report"
)

// hostile is text that a terminal would obey.
const hostile = "a\x1b[2Jb\u202ec\x00"

// TestExplainHarmless checks that nothing which a terminal would obey gets through,
// and that colours change no text.
func TestExplainHarmless(t *testing.T) {
	id := registry.ID{Key: hostile}
	site := analyzer.Site{
		Flag: id, KeyKind: analyzer.KeyConstant, Role: analyzer.RoleRead, Provider: hostile, Via: []string{hostile},
		Default: registry.NewValue(hostile), Pos: registry.Position{File: hostile, Line: 1}, Nested: []registry.ID{{Key: hostile + "2"}},
	}
	flag := registry.Flag{ID: id, Owner: hostile, Kind: hostile, Description: hostile, Settled: hostile, Winner: registry.Winner{Value: registry.NewValue(hostile)}}
	in := report.Input{
		Sites: []analyzer.Site{site}, Registry: registry.Merge(registry.Set{Flags: []registry.Flag{flag}}), Next: hostile,
		Findings: []analyzer.Finding{{Rule: "stale", Severity: analyzer.SeverityError, Flag: id, Message: hostile, Next: hostile, Site: &site}},
	}
	line := &analyzer.Line{
		Pos: site.Pos, Text: hostile, Note: hostile, Problems: []analyzer.Problem{{Package: hostile, Message: hostile}},
		Readings: []analyzer.Reading{{Text: hostile, Callee: hostile + "x", Site: &site, Provider: hostile, Row: site.Pos}, {Text: hostile, Reason: hostile}},
	}
	for name, write := range map[string]func(io.Writer, report.TextOptions) error{
		"flag": func(w io.Writer, opt report.TextOptions) error { return report.Flag(w, in, id, opt) },
		"line": func(w io.Writer, opt report.TextOptions) error { return report.Line(w, line, opt) },
		"rule": func(w io.Writer, opt report.TextOptions) error {
			return report.Rule(w, "stale", "Text\u202e.\n\n\tcode\x1b\n", analyzer.SeverityError, opt)
		},
	} {
		plain := render(t, func(w io.Writer) error { return write(w, report.TextOptions{}) })
		if strings.ContainsFunc(plain, func(r rune) bool { return r < ' ' && r != '\n' || r == '\u202e' }) {
			t.Errorf("%s: a terminal would obey %q", name, plain)
		}
		if strings.Contains(plain, " \n") || strings.HasSuffix(plain, "\n\n") {
			t.Errorf("%s: blanks at the end of a line, or of all: %q", name, plain)
		}
		colored := render(t, func(w io.Writer) error { return write(w, report.TextOptions{Color: true}) })
		if diff := cmp.Diff(plain, escapes.ReplaceAllString(colored, "")); diff != "" {
			t.Errorf("%s: colours change the text (-plain +colored):\n%s", name, diff)
		}
	}
}

// TestExplainShared checks that flags of one key are told apart.
func TestExplainShared(t *testing.T) {
	in := report.Input{Registry: registry.Merge(
		registry.Set{Source: "unleash", Flags: []registry.Flag{{ID: registry.ID{Key: "x"}}}},
		registry.Set{Source: "env", Flags: []registry.Flag{{ID: registry.ID{Key: "x"}, Permanent: true}}},
	)}
	got := render(t, func(w io.Writer) error { return report.Flag(w, in, registry.ID{Key: "x"}, report.TextOptions{}) })
	for _, want := range []string{"env/x\n", "unleash/x\n", "permanent", "No code asks for it."} {
		if !strings.Contains(got, want) {
			t.Errorf("no %q in\n%s", want, got)
		}
	}
	got = render(t, func(w io.Writer) error {
		return report.Flag(w, in, registry.ID{Source: "env", Key: "x"}, report.TextOptions{})
	})
	if strings.Contains(got, "unleash") {
		t.Errorf("the flag of unleash is told for env/x:\n%s", got)
	}
}
