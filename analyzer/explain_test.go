package analyzer_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/flagdebt/flagdebt/analyzer"
)

// TestExplain checks that the documentation has a section for every rule, in
// their order, and none besides but those that judge the user's own files.
func TestExplain(t *testing.T) {
	want := append(analyzer.Rules(), "provider", "baseline")
	if got := analyzer.Explained(); !slices.Equal(got, want) {
		t.Errorf("doc.go explains %q, the rules are %q", got, want)
	}
	for _, word := range want {
		text, ok := analyzer.Explain(word)
		if !ok || len(strings.Fields(text)) < 20 || strings.Contains(text, "# Rule") {
			t.Errorf("rule %s is explained by %q", word, text)
		}
		if analyzer.DefaultSeverity(word) == "" {
			t.Errorf("rule %s has no severity", word)
		}
	}
	for _, word := range []string{"", "Rule", "stael", "stale\n", "package"} {
		if text, ok := analyzer.Explain(word); ok {
			t.Errorf("there is no rule %q, but it is explained by %q", word, text)
		}
	}
	if analyzer.DefaultSeverity("stael") != "" || analyzer.JudgesCode("stael") {
		t.Error("there is no rule stael")
	}
	if !analyzer.JudgesCode("stale") || analyzer.JudgesCode("unused") {
		t.Error("stale judges code, unused does not")
	}
}
