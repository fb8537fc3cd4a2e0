package report

import (
	"fmt"
	"io"
	"slices"

	"github.com/flagdebt/flagdebt/analyzer"
)

// List writes every Site of in for people, one a line, by flag and place.
// Columns that would be empty throughout are left out.
func List(w io.Writer, in Input, opt TextOptions) error {
	p := page{opt: opt}
	sites := in.sites()
	if len(sites) > 0 {
		titles, rows := withoutEmpty(columnTitles, siteRows(sites, opt.Base))
		p.table(0, titles, rows)
		p.line()
	}
	if len(in.Mentions) > 0 {
		p.heading("named elsewhere", nil)
		p.table(indent, nil, mentionRows(in.Mentions, opt.Base))
		p.line()
	}
	if problems := in.problems(); len(problems) > 0 {
		p.heading("not judged", nil)
		p.table(indent, nil, problemRows(problems, opt.Base))
		p.line()
	}
	p.sentence(listSummary(in))
	p.next(in.Next)
	return p.flush(w)
}

// columnTitles names the cells of a row of siteRows.
var columnTitles = []string{"FLAG", "PLACE", "ROLE", "PROVIDER", "DEFAULT", "VIA"}

// siteRows returns a row for each Site.
func siteRows(sites []analyzer.Site, base string) [][]cell {
	var rows [][]cell
	for _, s := range sites {
		def := ""
		if !s.Default.IsZero() {
			def = s.Default.String()
		}
		role := string(s.Role)
		if s.Test {
			role += " (test)"
		}
		rows = append(rows, []cell{
			flagCell(s),
			{text: place(s.Pos, base)},
			{text: role},
			{text: s.Provider},
			{text: def},
			{text: chain(s.Via)},
		})
	}
	return rows
}

// mentionRows returns a row for each Mention.
func mentionRows(mentions []analyzer.Mention, base string) [][]cell {
	var rows [][]cell
	for _, m := range mentions {
		rows = append(rows, []cell{{shortID(m.Flag), bold}, {text: place(m.Pos, base)}})
	}
	return rows
}

// flagCell returns the key of s, or in brackets why there is none.
func flagCell(s analyzer.Site) cell {
	switch {
	case s.Flag.Key != "":
		return cell{shortID(s.Flag), bold}
	case s.Role == analyzer.RoleBulk:
		return cell{"(many)", dim}
	default:
		return cell{fmt.Sprintf("(%s)", s.KeyKind), dim}
	}
}

// withoutEmpty returns titles and rows without the columns that are empty throughout.
func withoutEmpty(titles []string, rows [][]cell) ([]string, [][]cell) {
	var keptTitles []string
	kept := make([][]cell, len(rows))
	for col, title := range titles {
		if !slices.ContainsFunc(rows, func(row []cell) bool { return row[col].text != "" }) {
			continue
		}
		keptTitles = append(keptTitles, title)
		for i, row := range rows {
			kept[i] = append(kept[i], row[col])
		}
	}
	return keptTitles, kept
}

// listSummary words how much a list holds.
func listSummary(in Input) string {
	keys := map[string]bool{}
	for _, s := range in.Sites {
		if s.Flag.Key != "" {
			keys[shortID(s.Flag)] = true
		}
	}
	words := "No sites"
	if len(in.Sites) > 0 {
		words = count(len(in.Sites), "site") + " of " + count(len(keys), "flag")
	}
	if n := len(in.problems()); n > 0 {
		words += " and " + count(n, "problem")
	}
	return words + " in " + count(in.Packages, "package") + "."
}
