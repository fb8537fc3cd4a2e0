package report

import (
	"bytes"
	"encoding/json"
	"io"
	"regexp"
	"slices"
	"strconv"

	"github.com/flagdebt/flagdebt/analyzer"
	"github.com/flagdebt/flagdebt/registry"
)

// version is the version of the wire forms. Within a version fields are added,
// never renamed, never removed.
const version = 1

// wireReport is what JSON writes.
type wireReport struct {
	Version  int           `json:"version"`
	Today    string        `json:"today"`
	Findings []wireFinding `json:"findings"`
	Problems []wireProblem `json:"problems"`
	Totals   totals        `json:"totals"`
}

// wireFinding is a finding, with what the registry knows of its flag.
type wireFinding struct {
	Rule      string    `json:"rule"`
	Severity  string    `json:"severity"`
	Flag      string    `json:"flag"`
	Source    string    `json:"source,omitempty"`
	Project   string    `json:"project,omitempty"`
	File      string    `json:"file"`
	Line      int       `json:"line"`
	Column    int       `json:"column"`
	EndLine   int       `json:"endLine,omitempty"`
	EndColumn int       `json:"endColumn,omitempty"`
	Message   string    `json:"message"`
	Next      string    `json:"next,omitempty"`
	Owner     string    `json:"owner,omitempty"`
	Expires   string    `json:"expires,omitempty"`
	Winner    string    `json:"winner,omitempty"`
	Settled   string    `json:"settled,omitempty"`
	Site      *wireSite `json:"site,omitempty"`
	Scope     string    `json:"scope,omitempty"` // where only who sees the whole program can tell it of a local Site
}

// wireProblem is what could not be judged.
type wireProblem struct {
	Package string `json:"package,omitempty"`
	File    string `json:"file,omitempty"`
	Line    int    `json:"line,omitempty"`
	Column  int    `json:"column,omitempty"`
	Message string `json:"message"`
}

// wireList is what ListJSON writes. Mentions are places outside of typed Go code
// that name a flag.
type wireList struct {
	Version  int           `json:"version"`
	Sites    []wireSite    `json:"sites"`
	Mentions []wireMention `json:"mentions"`
}

// wireMention is a place that names a flag and does not ask for it.
type wireMention struct {
	Flag      string `json:"flag"`
	File      string `json:"file"`
	Line      int    `json:"line"`
	Column    int    `json:"column"`
	Text      string `json:"text,omitempty"`
	Generated bool   `json:"generated,omitempty"`
}

// wireSite is a Site.
type wireSite struct {
	Flag     string          `json:"flag"`
	File     string          `json:"file"`
	Line     int             `json:"line"`
	Column   int             `json:"column"`
	Provider string          `json:"provider"`
	Role     string          `json:"role"`
	Key      string          `json:"key"`
	Scope    string          `json:"scope"`
	Test     bool            `json:"test"`
	Via      []string        `json:"via"`
	Default  json.RawMessage `json:"default"`
}

// JSON writes the findings for programs, by place.
func JSON(w io.Writer, in Input) error {
	r := wireReport{
		Version:  version,
		Today:    in.Today.String(),
		Findings: []wireFinding{},
		Problems: []wireProblem{},
		Totals:   in.totals(in.groups()),
	}
	findings := in.findings()
	slices.SortStableFunc(findings, byPlace)
	for _, f := range findings {
		r.Findings = append(r.Findings, in.wireFinding(f))
	}
	for _, p := range in.problems() {
		r.Problems = append(r.Problems, wireProblem{p.Package, p.Pos.File, p.Pos.Line, p.Pos.Column, p.Message})
	}
	return writeJSON(w, r)
}

// ListJSON writes every Site for programs, by place.
func ListJSON(w io.Writer, in Input) error {
	l := wireList{Version: version, Sites: []wireSite{}, Mentions: []wireMention{}}
	sites := in.sites()
	slices.SortStableFunc(sites, func(a, b analyzer.Site) int { return comparePositions(a.Pos, b.Pos) })
	for _, s := range sites {
		l.Sites = append(l.Sites, newWireSite(s))
	}
	for _, m := range in.Mentions {
		l.Mentions = append(l.Mentions, wireMention{Flag: shortID(m.Flag), File: m.Pos.File, Line: m.Pos.Line, Column: m.Pos.Column})
	}
	return writeJSON(w, l)
}

// wireFinding returns the wire form of f.
func (in Input) wireFinding(f analyzer.Finding) wireFinding {
	w := wireFinding{
		Rule: f.Rule, Severity: string(f.Severity),
		Flag: shortID(f.Flag), Source: f.Flag.Source, Project: f.Flag.Project,
		File: f.Pos.File, Line: f.Pos.Line, Column: f.Pos.Column,
		EndLine: f.End.Line, EndColumn: f.End.Column,
		Message: f.Message, Next: f.Next,
	}
	if flag, ok := in.lookup(f.Flag); ok {
		w.Source, w.Project = flag.ID.Source, flag.ID.Project
		w.Owner, w.Expires = flag.Owner, flag.Expires.String()
		if !flag.Winner.IsZero() {
			w.Winner, w.Settled = flag.Winner.String(), flag.Settled
		}
	}
	if f.Site != nil {
		s := newWireSite(*f.Site)
		w.Site = &s
		if f.Scope != f.Site.Scope {
			w.Scope = string(f.Scope)
		}
	}
	return w
}

// newWireSite returns the wire form of s.
func newWireSite(s analyzer.Site) wireSite {
	return wireSite{
		Flag: shortID(s.Flag), File: s.Pos.File, Line: s.Pos.Line, Column: s.Pos.Column,
		Provider: s.Provider, Role: string(s.Role), Key: string(s.KeyKind), Scope: string(s.Scope),
		Test: s.Test, Via: append([]string{}, s.Via...), Default: literal(s.Default),
	}
}

// number matches what JSON takes for a number.
var number = regexp.MustCompile(`^-?(0|[1-9][0-9]*)(\.[0-9]+)?([eE][-+]?[0-9]+)?$`)

// literal returns v as JSON: a boolean or a number where its text is one that
// JSON can hold, else a string; null where v is unknown.
func literal(v registry.Value) json.RawMessage {
	text := v.Text()
	switch {
	case v.IsZero():
		return json.RawMessage("null")
	case text == "true" || text == "false":
		return json.RawMessage(text)
	case number.MatchString(text):
		if _, err := strconv.ParseFloat(text, 64); err == nil {
			return json.RawMessage(text)
		}
	}
	quoted, err := json.Marshal(text)
	if err != nil { // no string does that
		return json.RawMessage("null")
	}
	return quoted
}

// writeJSON writes v, indented, with nothing in it that a terminal would obey.
func writeJSON(w io.Writer, v any) error {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	if err := e.Encode(v); err != nil {
		return err
	}
	_, err := w.Write(safeJSON(b.Bytes()))
	return err
}
