package analyzer

import (
	"fmt"
	"strings"
)

// nested: whether code asks for a flag depends on another flag, or on the very same.
var nested = rule{word: "nested", severity: SeverityWarning, judge: func(c Case) []Finding {
	var out []Finding
	for i := range c.Sites {
		s := &c.Sites[i]
		if s.Test || s.Role != RoleRead || s.KeyKind != KeyConstant || len(s.Nested) == 0 && !s.Again {
			continue
		}
		if s.Again {
			f := about(s, "flag %q is asked again where its answer decides already", s.Flag.Key)
			f.Severity, f.Fact = SeverityNote, "again"
			f.Next = "Use the first answer: between two questions it may change."
			out = append(out, f)
			continue
		}
		var outer []string
		for _, id := range s.Nested {
			outer = append(outer, fmt.Sprintf("%q", id.Key))
		}
		f := about(s, "flag %q is asked only where %s decides so", s.Flag.Key, strings.Join(outer, ", "))
		f.Fact = strings.Join(outer, ", ")
		out = append(out, f)
	}
	return out
}}
