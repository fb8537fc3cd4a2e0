package program

import (
	"bytes"
	"go/ast"
	"go/parser"
	"os"
	"path/filepath"
)

// This file knows the methods of interfaces that packages outside of the universe
// keep to themselves: unexported ones, and those spelled out in a function, to
// which a value is asserted there. Export data says nothing of them.

// OutsideMethods returns the types of the methods of that name which the text of
// packages outside of the universe gives to interfaces. Only exported methods are
// known: the packages of the universe can have no others of them.
func (p *Program) OutsideMethods(name string) []*ast.FuncType {
	if p.outsideMethods == nil {
		p.outsideMethods = map[string][]*ast.FuncType{}
		seen := map[string]bool{}
		for _, w := range p.worlds {
			for _, n := range w.order {
				if n.fromSource() || seen[n.listed.PkgPath] {
					continue
				}
				seen[n.listed.PkgPath] = true
				for _, f := range n.listed.GoFiles {
					p.addOutsideMethods(f)
				}
			}
		}
	}
	return p.outsideMethods[name]
}

// addOutsideMethods reads the interfaces that a file spells out. They are cut out of
// its text: to parse all that a program is linked of would take longer than to
// type the universe.
func (p *Program) addOutsideMethods(path string) {
	if filepath.Ext(path) != ".go" {
		return
	}
	data, err := os.ReadFile(path)
	if err != nil {
		return
	}
	for {
		i := bytes.Index(data, []byte("interface"))
		if i < 0 {
			return
		}
		data = data[i:]
		body := interfaceText(data)
		if body == nil {
			data = data[len("interface"):]
			continue
		}
		if len(body) > len("interface{}")+1 {
			p.addInterface(string(body))
		}
		data = data[len(body):] // what it holds of others was parsed with it
	}
}

// interfaceText returns the interface type that a text begins with; nil where it
// begins with none.
func interfaceText(text []byte) []byte {
	open := len("interface")
	for open < len(text) && text[open] == ' ' {
		open++
	}
	if open == len(text) || text[open] != '{' {
		return nil
	}
	depth := 0
	for i := open; i < len(text); i++ {
		switch text[i] {
		case '/': // what stands in a comment does not count
			if end := commentEnd(text[i:]); end > 0 {
				i += end - 1
			}
		case '{':
			depth++
		case '}':
			if depth--; depth == 0 {
				return text[:i+1]
			}
		}
	}
	return nil
}

// commentEnd returns the length of the comment that a text begins with; 0 where it
// begins with none.
func commentEnd(text []byte) int {
	for begin, end := range map[string]string{"//": "\n", "/*": "*/"} {
		if bytes.HasPrefix(text, []byte(begin)) {
			if i := bytes.Index(text, []byte(end)); i >= 0 {
				return i + len(end)
			}
			return len(text)
		}
	}
	return 0
}

// addInterface adds the methods of an interface type, and of those that it holds.
func (p *Program) addInterface(text string) {
	x, _ := parser.ParseExpr(text) // what could be parsed of it
	if x == nil {
		return
	}
	ast.Inspect(x, func(n ast.Node) bool {
		if t, ok := n.(*ast.InterfaceType); ok && t.Methods != nil {
			for _, f := range t.Methods.List {
				if sig, ok := f.Type.(*ast.FuncType); ok && len(f.Names) == 1 && f.Names[0].IsExported() {
					p.outsideMethods[f.Names[0].Name] = append(p.outsideMethods[f.Names[0].Name], sig)
				}
			}
		}
		return true
	})
}
