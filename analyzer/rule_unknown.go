package analyzer

import (
	"strings"

	"github.com/flagdebt/flagdebt/registry"
)

// unknown: code asks for a flag that a complete registry does not have.
var unknown = rule{word: "unknown", severity: SeverityError, judge: func(c Case) []Finding {
	var out []Finding
	for i := range c.Sites {
		s := &c.Sites[i]
		if s.Test || s.KeyKind != KeyConstant || s.Role == RoleDeclare || !c.Registry.Complete() && !c.Registry.Covers(s.Provider) {
			continue
		}
		if _, ok := c.Registry.Lookup(s.Flag); ok {
			continue
		}
		f := about(s, "flag %q is in no registry", s.Flag.Key)
		f.Next = "Correct the key, or register the flag."
		if hint := nearest(s.Flag.Key, likely(s.Flag.Key, c.Registry)); hint != "" {
			f.Next = "D" + strings.TrimPrefix(hint, ": d") + " " + f.Next
		}
		out = append(out, f)
	}
	return out
}}

// likely returns the keys of a registry that differ from a key in one short place:
// keys of one house begin alike.
func likely(key string, r *registry.Registry) []string {
	var keys []string
	for _, f := range r.Flags() {
		a, b := key, f.ID.Key
		for a != "" && b != "" && a[0] == b[0] {
			a, b = a[1:], b[1:]
		}
		for a != "" && b != "" && a[len(a)-1] == b[len(b)-1] {
			a, b = a[:len(a)-1], b[:len(b)-1]
		}
		if max(len(a), len(b)) <= max(2, len(key)/4) {
			keys = append(keys, f.ID.Key)
		}
	}
	return keys
}
