package edit

import (
	"bytes"
	"cmp"
	"fmt"
	"go/format"
	"slices"
)

// Part is a piece of what replaces a span: new text, or a region of the
// original file, in which further edits apply.
type Part struct {
	Text       string
	Start, End int // the region, where Text is ""
	// In a region, lines that begin with Strip begin with Indent instead; save
	// those inside raw strings.
	Strip, Indent string
}

// Text returns the part that is new text.
func Text(s string) Part { return Part{Text: s} }

// Keep returns the part that is the original region [start, end).
func Keep(start, end int) Part { return Part{Start: start, End: end} }

// Indented returns the region with another indentation.
func (p Part) Indented(strip, indent string) Part {
	p.Strip, p.Indent = strip, indent
	return p
}

// Edit replaces the bytes [Start, End) by parts; none delete it.
type Edit struct {
	Start, End int
	Parts      []Part

	id int // its place among all
}

// File is a text and the edits that are made to it.
type File struct {
	Data  []byte
	raw   []span // raw strings, whose lines are never indented anew
	edits []Edit
}

type span struct{ start, end int }

// NewFile returns the file without edits. raws are the spans of its raw strings.
func NewFile(data []byte, raws ...[2]int) *File {
	f := &File{Data: data}
	for _, r := range raws {
		f.raw = append(f.raw, span{r[0], r[1]})
	}
	return f
}

// Replace adds an edit. Of two at the same span, the one that is added first
// holds the other.
func (f *File) Replace(start, end int, parts ...Part) {
	f.edits = append(f.edits, Edit{Start: start, End: end, Parts: parts})
}

// Bytes returns the text with all edits made. Where the original was
// gofmt-clean, so is the result: alignment follows what has changed.
func (f *File) Bytes() ([]byte, error) {
	edits := slices.Clone(f.edits)
	slices.SortStableFunc(edits, func(a, b Edit) int { return cmp.Or(cmp.Compare(a.Start, b.Start), cmp.Compare(b.End, a.End)) })
	edits, err := disjoint(edits)
	if err != nil {
		return nil, err
	}
	for i := range edits {
		edits[i].id = i
	}
	r := &renderer{file: f, done: map[int]bool{}}
	if err := r.region(0, len(f.Data), edits); err != nil {
		return nil, err
	}
	out := r.tidySeams()
	if !isFormatted(f.Data) {
		return out, nil
	}
	formatted, err := format.Source(out)
	if err != nil {
		return nil, fmt.Errorf("formatting the result: %w", err)
	}
	return formatted, nil
}

// isFormatted reports whether a text is as gofmt would have it.
func isFormatted(data []byte) bool {
	clean, err := format.Source(data)
	return err == nil && bytes.Equal(clean, data)
}

// disjoint joins deletions that overlap, and refuses other edits that do.
func disjoint(edits []Edit) ([]Edit, error) {
	var out []Edit
	var open []int // indices of enclosing edits
	for _, e := range edits {
		for len(open) > 0 && out[open[len(open)-1]].End <= e.Start {
			open = open[:len(open)-1]
		}
		if len(open) > 0 {
			outer := &out[open[len(open)-1]]
			switch {
			case e.Start == outer.Start && e.End == outer.End && slices.Equal(e.Parts, outer.Parts):
				continue
			case e.End > outer.End && len(e.Parts) == 0 && len(outer.Parts) == 0:
				outer.End = e.End
				continue
			case e.End > outer.End:
				return nil, fmt.Errorf("edits overlap: [%d,%d) and [%d,%d)", outer.Start, outer.End, e.Start, e.End)
			}
		}
		out = append(out, e)
		open = append(open, len(out)-1)
	}
	return out, nil
}

// renderer writes regions of a file with their edits.
type renderer struct {
	file   *File
	out    bytes.Buffer
	indent []Part       // those whose Strip and Indent apply, outermost first
	seams  []int        // offsets in out where something was taken away
	done   map[int]bool // edits that are made, by id
}

// region writes [start, end) of the original, with the edits inside it. Of an
// edit that reaches out of the region, what lies outside vanishes with the text
// around the region.
func (r *renderer) region(start, end int, edits []Edit) error {
	pos := start
	for i, e := range edits {
		switch {
		case e.Start < e.End && (e.End <= start || e.Start >= end), e.Start == e.End && (e.Start < start || e.Start > end):
			continue // elsewhere
		case e.End <= pos && e.Start < pos:
			continue // inside an edit that is made already
		case e.Start < pos && pos > start:
			return fmt.Errorf("edits overlap at %d: [%d,%d)", pos, e.Start, e.End)
		}
		if len(e.Parts) > 0 && r.done[e.id] {
			return fmt.Errorf("an edit at [%d,%d) lies in two kept regions", e.Start, e.End)
		}
		r.done[e.id] = true
		r.copy(pos, max(e.Start, pos))
		r.seams = append(r.seams, r.out.Len())
		inner := edits[i+1:]
		for _, p := range e.Parts {
			if err := r.part(p, e, inner); err != nil {
				return err
			}
		}
		r.seams = append(r.seams, r.out.Len())
		pos = max(pos, min(e.End, end))
	}
	r.copy(pos, end)
	return nil
}

func (r *renderer) part(p Part, e Edit, edits []Edit) error {
	if p.Text != "" || p.Start == p.End {
		r.out.WriteString(p.Text)
		return nil
	}
	if p.Start < e.Start || p.End > e.End {
		// A region from elsewhere: its own edits are not among those inside e.
		return fmt.Errorf("region [%d,%d) lies outside of its edit [%d,%d)", p.Start, p.End, e.Start, e.End)
	}
	var inside []Edit
	for _, x := range edits {
		if x.Start >= e.Start && x.End <= e.End {
			inside = append(inside, x)
		}
	}
	if p.Strip != p.Indent {
		r.indent = append(r.indent, p)
		defer func() { r.indent = r.indent[:len(r.indent)-1] }()
	}
	return r.region(p.Start, p.End, inside)
}

// copy writes original bytes, with each line's indentation changed.
func (r *renderer) copy(start, end int) {
	data := r.file.Data
	for start < end {
		if start > 0 && data[start-1] == '\n' && len(r.indent) > 0 && !r.file.inRaw(start) {
			n := start
			for n < end && (data[n] == ' ' || data[n] == '\t') {
				n++
			}
			r.out.WriteString(r.reindent(string(data[start:n])))
			start = n
		}
		stop := end
		if i := bytes.IndexByte(data[start:end], '\n'); i >= 0 {
			stop = start + i + 1
		}
		r.out.Write(data[start:stop])
		start = stop
	}
}

func (r *renderer) reindent(white string) string {
	for i := len(r.indent) - 1; i >= 0; i-- {
		p := r.indent[i]
		if rest, ok := cutPrefix(white, p.Strip); ok {
			white = p.Indent + rest
		}
	}
	return white
}

func cutPrefix(s, prefix string) (string, bool) {
	if len(s) < len(prefix) || s[:len(prefix)] != prefix {
		return s, false
	}
	return s[len(prefix):], true
}

func (f *File) inRaw(pos int) bool {
	for _, s := range f.raw {
		if s.start < pos && pos < s.end {
			return true
		}
	}
	return false
}
