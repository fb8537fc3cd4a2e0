package config

// This file says how a row names the places of a key, a default, an operand and
// a result.

import (
	"github.com/flagdebt/flagdebt/internal/config/document"
)

// newKey returns a key that is nowhere yet.
func newKey() Key { return Key{Arg: -1} }

// isZero reports whether the key is nowhere yet.
func (k Key) isZero() bool { return k.ways() == 0 }

// ways returns the number of places that are named for the key.
func (k Key) ways() int {
	return count(k.Arg >= 0, k.Recv, k.Name, k.Tag != "", k.Index)
}

// count returns how many of the conditions hold.
func count(conditions ...bool) int {
	n := 0
	for _, c := range conditions {
		if c {
			n++
		}
	}
	return n
}

// The words that stand for a whole key.
const (
	keyRecv  = "recv"
	keyName  = "name"
	keyIndex = "index"
)

// takeKey takes the place of a key: the index of an argument, one of the words
// recv, name and index, or a mapping.
func takeKey(dst *Key) func(document.Node) {
	return func(n document.Node) {
		switch {
		case n.IsInt():
			document.Int(&dst.Arg)(n)
		case n.IsScalar():
			var word string
			document.Word(&word, keyRecv, keyName, keyIndex)(n)
			dst.Recv, dst.Name, dst.Index = word == keyRecv, word == keyName, word == keyIndex
		default:
			if n.Fields(keyFields(dst)) {
				checkKey(n, *dst)
			}
		}
	}
}

// keyFields describes the place of a key.
func keyFields(k *Key) document.Fields {
	return document.Fields{
		"arg":      document.Int(&k.Arg),
		"field":    document.Text(&k.Field),
		"elems":    document.Bool(&k.Elems),
		"in":       document.Text(&k.In),
		"map-keys": document.Bool(&k.MapKeys),
		"fields":   document.Bool(&k.Fields),
		"const":    document.Bool(&k.Const),
		"site":     document.Bool(&k.Site),
		"method":   document.Text(&k.Method),
		"recv":     document.Bool(&k.Recv),
		"name":     document.Bool(&k.Name),
		"tag":      document.Text(&k.Tag),
		"index":    document.Bool(&k.Index),
		"param": func(n document.Node) {
			k.Param.Set = true
			document.Int(&k.Param.Arg)(n)
		},
		"prefix": document.Text(&k.Prefix),
		"case":   document.Word(&k.Case, CaseKebab, CaseSnake, CaseUpper, CaseCamel),
		"rename": func(n document.Node) {
			k.Rename = map[string]string{}
			n.Entries(func(name string, _, value document.Node) {
				if key, ok := value.Text(); ok {
					k.Rename[name] = key
				}
			})
		},
		"pattern": func(n document.Node) {
			if s, ok := n.Text(); ok {
				k.Pattern = takeRegex(n, s)
			}
		},
	}
}

// takeLiteralKey takes the place of the keys in a literal that sets flags.
func takeLiteralKey(dst *Key) func(document.Node) {
	return func(n document.Node) {
		if n.Fields(literalKeyFields(dst)) && dst.MapKeys == dst.Fields {
			n.Errorf("the key must be what a literal names, as in {map-keys: true}, {fields: true} or {in: Values, map-keys: true}")
		}
	}
}

// literalKeyFields describes the place of the keys in a literal.
func literalKeyFields(k *Key) document.Fields {
	all := keyFields(k)
	return document.Fields{
		"in": all["in"], "map-keys": all["map-keys"], "fields": all["fields"],
		"prefix": all["prefix"], "case": all["case"], "rename": all["rename"], "pattern": all["pattern"],
	}
}

