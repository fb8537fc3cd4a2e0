package analyzer

// conflict: two registries disagree about a flag.
var conflict = rule{word: "conflict", severity: SeverityError, judge: func(c Case) []Finding {
	var out []Finding
	for _, k := range c.Registry.Conflicts() {
		out = append(out, Finding{
			Flag: k.Flag, Pos: k.Pos, End: k.Pos, Message: k.Message, Fact: k.Field,
			Next: "Make the two agree; until then the flag is not settled.",
		})
	}
	return out
}}
