package analyzer

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
		out = append(out, f)
	}
	return out
}}
