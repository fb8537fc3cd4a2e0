package analyzer

import (
	"slices"
	"strings"

	"github.com/flagdebt/flagdebt/registry"
)

// defaults: places that ask for one flag pass different defaults.
var defaults = rule{word: "defaults", severity: SeverityWarning, judge: func(c Case) []Finding {
	passed := map[registry.ID][]string{} // the defaults of each flag, sorted
	for i := range c.Sites {
		s := &c.Sites[i]
		if !passesDefault(s) {
			continue
		}
		if d := s.Default.String(); !slices.Contains(passed[s.Flag], d) {
			passed[s.Flag] = append(passed[s.Flag], d)
		}
	}
	var out []Finding
	for i := range c.Sites {
		s := &c.Sites[i]
		if !passesDefault(s) || len(passed[s.Flag]) < 2 {
			continue
		}
		others := slices.DeleteFunc(slices.Clone(passed[s.Flag]), func(d string) bool { return d == s.Default.String() })
		slices.Sort(others)
		f := about(s, "flag %q defaults to %s here, to %s elsewhere", s.Flag.Key, s.Default, strings.Join(others, " and "))
		f.Fact = s.Default.String()
		out = append(out, f)
	}
	return out
}}

func passesDefault(s *Site) bool {
	return !s.Test && s.Role == RoleRead && s.KeyKind == KeyConstant && !s.Default.IsZero()
}
