package document

// This file takes entries out of a mapping in flow style, {a: 1, b: 2}, and finds
// the ends of quotes and brackets.

import (
	"bytes"

	"go.yaml.in/yaml/v4"
)

// cutFlow returns the text without the entry of a flow mapping.
func (c cutter) cutFlow() []byte {
	entries := c.mapping.Content
	start := c.offset(entries[c.at])
	end := flowEnd(c.data, c.offset(entries[c.at+1]), entries[c.at+1])
	end = max(end, flowEnd(c.data, start, entries[c.at]))
	comma := skipBlanks(c.data, end)
	hasComma := comma < len(c.data) && c.data[comma] == ','
	if hasComma {
		end = comma + 1
	}
	if first := c.lineStart(start); c.onlyBlanks(first, start) && c.restIsComment(end) {
		above := c.commentsAbove(first, c.indent(first))
		return c.dropComma(hasComma, above, c.lineEnd(end))
	}
	switch {
	case len(entries) == 2:
		start -= len(c.data[:start]) - len(bytes.TrimRight(c.data[:start], " "))
		end = skipBlanks(c.data, end)
	case hasComma:
		end = skipBlanks(c.data, end)
	default:
		previous := entries[c.at-1]
		start = flowEnd(c.data, c.offset(previous), previous)
	}
	return c.splice(start, end)
}

// dropComma cuts whole lines; the entry above loses its comma if nothing follows
// it now that could want it.
func (c cutter) dropComma(hasComma bool, start, end int) []byte {
	data := c.splice(start, end)
	if hasComma || c.at == 0 {
		return data
	}
	previous := c.mapping.Content[c.at-1]
	i := skipBlanks(c.data, flowEnd(c.data, c.offset(previous), previous))
	if i < start && c.data[i] == ',' {
		data = append(data[:i], data[i+1:]...)
	}
	return data
}

// onlyBlanks reports whether [from, to) has only blanks in it.
func (c cutter) onlyBlanks(from, to int) bool {
	return len(bytes.TrimSpace(c.data[from:to])) == 0
}

// restIsComment reports whether nothing but a comment follows i in its line.
func (c cutter) restIsComment(i int) bool {
	rest := bytes.TrimSpace(c.data[i:c.lineEnd(i)])
	return len(rest) == 0 && c.lineEnd(i) < len(c.data) || len(rest) > 0 && rest[0] == '#'
}

// skipBlanks returns the first offset from i on at which no space or tab stands.
func skipBlanks(data []byte, i int) int {
	for i < len(data) && (data[i] == ' ' || data[i] == '\t') {
		i++
	}
	return i
}

// flowEnd returns the offset behind a value that begins at i, if it is quoted or
// in brackets; behind a plain one it returns the end of its first line.
func flowEnd(data []byte, i int, n *yaml.Node) int {
	switch n.Kind {
	case yaml.ScalarNode, yaml.AliasNode:
		return scalarEnd(data, i, n)
	}
	i = skipProperties(data, i)
	if i >= len(data) || data[i] != '{' && data[i] != '[' {
		return i
	}
	for depth := 0; i < len(data); {
		switch b := data[i]; b {
		case '{', '[':
			depth++
			i++
		case '}', ']':
			depth--
			i++
			if depth == 0 {
				return i
			}
		default:
			i = tokenEnd(data, i)
		}
	}
	return i
}

// tokenEnd returns the offset behind the token at i, which is no bracket.
func tokenEnd(data []byte, i int) int {
	switch b := data[i]; {
	case b == '"' || b == '\'':
		return quoteEnd(data, i)
	case bytes.IndexByte([]byte(" \t\r\n,:?"), b) >= 0:
		return i + 1
	case b == '#':
		for i < len(data) && data[i] != '\n' {
			i++
		}
		return i
	case b == '&' || b == '!' || b == '*':
		return wordEnd(data, i)
	}
	return plainEnd(data, i)
}

// scalarEnd returns the offset behind a scalar or alias that begins at i.
func scalarEnd(data []byte, i int, n *yaml.Node) int {
	if n.Kind == yaml.AliasNode {
		return wordEnd(data, i)
	}
	i = skipProperties(data, i)
	switch {
	case n.Style&(yaml.DoubleQuotedStyle|yaml.SingleQuotedStyle) != 0:
		return quoteEnd(data, i)
	case n.Value == "":
		return i
	}
	return plainEnd(data, i)
}

// skipProperties moves over an anchor and a tag in front of a value.
func skipProperties(data []byte, i int) int {
	for i < len(data) && (data[i] == '&' || data[i] == '!') {
		i = skipBlanks(data, wordEnd(data, i))
	}
	return i
}

// wordEnd returns the offset behind an anchor, alias or tag at i.
func wordEnd(data []byte, i int) int {
	for i < len(data) && bytes.IndexByte([]byte(" \t\r\n,[]{}"), data[i]) < 0 {
		i++
	}
	return i
}

// quoteEnd returns the offset behind the quoted text at i.
func quoteEnd(data []byte, i int) int {
	if i >= len(data) {
		return i
	}
	quote := data[i]
	for i++; i < len(data); i++ {
		switch {
		case data[i] == '\\' && quote == '"':
			i++
		case data[i] != quote:
		case quote == '\'' && i+1 < len(data) && data[i+1] == quote:
			i++
		default:
			return i + 1
		}
	}
	return len(data)
}

// plainEnd returns the offset behind the first line of the plain text at i: where
// a bracket, a comma, a colon with a blank or a comment ends it in a flow.
func plainEnd(data []byte, i int) int {
	end := i
	for ; i < len(data); i++ {
		switch data[i] {
		case ',', '[', ']', '{', '}', '\r', '\n':
			return end
		case ':':
			if i+1 >= len(data) || bytes.IndexByte([]byte(" \t\r\n,[]{}"), data[i+1]) >= 0 {
				return end
			}
			end = i + 1
		case ' ', '\t':
			if i+1 < len(data) && data[i+1] == '#' {
				return end
			}
		default:
			end = i + 1
		}
	}
	return end
}
