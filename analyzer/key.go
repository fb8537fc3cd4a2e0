package analyzer

import (
	"strings"
	"unicode"

	"github.com/flagdebt/flagdebt/internal/config"
)

// rename returns the flag's key for a key as code writes it; false where that
// is no flag.
func (r *row) rename(key string) (string, bool) {
	if r.key.Pattern != nil {
		m := r.key.Pattern.FindStringSubmatch(key)
		if m == nil {
			return "", false
		}
		if i := r.key.Pattern.SubexpIndex("key"); i > 0 {
			key = m[i]
		}
	}
	if to, ok := r.key.Rename[key]; ok {
		return to, true
	}
	return inCase(strings.TrimPrefix(key, r.key.Prefix), r.key.Case), true
}

// tagged returns the flag's key for what a struct tag says; false where that is no
// flag. What stands behind a comma are options.
func (r *row) tagged(value string) (string, bool) {
	key, _, _ := strings.Cut(value, ",")
	if key == "" || key == "-" {
		return "", false
	}
	return r.rename(key)
}

// inCase writes the words of a name in another case.
func inCase(name string, c config.Case) string {
	if c == "" {
		return name
	}
	ws := words(name)
	for i, w := range ws {
		switch {
		case c == config.CaseUpper:
			ws[i] = strings.ToUpper(w)
		case c != config.CaseCamel || i == 0:
			ws[i] = strings.ToLower(w)
		default:
			ws[i] = strings.ToUpper(w[:1]) + w[1:]
		}
	}
	return strings.Join(ws, map[config.Case]string{config.CaseKebab: "-", config.CaseSnake: "_", config.CaseUpper: "_"}[c])
}

// words splits a name where a word begins: at an upper-case letter that follows a
// lower-case one or a digit, or that stands before a lower-case one (API|Fields),
// and at what is neither letter nor digit.
func words(name string) []string {
	var out []string
	rs := []rune(name)
	start := 0
	cut := func(end int) {
		if end > start {
			out = append(out, string(rs[start:end]))
		}
		start = end
	}
	for i, r := range rs {
		switch {
		case !unicode.IsLetter(r) && !unicode.IsDigit(r):
			cut(i)
			start = i + 1
		case i > 0 && unicode.IsUpper(r) && (!unicode.IsUpper(rs[i-1]) || i+1 < len(rs) && unicode.IsLower(rs[i+1])):
			cut(i)
		}
	}
	cut(len(rs))
	return out
}
