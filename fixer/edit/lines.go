package edit

import (
	"bytes"
)

// Lines answers questions about the lines of a text.
type Lines struct {
	data     []byte
	comments []span
}

// NewLines returns the lines of a text whose comments have these spans.
func NewLines(data []byte, comments [][2]int) *Lines {
	l := &Lines{data: data}
	for _, c := range comments {
		l.comments = append(l.comments, span{c[0], c[1]})
	}
	return l
}

// Start returns the offset of the line that pos lies in.
func (l *Lines) Start(pos int) int { return bytes.LastIndexByte(l.data[:pos], '\n') + 1 }

// Next returns the offset of the line behind the one that pos lies in.
func (l *Lines) Next(pos int) int {
	if i := bytes.IndexByte(l.data[pos:], '\n'); i >= 0 {
		return pos + i + 1
	}
	return len(l.data)
}

// Indent returns the white space that the line of pos begins with.
func (l *Lines) Indent(pos int) string {
	start := l.Start(pos)
	end := start
	for end < len(l.data) && (l.data[end] == ' ' || l.data[end] == '\t') {
		end++
	}
	return string(l.data[start:end])
}

// IsFirst reports whether nothing but white space stands before pos in its line.
func (l *Lines) IsFirst(pos int) bool {
	return len(bytes.TrimSpace(l.data[l.Start(pos):pos])) == 0
}

// IsLast reports whether nothing but white space and comments stands behind pos
// in its line.
func (l *Lines) IsLast(pos int) bool { return l.rest(pos) }

func (l *Lines) rest(pos int) bool {
	end := l.Next(pos)
	for pos < end {
		switch l.data[pos] {
		case ' ', '\t', '\r', '\n':
			pos++
			continue
		}
		c, ok := l.commentAt(pos)
		if !ok || bytes.IndexByte(l.data[c.start:c.end], '\n') >= 0 {
			return false
		}
		pos = c.end
	}
	return true
}

func (l *Lines) commentAt(pos int) (span, bool) {
	for _, c := range l.comments {
		if c.start == pos {
			return c, true
		}
	}
	return span{}, false
}

// Whole returns the lines that [start, end) stands in, where it has them for
// itself but for comments behind it; else the span, with the semicolon or
// comma that parts it from its neighbour.
func (l *Lines) Whole(start, end int) (int, int) {
	if l.IsFirst(start) {
		tail := end
		if tail < len(l.data) && (l.data[tail] == ',' || l.data[tail] == ';') {
			tail++
		}
		if l.rest(tail) {
			return l.Start(start), l.Next(end)
		}
	}
	after := l.skip(end)
	if after < len(l.data) && (l.data[after] == ';' || l.data[after] == ',') {
		return start, l.skip(after + 1)
	}
	before := start
	for before > 0 && (l.data[before-1] == ' ' || l.data[before-1] == '\t') {
		before--
	}
	if before > 0 && (l.data[before-1] == ';' || l.data[before-1] == ',') {
		return before - 1, end
	}
	return start, end
}

func (l *Lines) skip(pos int) int {
	for pos < len(l.data) && (l.data[pos] == ' ' || l.data[pos] == '\t') {
		pos++
	}
	return pos
}

// CommentAbove returns the start of the comment lines directly above the line
// of pos, and their text; ok is false where there are none.
func (l *Lines) CommentAbove(pos int) (start int, text string, ok bool) {
	line := l.Start(pos)
	for line > 0 {
		prev := l.Start(line - 1)
		first := l.skip(prev)
		c, isComment := l.commentAt(first)
		if !isComment {
			// The last line of a comment that has several.
			if c, isComment = l.commentOver(first); !isComment || !l.IsFirst(c.start) {
				break
			}
			prev = l.Start(c.start)
		}
		if !l.rest(c.end) {
			break
		}
		line = prev
		ok = true
	}
	return line, string(l.data[line:l.Start(pos)]), ok
}

// CommentsBelow returns the end of the lines that belong to the one of pos: that
// line, and the comments below it that are indented deeper than indent.
func (l *Lines) CommentsBelow(pos int, indent string) int {
	end := l.Next(pos)
	for at := end; at < len(l.data); {
		first := l.skip(at)
		c, isComment := l.commentAt(first)
		switch {
		case isComment && l.rest(c.end):
			at = l.Next(c.end)
			if len(l.Indent(first)) > len(indent) {
				end = at
			}
		case l.IsBlank(at):
			at = l.Next(at)
		default:
			return end
		}
	}
	return end
}

func (l *Lines) commentOver(pos int) (span, bool) {
	for _, c := range l.comments {
		if c.start < pos && pos < c.end {
			return c, true
		}
	}
	return span{}, false
}

// IsBlank reports whether the line at start has nothing in it, or is the end.
func (l *Lines) IsBlank(start int) bool {
	return start >= len(l.data) || len(bytes.TrimSpace(l.data[start:l.Next(start)])) == 0
}

// Closes reports whether the line at start begins with a closing brace.
func (l *Lines) Closes(start int) bool {
	p := l.skip(start)
	return p < len(l.data) && l.data[p] == '}'
}

// Inside returns the lines between the braces at lbrace and rbrace, and whether
// the braces stand on lines of their own.
func (l *Lines) Inside(lbrace, rbrace int) (start, end int, ok bool) {
	if !l.rest(lbrace+1) || !l.IsFirst(rbrace) {
		return 0, 0, false
	}
	return l.Next(lbrace), l.Start(rbrace), true
}
