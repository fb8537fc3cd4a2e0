package flow

import (
	"fmt"
	"go/constant"
	"strconv"
	"strings"
)

// intrinsics are the standard library's functions through which flag values
// and keys commonly pass, over known arguments. A function with two results
// returns a tuple.
var intrinsics = map[string]func([]Value) Value{
	"strconv.ParseBool": func(a []Value) Value {
		s, ok := a[0].text()
		if !ok {
			return Unknown
		}
		b, err := strconv.ParseBool(s)
		if err != nil {
			return tuple([]Value{boolean(false), Unknown})
		}
		return tuple([]Value{boolean(b), Nil})
	},
	"strconv.Atoi": func(a []Value) Value {
		s, ok := a[0].text()
		if !ok {
			return Unknown
		}
		n, err := strconv.Atoi(s)
		if err != nil || int64(int32(n)) != int64(n) { // beyond 32 bits it depends on the platform
			return Unknown
		}
		return tuple([]Value{Const(constant.MakeInt64(int64(n))), Nil})
	},
	"strings.ToLower":    mapText(strings.ToLower),
	"strings.ToUpper":    mapText(strings.ToUpper),
	"strings.TrimSpace":  mapText(strings.TrimSpace),
	"strings.EqualFold":  compareText(strings.EqualFold),
	"strings.HasPrefix":  compareText(strings.HasPrefix),
	"strings.HasSuffix":  compareText(strings.HasSuffix),
	"strings.Contains":   compareText(strings.Contains),
	"strings.TrimPrefix": pairText(strings.TrimPrefix),
	"strings.TrimSuffix": pairText(strings.TrimSuffix),
	"strings.ReplaceAll": func(a []Value) Value {
		s, ok := a[0].text()
		from, ok2 := a[1].text()
		to, ok3 := a[2].text()
		if ok && ok2 && ok3 {
			return text(strings.ReplaceAll(s, from, to))
		}
		return Unknown
	},
	"fmt.Sprint": func(a []Value) Value { return printed(a, func(xs []any) string { return fmt.Sprint(xs...) }) },
	"fmt.Sprintf": func(a []Value) Value {
		format, ok := a[0].text()
		if !ok || !plainVerbs(format) {
			return Unknown
		}
		return printed(a[1:], func(xs []any) string { return fmt.Sprintf(format, xs...) })
	},
}

// plainVerbs reports whether a format has no verbs but %s, %d, %v and %%.
func plainVerbs(format string) bool {
	for i := 0; i < len(format); i++ {
		if format[i] != '%' {
			continue
		}
		if i++; i == len(format) || !strings.Contains("sdv%", format[i:i+1]) {
			return false
		}
	}
	return true
}

// printed returns what package fmt makes of texts, truths and whole numbers.
// Precondition: their types have no methods.
func printed(a []Value, sprint func([]any) string) Value {
	var xs []any
	for _, v := range a {
		c := v.Constant()
		if c == nil {
			return Unknown
		}
		switch c.Kind() {
		case constant.String:
			xs = append(xs, constant.StringVal(c))
		case constant.Bool:
			xs = append(xs, constant.BoolVal(c))
		case constant.Int:
			n, exact := constant.Int64Val(c)
			if !exact {
				return Unknown
			}
			xs = append(xs, n)
		default:
			return Unknown
		}
	}
	return text(sprint(xs))
}

func pairText(f func(a, b string) string) func([]Value) Value {
	return func(a []Value) Value {
		s, ok := a[0].text()
		t, ok2 := a[1].text()
		if ok && ok2 {
			return text(f(s, t))
		}
		return Unknown
	}
}

func mapText(f func(string) string) func([]Value) Value {
	return func(a []Value) Value {
		if s, ok := a[0].text(); ok {
			return Const(constant.MakeString(f(s)))
		}
		return Unknown
	}
}

func compareText(f func(a, b string) bool) func([]Value) Value {
	return func(a []Value) Value {
		s, ok := a[0].text()
		t, ok2 := a[1].text()
		if ok && ok2 {
			return boolean(f(s, t))
		}
		return Unknown
	}
}
