package edit

import (
	"bytes"
	"slices"
)

// tidySeams takes away the blank lines that deletions leave: one of two in a
// row, one behind an opening brace, one before a closing one.
func (r *renderer) tidySeams() []byte {
	out := r.out.Bytes()
	seams := slices.Clone(r.seams)
	slices.Sort(seams)
	var cuts []span
	for _, s := range slices.Compact(seams) {
		if cut, ok := blankAt(out, s); ok && (len(cuts) == 0 || cuts[len(cuts)-1].end <= cut.start) {
			cuts = append(cuts, cut)
		}
	}
	var buf bytes.Buffer
	pos := 0
	for _, c := range cuts {
		buf.Write(out[pos:c.start])
		pos = c.end
	}
	buf.Write(out[pos:])
	return buf.Bytes()
}

// blankAt returns the blank line at a seam that has become superfluous.
func blankAt(out []byte, seam int) (span, bool) {
	// The seam lies at a line's start, or inside a line that is left blank.
	start := seam
	for start > 0 && out[start-1] != '\n' {
		start--
	}
	if len(bytes.TrimSpace(out[start:seam])) > 0 {
		return span{}, false
	}
	before, hasBefore := lineBefore(out, start)
	line := lineAt(out, start)
	blank := len(bytes.TrimSpace(out[line.start:line.end])) == 0 && line.end > line.start
	beforeBlank := hasBefore && len(bytes.TrimSpace(out[before.start:before.end])) == 0
	switch {
	case blank && (!hasBefore || beforeBlank || opens(out[before.start:before.end])):
		return line, true
	case !blank && beforeBlank && closes(out[line.start:line.end]):
		return before, true
	}
	return span{}, false
}

func lineAt(out []byte, start int) span {
	if i := bytes.IndexByte(out[start:], '\n'); i >= 0 {
		return span{start, start + i + 1}
	}
	return span{start, len(out)}
}

func lineBefore(out []byte, start int) (span, bool) {
	if start == 0 {
		return span{}, false
	}
	i := bytes.LastIndexByte(out[:start-1], '\n')
	return span{i + 1, start}, true
}

func opens(line []byte) bool {
	line = bytes.TrimSpace(line)
	return bytes.HasSuffix(line, []byte("{")) || bytes.HasSuffix(line, []byte("(")) || bytes.HasSuffix(line, []byte(":")) && bytes.HasPrefix(line, []byte("case ")) || string(line) == "default:"
}

func closes(line []byte) bool {
	line = bytes.TrimSpace(line)
	return bytes.HasPrefix(line, []byte("}")) || bytes.HasPrefix(line, []byte(")")) || bytes.HasPrefix(line, []byte("case ")) || bytes.HasPrefix(line, []byte("default:"))
}