// checkKey tells of places that exclude each other.
func checkKey(n document.Node, k Key) {
	if k.ways() > 1 {
		n.Errorf("two ways of giving the key: keep one of arg, recv, name, tag and index")
	}
	if k.In != "" && !k.Elems && !k.MapKeys && !k.Fields {
		n.Errorf("no elems: in names the field of the argument that holds the elements, as in {arg: 1, in: Requests, elems: true}")
	}
	switch of := count(k.Field != "" || k.Elems, k.MapKeys, k.Fields, k.Const, k.Site, k.Method != ""); {
	case of > 1:
		n.Errorf("two ways of giving the key: keep one of field, map-keys, fields, const, site and method")
	case of == 1 && k.Arg < 0 && !(k.Const && k.Recv):
		n.Errorf("no arg: field, map-keys, fields, const, site and method speak of an argument, as in {arg: 0, field: Key}")
	}
}

// takeOperand takes an operand of a call: the index of an argument, or a mapping.
func takeOperand(dst *Operand) func(document.Node) {
	return func(n document.Node) {
		dst.Set = true
		if n.IsScalar() {
			document.Int(&dst.Arg)(n)
			return
		}
		arg := -1
		if n.Fields(operandFields(dst, &arg)) {
			checkOperand(n, *dst, arg)
		}
		dst.Arg = max(arg, 0)
		dst.Set = dst.Literal == nil || dst.Option != "" || dst.Tag != nil
	}
}

// operandFields describes an operand.
func operandFields(o *Operand, arg *int) document.Fields {
	return document.Fields{
		"arg":    document.Int(arg),
		"option": document.Text(&o.Option),
		"chain":  document.Texts(&o.Chain),
		"tag":    document.Texts(&o.Tag),
		"field":  document.Text(&o.Field),
		"by":     document.Text(&o.By),
		"literal": func(n document.Node) {
			if s, ok := n.Text(); ok {
				o.Literal = &s
			}
		},
	}
}

// checkOperand tells of an operand that is nowhere, or in two places; arg is -1
// where it is not given.
func checkOperand(n document.Node, o Operand, arg int) {
	switch ways := count(o.Option != "", o.Chain != nil, o.Tag != nil, o.Field != ""); {
	case ways > 1:
		n.Errorf("two operands: keep one of option, chain, tag and field")
	case o.Field == "" && o.By != "":
		n.Errorf("half an operand: by says where in the map of a field, as in {field: Variants, by: DefaultVariant}")
	case o.Field != "" && arg >= 0:
		n.Errorf("two operands: an entry has no arg")
	case ways == 0 && arg < 0 && o.Literal == nil:
		n.Errorf("no operand: write arg, option, chain, tag, field or literal")
	case o.Literal != nil && (o.Chain != nil || arg >= 0 && ways == 0 || o.Field != ""):
		n.Errorf("two operands: a literal stands alone, or for an option or tag that is left out")
	case o.Tag != nil && arg >= 0:
		n.Errorf("two operands: a tag has no arg")
	}
}

// newResult returns the result of a call of which nothing is said.
func newResult() Result { return Result{Error: ErrorByType, Present: -1} }

// takeResult takes the place of a result: an index, or a mapping.
func takeResult(dst *Result) func(document.Node) {
	return func(n document.Node) {
		if n.IsScalar() {
			document.Int(&dst.At)(n)
			return
		}
		if !n.Fields(resultFields(dst)) {
			return
		}
		if dst.At == dst.Error || dst.At == dst.Present || dst.Error >= 0 && dst.Error == dst.Present {
			n.Errorf("at, error and present must be different results")
		}
		if dst.Form != "" && dst.Field != nil || dst.Not != nil && dst.Field == nil {
			n.Errorf("not needs field, and form stands without them")
		}
	}
}

// resultFields describes a result.
func resultFields(r *Result) document.Fields {
	return document.Fields{
		"at":      document.Int(&r.At),
		"field":   takeNameList(&r.Field),
		"not":     takeNameList(&r.Not),
		"form":    document.Word(&r.Form, FormOpaque, FormGetter, FormPointer, FormObject),
		"present": document.Int(&r.Present),
		"error": func(n document.Node) {
			if n.IsInt() {
				document.Int(&r.Error)(n)
				return
			}
			var none string
			document.Word(&none, "none")(n)
			r.Error = ErrorNone
		},
	}
}
