package config

import (
	"os"
	"path/filepath"
	"testing"
)

// TestBaselineText checks that what is written is read back, whatever stands in it.
func TestBaselineText(t *testing.T) {
	odd := []string{"", "a", "on", "null", ".inf", ".5", "1.5", "2026-01-01", "a: b", "a #b", "{a", "x,y", "é\u2028", "a\tb\n", "\x00\x7f", `"a"`, "Shop.Pay", "-", "~", "<<", " a", "a ", "@a", "ends.", "_"}
	var want []Known
	for _, s := range odd {
		want = append(want, Known{File: "a/" + s, In: s, Rule: "stale", Flag: s, Fact: s})
	}
	path := filepath.Join(t.TempDir(), BaselineName)
	if err := os.WriteFile(path, BaselineText(append(want, want[3])), 0o666); err != nil {
		t.Fatal(err)
	}
	b, err := LoadBaseline(path, BaselineName)
	if err != nil {
		t.Fatal(err)
	}
	got := map[Known]int{}
	for _, e := range b.Entries {
		got[e.Known] = e.Count
	}
	for i, k := range want {
		count := 1
		if i == 3 {
			count = 2
		}
		if got[k] != count {
			t.Errorf("%q was written once and read %d times, want %d", k.Flag, got[k], count)
		}
	}
	if len(got) != len(want) {
		t.Errorf("%d findings written, %d read", len(want), len(got))
	}
}
