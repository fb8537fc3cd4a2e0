package analyzer

// dynamic: the key of the flag is not known.
var dynamic = rule{word: "dynamic", severity: SeverityNote, judge: func(c Case) []Finding {
	var out []Finding
	for i := range c.Sites {
		s := &c.Sites[i]
		switch {
		case s.Test || s.KeyKind != KeyDynamic:
		case s.Role == RoleBulk:
			f := about(s, "many flags of %s are read at once here: none of them can be called unused", s.Provider)
			f.Fact = "many of " + s.Provider
			out = append(out, f)
		case s.Role == RoleRead:
			f := about(s, "the key of this flag of %s is computed: none of its flags can be called unused", s.Provider)
			f.Fact = "one of " + s.Provider
			out = append(out, f)
		}
	}
	return out
}}
