package document

import (
	"strings"
	"testing"
)

func TestWithoutCutsAnEntry(t *testing.T) {
	tests := []struct{ name, text, key, want string }{
		{"one line", "flags:\n  a: 1\n  b: 2\n  c: 3\n", "b", "flags:\n  a: 1\n  c: 3\n"},
		{"a block", "flags:\n  a:\n    owner: x\n    kind: y\n  b: 2\n", "a", "flags:\n  b: 2\n"},
		{"its comments go, others stay",
			"flags:\n  # about a\n  a: 1 # old\n\n  # about b\n  # and more\n  b:\n    x: 1\n    # inside b\n\n  # about c\n  c: 3\n# end\n", "b",
			"flags:\n  # about a\n  a: 1 # old\n\n  # about c\n  c: 3\n# end\n"},
		{"a comment with another indentation stays", "flags:\n# section\n  a: 1\n  b: 2\n", "a", "flags:\n# section\n  b: 2\n"},
		{"the last one, with its gap", "flags:\n  a: 1\n\n  b: 2\n", "b", "flags:\n  a: 1\n"},
		{"the first one, with its gap", "flags:\n  a: 1\n\n  b: 2\n", "a", "flags:\n  b: 2\n"},
		{"no newline at the end", "flags:\n  a: 1\n  b: 2", "b", "flags:\n  a: 1\n"},
		{"the only one leaves an empty mapping", "flags: # all\n  a: 1\nversion: 1\n", "a", "flags: {} # all\nversion: 1\n"},
		{"a literal text with blank lines in it", "flags:\n  a: |\n    x\n\n    y\n  b: 2\n", "a", "flags:\n  b: 2\n"},
		{"brackets that close at the key's column", "flags:\n  a: {\n    x: \"}\" # }\n  }\n  b: 2\n", "a", "flags:\n  b: 2\n"},
		{"quotes over several lines", "flags:\n  a: \"x\n \\\" y\"\n  b: 2\n", "a", "flags:\n  b: 2\n"},
		{"CRLF", "flags:\r\n  a: 1\r\n  b: 2\r\n", "a", "flags:\r\n  b: 2\r\n"},
		{"keys with odd characters", "flags:\n  \"a: #b\": 1\n  'it''s': 2\n  a/b.*: 3\n", "it's", "flags:\n  \"a: #b\": 1\n  a/b.*: 3\n"},
		{"flow, first", "flags: {a: 1, b: 2}\n", "a", "flags: {b: 2}\n"},
		{"flow, last", "flags: {a: 1, b: {x: [1, '}']}}\n", "b", "flags: {a: 1}\n"},
		{"flow, the only one", "flags: { a: 1 }\n", "a", "flags: {}\n"},
		{"flow, the only one with a comma", "flags: {a: 1,}\n", "a", "flags: {}\n"},
		{"flow on lines of their own", "flags: {\n  a: 1, # one\n  # two\n  b: it's,\n  c: 3,\n}\n", "b", "flags: {\n  a: 1, # one\n  c: 3,\n}\n"},
		{"JSON, the last one", "{\"flags\": {\n  \"a\": 1,\n  \"b\": \"x\"\n}}\n", "b", "{\"flags\": {\n  \"a\": 1\n}}\n"},
		{"anchors and tags in a flow", "flags: {a: &x \"},\", b: !!str 2, c: 3}\n", "a", "flags: {b: !!str 2, c: 3}\n"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			doc, err := Parse([]byte(test.text), "f.yaml")
			if err != nil {
				t.Fatal(err)
			}
			got, err := doc.Root().Without("flags", test.key)
			if err != nil {
				t.Fatal(err)
			}
			if string(got) != test.want {
				t.Errorf("got\n%q\nwant\n%q", got, test.want)
			}
		})
	}
}

func TestWithoutRefusesWhatItCannotProve(t *testing.T) {
	tests := []struct{ name, text, key, want string }{
		{"an anchor that is used elsewhere", "flags:\n  a: &x 1\n  b: *x\n", "a", "f.yaml:2:3: taking \"a\" out needs a person: its layout is unusual"},
		{"a key that is not there", "flags:\n  a: 1\n", "b", `f.yaml has no entry "b" in "flags"`},
		{"no mapping", "flags: []\n", "b", `f.yaml has no mapping "flags"`},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			doc, err := Parse([]byte(test.text), "f.yaml")
			if err != nil {
				t.Fatal(err)
			}
			if _, err := doc.Root().Without("flags", test.key); err == nil || !strings.Contains(err.Error(), test.want) {
				t.Errorf("got %v, want %s", err, test.want)
			}
		})
	}
}

// FuzzWithout takes out each entry of any mapping: it must not panic, and what it
// returns must be proven.
func FuzzWithout(f *testing.F) {
	for _, s := range seeds {
		f.Add([]byte(s))
	}
	f.Fuzz(func(_ *testing.T, data []byte) {
		doc, err := Parse(data, "f.yaml")
		if err != nil || !doc.Root().IsMapping() {
			return
		}
		i := find(doc.root, "flags")
		if i < 0 {
			return
		}
		for j := 0; j+1 < len(doc.root.Content[i+1].Content); j += 2 {
			_, _ = doc.Root().Without("flags", doc.root.Content[i+1].Content[j].Value)
		}
	})
}

func TestWithoutItemCutsAnItem(t *testing.T) {
	tests := []struct{ name, text, key, want string }{
		{"a block with its comment", "# all\n\n- key: a\n  x: 1\n\n# about b\n- key: b\n  y: |\n    # text\n\n    - key: c\n- key: c\n", "b", "# all\n\n- key: a\n  x: 1\n\n- key: c\n"},
		{"the first one", "# all\n\n- key: a\n\n- key: b\n", "a", "# all\n\n- key: b\n"},
		{"the last one", "- key: a\n\n- x: 1\n  key: b\n# end\n", "b", "- key: a\n\n# end\n"},
		{"the only one", "# all\n\n- key: a\n", "a", "# all\n\n[]\n"},
		{"indented", "  - key: a\n  - {x: 1, key: b}\n", "b", "  - key: a\n"},
		{"CRLF", "- key: a\r\n- key: b\r\n", "a", "- key: b\r\n"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			doc, err := Parse([]byte(test.text), "f.yaml")
			if err != nil {
				t.Fatal(err)
			}
			got, err := doc.Root().WithoutItem("key", test.key)
			if err != nil {
				t.Fatal(err)
			}
			if string(got) != test.want {
				t.Errorf("got\n%q\nwant\n%q", got, test.want)
			}
		})
	}
	for text, want := range map[string]string{
		"[{key: a}, {key: b}]\n":  `f.yaml:1:2: taking "a" out needs a person: its layout is unusual`,
		"-\n  key: a\n- key: b\n": `f.yaml:2:3: taking "a" out needs a person: its layout is unusual`,
		"- key: b\n":              `f.yaml has no item with key "a"`,
		"key: a\n":                `f.yaml has no item with key "a"`,
		"- key: a\n  x: &x 1\n- {key: b, x: *x}\n": `f.yaml:1:3: taking "a" out needs a person: its layout is unusual`,
	} {
		doc, err := Parse([]byte(text), "f.yaml")
		if err != nil {
			t.Fatal(err)
		}
		if got, err := doc.Root().WithoutItem("key", "a"); err == nil || err.Error() != want {
			t.Errorf("%q: got %q, %v; want %s", text, got, err, want)
		}
	}
}
