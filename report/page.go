package report

import (
	"io"
	"strings"
	"unicode/utf8"

	"github.com/flagdebt/flagdebt/analyzer"
)

// This file lays out lines: colours, columns, wrapping. It knows no flags. All
// text on its way to the reader passes through write, which makes it harmless.

const (
	indent   = 2  // of what stands below a heading
	deeper   = 4  // of what continues the line above
	gap      = 2  // between columns
	minWidth = 45 // of a last column that wraps
)

// The styles of a terminal, as the parameters of its escape sequences.
const (
	plain  = ""
	bold   = "1"
	dim    = "2"
	red    = "31"
	green  = "32"
	yellow = "33"
	cyan   = "36"
)

// styleOf returns the colour of a severity.
func styleOf(s analyzer.Severity) string {
	return [...]string{red, yellow, cyan}[rank(s)]
}

// page collects the lines of a text.
type page struct {
	opt TextOptions
	out strings.Builder
	// blanks are the spaces that are due before the next text, so that none is
	// left at the end of a line.
	blanks int
}

// cell is a piece of text in one style.
type cell struct {
	text, style string
}

// flush hands the page over to w.
func (p *page) flush(w io.Writer) error {
	_, err := io.WriteString(w, p.out.String())
	return err
}

// write puts text behind what the line holds already. Precondition: text is safe.
func (p *page) write(text, style string) {
	if text == "" {
		return
	}
	p.out.WriteString(strings.Repeat(" ", p.blanks))
	p.blanks = 0
	if p.opt.Color && style != plain {
		text = "\x1b[" + style + "m" + text + "\x1b[0m"
	}
	p.out.WriteString(text)
}

// line ends the line.
func (p *page) line() {
	p.out.WriteByte('\n')
	p.blanks = 0
}

// heading writes a title and, behind it, what is known of it.
func (p *page) heading(title string, parts []string) {
	title = safe(title)
	p.write(title, bold)
	p.blanks = gap
	p.hang(safe(strings.Join(parts, ", ")), utf8.RuneCountInString(title)+gap, deeper, dim)
}

// paragraph writes a text of its own, indented.
func (p *page) paragraph(indent int, text string) {
	p.blanks = indent
	p.hang(safe(text), indent, indent, dim)
}

// sentence writes a text of its own.
func (p *page) sentence(text string) {
	p.hang(safe(text), 0, 0, plain)
}

// next writes the command to type next. It is never wrapped: one copies it.
func (p *page) next(command string) {
	if command == "" {
		return
	}
	p.write("Next: ", dim)
	p.write(safe(command), bold)
	p.line()
}

// hang writes text, whose first line begins at column at, and whose further
// lines begin at column indent.
func (p *page) hang(text string, at, indent int, style string) {
	first, rest := 0, 0
	if p.opt.Width > 0 {
		first, rest = max(p.opt.Width-at, 1), max(p.opt.Width-indent, 1)
	}
	for i, l := range wrap(text, first, rest) {
		if i > 0 {
			p.line()
			p.blanks = indent
		}
		p.write(l, style)
	}
	p.line()
}

// table writes rows in columns, below their titles if there are any. The last
// column wraps; where too little is left of the page for that it moves below its
// row, and loses its title. Precondition: rows are equally long.
func (p *page) table(indent int, titles []string, rows [][]cell) {
	if len(rows) == 0 {
		return
	}
	last := len(rows[0]) - 1
	widths := columns(titles, rows)
	at := indent
	for _, w := range widths[:last] {
		at += w + gap
	}
	below := p.opt.Width > 0 && at+widths[last] > p.opt.Width && p.opt.Width-at < minWidth
	if titles != nil {
		row := make([]cell, len(titles))
		for i, t := range titles {
			row[i] = cell{t, dim}
		}
		if below {
			row[last].text = ""
		}
		rows = append([][]cell{row}, rows...)
	}
	for _, row := range rows {
		p.blanks = indent
		for i, c := range row[:last] {
			text := safe(c.text)
			p.write(text, c.style)
			p.blanks += widths[i] - utf8.RuneCountInString(text) + gap
		}
		tail, col := safe(row[last].text), at
		if below && tail != "" {
			p.line()
			col = indent + deeper
			p.blanks = col
		}
		p.hang(tail, col, col, row[last].style)
	}
}

// columns returns the width of each column.
func columns(titles []string, rows [][]cell) []int {
	widths := make([]int, len(rows[0]))
	for i, t := range titles {
		widths[i] = utf8.RuneCountInString(t)
	}
	for _, row := range rows {
		for i, c := range row {
			widths[i] = max(widths[i], utf8.RuneCountInString(safe(c.text)))
		}
	}
	return widths
}

// wrap cuts text at blanks into lines: the first of at most first runes, the
// others of at most rest; 0 is no limit. A word that is longer than a line stands
// alone; one that only the first line has no room for goes to the second.
func wrap(text string, first, rest int) []string {
	if first == 0 || utf8.RuneCountInString(text) <= first {
		return []string{text}
	}
	lines := []string{""}
	room := first
	for _, word := range strings.Split(text, " ") {
		width := utf8.RuneCountInString(word)
		cur := &lines[len(lines)-1]
		used := utf8.RuneCountInString(*cur)
		switch {
		case *cur == "" && (width <= room || room >= rest):
			*cur = word
		case *cur != "" && used+1+width <= room:
			*cur += " " + word
		default:
			lines = append(lines, word)
			room = rest
		}
	}
	return lines
}
