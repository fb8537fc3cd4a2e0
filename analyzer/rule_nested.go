package analyzer

import (
	"fmt"
	"slices"
	"strings"

	"github.com/flagdebt/flagdebt/registry"
)

// nested: whether code asks for a flag depends on another flag, or on the very same.
var nested = rule{word: "nested", severity: SeverityWarning, judge: func(c Case) []Finding {
	var out []Finding
	for i := range c.Sites {
		s := &c.Sites[i]
		if s.Test || s.Role != RoleRead || s.KeyKind != KeyConstant {
			continue
		}
		switch isAround := slices.Contains(s.Around, registry.ID{Key: s.Flag.Key}); {
		case s.Again:
			out = append(out, again(s))
		case len(s.Nested) > 0:
			out = append(out, depends(s, s.Nested))
		case isAround:
			out = append(out, whole(again(s)))
		case len(s.Around) > 0:
			out = append(out, whole(depends(s, s.Around)))
		}
	}
	return out
}}

// again finds that a flag is asked again.
func again(s *Site) Finding {
	f := about(s, "flag %q is asked again where its answer decides already", s.Flag.Key)
	f.Severity, f.Fact = SeverityNote, "again"
	f.Next = "Use the first answer: between two questions it may change."
	return f
}

// depends finds that a flag is only asked where others decide so.
func depends(s *Site, on []registry.ID) Finding {
	var outer []string
	for _, id := range on {
		outer = append(outer, fmt.Sprintf("%q", id.Key))
	}
	f := about(s, "flag %q is asked only where %s decides so", s.Flag.Key, strings.Join(outer, ", "))
	f.Fact = strings.Join(outer, ", ")
	return f
}

// whole says that only who sees the whole program can tell a finding.
func whole(f Finding) Finding {
	f.Scope = ScopeProgram
	return f
}
