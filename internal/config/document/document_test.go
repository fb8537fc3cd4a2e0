package document

import (
	"bytes"
	"strings"
	"testing"

	"go.yaml.in/yaml/v4"
)

// read parses text and hands its mapping to fields; it returns all mistakes.
func read(t *testing.T, text string, fields Fields) string {
	t.Helper()
	doc, err := Parse([]byte(text), "f.yaml")
	if err == nil {
		doc.Root().Fields(fields)
		err = doc.Err()
	}
	if err == nil {
		return ""
	}
	return err.Error()
}

func TestMistakesAreAllTold(t *testing.T) {
	var s string
	var b bool
	var i int
	var word string
	fields := Fields{
		"name": Text(&s), "on": Bool(&b), "count": Int(&i),
		"verify": Word(&word, "types", "vet", "test"), "version": Version(new(int)),
	}
	tests := []struct{ name, text, want string }{
		{"unknown keys suggest the one meant, and the order is that of the text",
			"nam: x\non: maybe\nzzzzz: 1\ncount: -1\n",
			`f.yaml:1:1: unknown key "nam": did you mean "name"?
f.yaml:2:5: want true or false, found "maybe"
f.yaml:3:1: unknown key "zzzzz" (known: count, name, on, verify, version)
f.yaml:4:8: want a whole number from 0, found "-1"`},
		{"keys that stand twice", "name: a\n\"name\": b\n", `f.yaml:2:1: key "name" stands twice: here and on line 1`},
		{"YAML 1.2 knows no yes", "on: yes", `f.yaml:1:5: want true or false, found "yes"`},
		{"words", "verify: tests", `f.yaml:1:9: unknown word "tests": did you mean "test"?`},
		{"a mapping where a text is wanted", "name: {a: 1}", `f.yaml:1:7: want a text, found a mapping`},
		{"a list where a text is wanted", "name: [a]", `f.yaml:1:7: want a text, found a list`},
		{"nothing where a text is wanted", "name:\non: true", `f.yaml:1:6: want a text, found nothing`},
		{"a list where a mapping is wanted", "- a", `f.yaml:1:1: want a mapping (key: value), found a list`},
		{"merge keys", "<<: {name: a}", `f.yaml:1:1: merge keys (<<) are not supported: write the fields out`},
		{"keys that are no text", "[a]: b", `f.yaml:1:1: want a text as the key, found a list`},
		{"empty keys", `"": b`, `f.yaml:1:1: empty key`},
		{"foreign tags", "name: !env HOME", `f.yaml:1:7: unknown tag !env`},
		{"versions to come", "version: 2", `f.yaml:1:10: unknown version 2 (known: 1): a newer flagdebt may read it`},
		{"an empty file", "", `f.yaml:1:1: the file is empty: begin it with "version: 1"`},
		{"a file of comments", "# nothing\n---\n", `f.yaml:1:1: the file is empty: begin it with "version: 1"`},
		{"two documents", "name: a\n---\nname: b\n", `f.yaml:2:1: a second document: one file holds one document`},
		{"bad YAML", "name: [a\non: true\n", `f.yaml:2:3: did not find expected ',' or ']' while parsing a flow sequence that begins on line 1`},
		{"bytes that are no text", "name: \xff", `f.yaml:1:7: the file is not UTF-8`},
		{"columns count bytes", "{name: äö, x: 1}", `f.yaml:1:14: unknown key "x" (known: count, name, on, verify, version)`},
		{"CRLF lines", "name: a\r\n# c\r\n\r\nxxx: 1\r\n", `f.yaml:4:1: unknown key "xxx" (known: count, name, on, verify, version)`},
		{"a byte order mark is no column", "\ufeffxxx: 1", `f.yaml:1:1: unknown key "xxx" (known: count, name, on, verify, version)`},
		{"aliases are followed, and mistakes told where they stand", "name: &a x\non: *a", `f.yaml:2:5: want true or false, found "x"`},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			if got := read(t, test.text, fields); got != test.want {
				t.Errorf("got\n%s\nwant\n%s", got, test.want)
			}
		})
	}
}

