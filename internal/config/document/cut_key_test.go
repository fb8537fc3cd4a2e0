package document

import "testing"

func TestWithoutKeyCutsWhereverItStands(t *testing.T) {
	tests := []struct {
		name, text, want string
		count            int
	}{
		{"nested, with its comment", "data:\n  # about x\n  x: \"true\"\n  y: 1\nother:\n  deep:\n    x: 2\n    z: 3\n", "data:\n  y: 1\nother:\n  deep:\n    z: 3\n", 2},
		{"JSON with tabs", "{\n\t\"va\": {\n\t\t\"features\": {\n\t\t\t\"a\": true,\n\t\t\t\"x\": true\n\t\t},\n\t\t\"n\": 1\n\t}\n}\n", "{\n\t\"va\": {\n\t\t\"features\": {\n\t\t\t\"a\": true\n\t\t},\n\t\t\"n\": 1\n\t}\n}\n", 1},
		{"JSON with tabs, the first", "{\n\t\"features\": {\n\t\t\"x\": true,\n\t\t\"a\": true\n\t}\n}\n", "{\n\t\"features\": {\n\t\t\"a\": true\n\t}\n}\n", 1},
		{"JSON, the only one", "{\n  \"features\": {\n    \"x\": true\n  },\n  \"n\": 1\n}\n", "{\n  \"features\": {\n  },\n  \"n\": 1\n}\n", 1},
		{"items of a list", "gates:\n  - name: a\n    stage: beta\n  # about x\n  - name: x\n    stage: beta\n  - id: b\n", "gates:\n  - name: a\n    stage: beta\n  - id: b\n", 1},
		{"a list in a list", "all:\n- gates:\n  - key: x\n  - key: y\n- y: 1\n  x: 2\n", "all:\n- gates:\n  - key: y\n- y: 1\n", 2},
		{"nothing", "a: x\nb: [x]\n", "a: x\nb: [x]\n", 0},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			doc, err := Parse([]byte(test.text), "f.yaml")
			if err != nil {
				t.Fatal(err)
			}
			got, count, err := doc.Root().WithoutKey("x")
			if err != nil || string(got) != test.want || count != test.count {
				t.Errorf("got %d, %v:\n%s\nwant %d:\n%s", count, err, got, test.count, test.want)
			}
		})
	}
}
