package document

import (
	"fmt"
	"slices"
	"strings"
)

// Fields is what may stand in a mapping: each key, and what takes its value.
type Fields map[string]func(Node)

// Keys returns the known keys, sorted.
func (f Fields) Keys() []string {
	keys := make([]string, 0, len(f))
	for k := range f {
		keys = append(keys, k)
	}
	slices.Sort(keys)
	return keys
}

// Fields hands each value of a mapping to the function that takes it, and reports
// whether all went well: checks of what is missing are best left to a mapping
// without mistakes. A key that is not in fields is a mistake.
func (n Node) Fields(fields Fields) bool {
	before := len(n.doc.errs)
	n.Entries(func(key string, at, value Node) {
		if take, ok := fields[key]; ok {
			take(value)
			return
		}
		at.Errorf("unknown key %q%s", key, Hint(key, fields.Keys()))
	})
	return len(n.doc.errs) == before
}

// Text takes a text.
func Text(dst *string) func(Node) {
	return func(n Node) {
		if s, ok := n.Text(); ok {
			*dst = s
		}
	}
}

// Texts takes a list of texts, or one text.
func Texts(dst *[]string) func(Node) {
	return func(n Node) {
		*dst = []string{}
		n.Items(func(n Node) {
			if s, ok := n.Text(); ok {
				*dst = append(*dst, s)
			}
		})
	}
}

// Bool takes true or false.
func Bool(dst *bool) func(Node) {
	return func(n Node) {
		if b, ok := n.Bool(); ok {
			*dst = b
		}
	}
}

// Int takes a whole number from 0.
func Int(dst *int) func(Node) {
	return func(n Node) {
		if i, ok := n.Int(); ok {
			*dst = i
		}
	}
}

// Word takes one of a few words.
func Word[T ~string](dst *T, words ...T) func(Node) {
	return func(n Node) {
		s, ok := n.Text()
		if !ok {
			return
		}
		if slices.Contains(words, T(s)) {
			*dst = T(s)
			return
		}
		known := make([]string, len(words))
		for i, w := range words {
			known[i] = string(w)
		}
		n.Errorf("unknown word %q%s", s, Hint(s, known))
	}
}

// Hint says which of the known words may have been meant, or lists them all; it
// is the end of a message that has named the unknown word.
func Hint(word string, known []string) string {
	best, distance := "", max(2, (len(word)+1)/3+1)
	for _, k := range known {
		if d := editDistance(strings.ToLower(word), strings.ToLower(k)); d < distance {
			best, distance = k, d
		}
	}
	if best != "" {
		return fmt.Sprintf(": did you mean %q?", best)
	}
	return fmt.Sprintf(" (known: %s)", strings.Join(known, ", "))
}

// editDistance returns the number of bytes to insert, delete or replace that
// lead from a to b.
func editDistance(a, b string) int {
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := range len(a) {
		diagonal := row[0]
		row[0] = i + 1
		for j := range len(b) {
			cost := 1
			if a[i] == b[j] {
				cost = 0
			}
			diagonal, row[j+1] = row[j+1], min(diagonal+cost, row[j]+1, row[j+1]+1)
		}
	}
	return row[len(b)]
}

// Version takes the version of the file's form, of which there is one: 1.
func Version(dst *int) func(Node) {
	return func(n Node) {
		v, ok := n.Int()
		if ok && v != 1 {
			n.Errorf("unknown version %d (known: 1): a newer flagdebt may read it", v)
		}
		*dst = 1 // so that a bad version is told once
	}
}