func TestTextsAreExact(t *testing.T) {
	for in, want := range map[string]string{
		"yes": "yes", `"1"`: "1", "010": "010", "1.40": "1.40", "2026-01-10": "2026-01-10", "'it''s'": "it's",
		"TRUE": "TRUE", `"a\tb"`: "a\tb", "0x1F": "0x1F", "|\n  two\n  lines": "two\nlines", `""`: "",
	} {
		var got string
		if mistakes := read(t, "name: "+in, Fields{"name": Text(&got)}); mistakes != "" || got != want {
			t.Errorf("%s: got %q, want %q; %s", in, got, want, mistakes)
		}
	}
}

func TestOneValueIsAListOfOne(t *testing.T) {
	for in, want := range map[string]string{"a": "a", "[]": "", "[a, b]": "a b", "\n- a\n- 1": "a 1"} {
		var got []string
		if mistakes := read(t, "names: "+in, Fields{"names": Texts(&got)}); mistakes != "" || strings.Join(got, " ") != want {
			t.Errorf("%s: got %q; %s", in, got, mistakes)
		}
	}
}

func TestFindWalksForeignFiles(t *testing.T) {
	doc, err := Parse([]byte("{\n\t\"sets\": {\"beta\": {\"version\": \"v0.130.0\"}}}"), "versions.json")
	if err != nil {
		t.Fatal(err)
	}
	if text, missing := doc.Root().Find("sets", "beta", "version"); text != "v0.130.0" || missing != "" {
		t.Errorf("got %q, missing %q", text, missing)
	}
	if _, missing := doc.Root().Find("sets", "gamma", "version"); missing != "sets.gamma" {
		t.Errorf("missing %q", missing)
	}
}

// FuzzPositions holds the positions to the text: where a quoted or plain scalar
// is said to begin, it begins.
func FuzzPositions(f *testing.F) {
	for _, s := range seeds {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		doc, err := Parse(data, "f.yaml")
		if err != nil || bytes.IndexByte(data, '!') >= 0 || bytes.LastIndex(data, []byte(byteOrderMark)) > 0 {
			return // a tag may stand before the text; a second mark confuses the library
		}
		var walk func(n *yaml.Node)
		walk = func(n *yaml.Node) {
			i := doc.text.offset(n.Line, n.Column)
			doc.position(i)
			if n.Kind == yaml.ScalarNode && n.Style == 0 && n.Anchor == "" && n.Value != "" && !strings.ContainsAny(n.Value, " \n") {
				if !strings.HasPrefix(string(data[i:]), n.Value) {
					t.Errorf("%q is not at offset %d of %q", n.Value, i, data)
				}
			}
			for _, c := range n.Content {
				walk(c)
			}
		}
		walk(doc.root)
	})
}

// seeds are texts with something odd in each.
var seeds = []string{
	"version: 1\nflags:\n  # owned\n  a: {owner: \"@x\"} # why\n\n  b:\n    owner: y\n    # more\n  c: 1\n",
	"version: 1\r\nflags:\r\n  a: {owner: x}\r\n  # c\r\n  b:\r\n    owner: y\r\n",
	"flags: {a: {owner: \"}\"}, 'b': [1, 2], \"c\": it's }\n",
	"flags:\n  \"zahl-ü\": {owner: \"größe\"}\n  ключ: 1\n",
	"\ufeffflags: {a: 1}\n", "flags:\n  a: |\n    text\n\n  b: >-\n    x\n  c: 'q\n    r'\n",
	"flags:\n  a: {\n    owner: x\n  }\n  b: 2", "flags:\n  a: &x {p: 1}\n  b: *x\n", "flags:\n- a\n? b\n: c\n",
	"flags: {\n  a: 1, # one\n  # two\n  b: 2\n}\n", "a: [b", "a:\u0085b: c", "a:\tb # c\n", "", "---\nflags: {a: 1}\n...\n",
}
