package config

import (
	"cmp"
	"errors"
	"fmt"
	"maps"
	"slices"

	"github.com/flagdebt/flagdebt/internal/config/document"
)

// CheckRules tells every rule word of the configuration that is not known.
func (c *Config) CheckRules(known []string) error {
	var all []error
	check := func(rules map[string]Rule) {
		words := slices.SortedFunc(maps.Keys(rules), func(a, b string) int {
			p, q := rules[a].Pos, rules[b].Pos
			return cmp.Or(p.Line-q.Line, p.Column-q.Column)
		})
		for _, word := range words {
			if !slices.Contains(known, word) {
				all = append(all, &document.Error{Pos: rules[word].Pos, Message: fmt.Sprintf("unknown rule %q%s", word, document.Hint(word, known))})
			}
		}
	}
	check(c.Rules)
	for _, o := range c.Overrides {
		check(o.Rules)
	}
	return errors.Join(all...)
}

// Rule returns what the user wants of a rule in a file, named relative to the
// repository's root. Of several overrides that fit, the last one wins, for each
// part by itself.
func (c *Config) Rule(word, file string) Rule {
	rule := c.Rules[word]
	for _, o := range c.Overrides {
		if r, ok := o.Rules[word]; ok && matchAny(o.Paths, file) {
			rule = rule.with(r)
		}
	}
	return rule
}

// with returns the rule changed by what other says.
func (r Rule) with(other Rule) Rule {
	if other.Severity != "" {
		r.Severity = other.Severity
	}
	if other.WarnBefore != nil {
		r.WarnBefore = other.WarnBefore
	}
	r.Pos = other.Pos
	return r
}
