package document

import (
	"bytes"
	"strings"
	"unicode/utf8"
)

// text converts between the marks of the YAML library (lines end where YAML 1.1
// ends them, columns count characters), offsets, and the positions that people
// see in an editor (lines end with \n, columns count bytes).
type text struct {
	data  []byte
	bom   int   // bytes of the byte order mark
	lines []int // offset of each line of the library
}

const byteOrderMark = "\ufeff"

// newText finds the lines of data.
func newText(data []byte) text {
	t := text{data: data}
	if bytes.HasPrefix(data, []byte(byteOrderMark)) {
		t.bom = len(byteOrderMark)
	}
	t.lines = []int{t.bom}
	for i := t.bom; i < len(data); {
		r, size := utf8.DecodeRune(data[i:])
		i += size
		if r == '\r' && i < len(data) && data[i] == '\n' {
			continue
		}
		if strings.ContainsRune("\n\r\u0085\u2028\u2029", r) {
			t.lines = append(t.lines, i)
		}
	}
	return t
}

// offset converts a mark; one outside the text is moved to its border.
func (t text) offset(line, column int) int {
	if line < 1 {
		return t.bom
	}
	if line > len(t.lines) {
		return len(t.data)
	}
	i := t.lines[line-1]
	for ; column > 1 && i < len(t.data); column-- {
		_, size := utf8.DecodeRune(t.data[i:])
		i += size
	}
	return i
}

// position converts an offset.
func (t text) position(offset int) (line, column int) {
	before := t.data[:offset]
	start := bytes.LastIndexByte(before, '\n') + 1
	if start == 0 {
		start = min(t.bom, offset)
	}
	return bytes.Count(before, []byte("\n")) + 1, offset - start + 1
}
